import { type LocationId, locationKind } from '../kernel/ids.ts';
import { type Clock, dayOf } from '../kernel/time.ts';
import type { ledgerStore } from '../ledger/ledger-store.ts';
import type { Seen } from './exception-alert.ts';
import { silentMatter } from './sources/silent-outlet.ts';

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
