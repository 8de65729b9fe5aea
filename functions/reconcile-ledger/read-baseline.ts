import type { CloseStore } from '../../shared/day-close/close-store.ts';
import { openingBalanceOf } from '../../shared/day-close/day-totals.ts';
import type { LocationId } from '../../shared/kernel/ids.ts';
import { addDays } from '../../shared/kernel/time.ts';
import type { ReconciliationCheckpoint } from '../../shared/reconciliation/checkpoint.ts';
import type { ReconciliationBaseline } from '../../shared/reconciliation/ledger-reading.ts';

export type ReconcileSinceDeps = { readonly closes: CloseStore };

/** The close that an audit may begin at: that of the last day that the one before it knew closed, if that found nothing, or of the day before one that is to be closed again. */
export const readBaseline = async (
  location: LocationId,
  { closedTo, drifts }: ReconciliationCheckpoint,
  { closes }: ReconcileSinceDeps,
): Promise<ReconciliationBaseline | undefined> => {
  if (closedTo === undefined || drifts.length > 0) return undefined;
  const [mark] = await closes.reopened(location);
  const day = mark && mark.day <= closedTo ? addDays(mark.day, -1) : closedTo;
  const close = await closes.latest(location, day);
  return close && { day, openingBalances: close.items.map(openingBalanceOf) };
};
