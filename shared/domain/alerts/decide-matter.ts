import type { DistrictId } from '../ids.ts';
import type { Version } from '../quantity.ts';
import type { Instant } from '../time.ts';
import type { Did } from './life.ts';
import type { Matter, Seen } from './matter.ts';

/** What the registry says of the place. */
type Where = { readonly district: DistrictId; readonly placeVersion: Version };

export type Looked = Where & { readonly seen: Seen; readonly now: Instant };

type Versions = Pick<Matter, 'sourceVersion' | 'placeVersion'>;

const aheadOf = (stored: Versions, { seen, placeVersion }: Looked): readonly number[] => [
  seen.sourceVersion - stored.sourceVersion,
  placeVersion - stored.placeVersion,
];

/** Something in it is older than what the alert came from: it is to be read again. */
export const isMatterBehind = (looked: Looked, stored: Versions): boolean =>
  aheadOf(stored, looked).some((ahead) => ahead < 0);

/**
 * Late and repeated news changes nothing. Of the same versions only time makes a difference, and it only ever gives cause, such as that something is
 * overdue by now: so what was resolved may open on them, and what is open stays so.
 */
const mayChange = (looked: Looked, stored: Matter): boolean => {
  if (isMatterBehind(looked, stored)) return false;
  return aheadOf(stored, looked).some((ahead) => ahead > 0) || stored.state === 'resolved';
};

export type MatterChange = { readonly did: Did; readonly alert: Matter };

/** What a look makes of the alert as it stands: opened, refreshed, resolved; or nothing to write. While open it moves with its place. */
export const decideMatter = (stored: Matter | undefined, looked: Looked): MatterChange | undefined => {
  const { seen, now, district, placeVersion } = looked;
  if (stored && !mayChange(looked, stored)) return undefined;
  const { cause, ...what } = seen;
  if (stored?.state !== 'open') {
    if (!cause) return undefined;
    const episode = (stored?.episode ?? 0) + 1;
    return { did: 'opened', alert: { ...what, district, placeVersion, state: 'open', episode, openedAt: now } };
  }
  const { episode, openedAt } = stored;
  const alert = { ...what, district, placeVersion, episode, openedAt };
  if (cause) return { did: 'refreshed', alert: { ...alert, state: 'open' } };
  return { did: 'resolved', alert: { ...alert, state: 'resolved', resolvedAt: now } };
};
