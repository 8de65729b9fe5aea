import { type StockLocationId, stockLocationKind } from '../kernel/ids.ts';
import { type Clock, dayOf } from '../kernel/time.ts';
import type { ledgerStore } from '../ledger/ledger-store.ts';
import type { AlertSource } from './exception-alert.ts';
import { silentOutletSource } from './sources/silent-outlet.ts';

type LastDayReader = Pick<ReturnType<typeof ledgerStore>, 'lastDay'>;

/** An outlet of which there is nothing for so many days has closed, or never opened: nothing more is said of it. */
const MAX_SILENT_DAYS = 30;

export type ReadSilentOutlet = (location: StockLocationId) => Promise<AlertSource | undefined>;

/** When an outlet was last heard of: today's book or yesterday's is all that is read of one that sells. */
export const readSilentOutlet =
  ({ ledger, clock }: { readonly ledger: LastDayReader; readonly clock: Clock }): ReadSilentOutlet =>
  async (location) => {
    if (stockLocationKind(location) !== 'outlets') return undefined;
    const now = clock.now();
    const lastDay = await ledger.lastDay(location, dayOf(now), MAX_SILENT_DAYS);
    return lastDay && silentOutletSource(location, lastDay, now);
  };
