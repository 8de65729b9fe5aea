import type { Seen } from '../domain/alerts/matter.ts';
import { silentMatter } from '../domain/alerts/silent-matter.ts';
import { type LocationId, locationKind } from '../domain/ids.ts';
import { type Clock, dayOf } from '../domain/time.ts';
import type { ledgerStore } from './ledger-store.ts';

type Ledger = Pick<ReturnType<typeof ledgerStore>, 'lastDay'>;

/** An outlet of which there is nothing for so many days has closed, or never opened: nothing more is said of it. */
const LOOKED_BACK = 30;

export type LookSilent = (location: LocationId) => Promise<Seen | undefined>;

/** When an outlet was last heard of: today's book or yesterday's is all that is read of one that sells. */
export const lookSilent =
  ({ ledger, clock }: { readonly ledger: Ledger; readonly clock: Clock }): LookSilent =>
  async (location) => {
    if (locationKind(location) !== 'outlets') return undefined;
    const now = clock.now();
    const lastDay = await ledger.lastDay(location, dayOf(now), LOOKED_BACK);
    return lastDay && silentMatter(location, lastDay, now);
  };
