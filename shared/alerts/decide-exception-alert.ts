import type { DistrictId } from '../kernel/ids.ts';
import type { Version } from '../kernel/quantity.ts';
import type { Instant } from '../kernel/time.ts';
import { after, type Did, sameEpisode, stands } from './alert-state.ts';
import type { AlertType } from './alert-type.ts';
import { moved } from './changed-evidence.ts';
import { aged, agedBy, startsAt } from './escalation.ts';
import type { Matter, Seen } from './exception-alert.ts';
import { isNoNews } from './sources/stranger.ts';

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

type Stands = Pick<Matter, 'state' | 'acknowledged'> & { readonly type: AlertType };

/** A sale below the floor price stays so, and a person off the staff list did record: only an officer can say that it is well. */
export const endsWithOfficer = ({ type }: Pick<Stands, 'type'>): boolean =>
  type === 'underpriced' || type === 'stranger';

/** An officer acknowledged it. The same vouchers do not open it again. */
export const isSettledByOfficer = (alert: Stands): boolean =>
  endsWithOfficer(alert) && alert.state === 'resolved' && alert.acknowledged !== undefined;

const isOver = (stored: Matter, seen: Seen): boolean =>
  stored.type === 'stranger' ? isNoNews(stored, seen) : isSettledByOfficer(stored);

export type MatterChange = { readonly did: Did; readonly alert: Matter };

/**
 * What a look makes of the alert as it stands: opened, refreshed, resolved; woken or sent up by time alone; or nothing to write. While it stands
 * it moves with its place.
 */
export const decideMatter = (stored: Matter | undefined, looked: Looked): MatterChange | undefined => {
  const { seen, now, district, placeVersion } = looked;
  if (stored && isOver(stored, seen)) return undefined;
  if (stored && !mayChange(looked, stored)) return isMatterBehind(looked, stored) ? undefined : byTime(stored, now);
  const { cause, ...what } = seen;
  const version = after(stored);
  if (!stored || !stands(stored)) {
    if (!cause) return undefined;
    const episode = (stored?.episode ?? 0) + 1;
    const life = { state: 'open' as const, level: startsAt(seen.type), episode, openedAt: now, version };
    return { did: 'opened', alert: { ...what, district, placeVersion, ...life } };
  }
  const older = aged(stored, now);
  // What is stored is of the same type as what was seen: they have one key.
  const alert = {
    ...{ ...what, district, placeVersion, ...sameEpisode(cause ? older : stored), version },
    ...moved<Matter['figures']>(stored, what.figures, now),
  } as Matter;
  if (!cause) return { did: 'resolved', alert: { ...alert, state: 'resolved', resolvedAt: now } };
  return { did: agedBy(stored, older) ?? 'refreshed', alert };
};

const byTime = (stored: Matter, now: Instant): MatterChange | undefined => {
  const older = aged(stored, now);
  const did = agedBy(stored, older);
  return did && { did, alert: { ...older, version: after(stored) } };
};
