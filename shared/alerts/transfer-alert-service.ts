import type { Place } from '../kernel/ids.ts';
import type { Clock } from '../kernel/time.ts';
import { Busy } from '../kernel/unavailable-error.ts';
import { isMismatch, type Transfer } from '../transfers/transfer.ts';
import type { TransferStore } from '../transfers/transfer-store.ts';
import type { Did } from './alert-state.ts';
import type { JudgeMatter } from './exception-alert-service.ts';
import { transferMatters } from './sources/transfer.ts';

type Stores = { readonly transfers: TransferStore; readonly judgeMatter: JudgeMatter; readonly clock: Clock };

/** A transfer as it was, if that is known, and as it became by a voucher written there. */
export type Moved = { readonly before: Transfer | undefined; readonly after: Transfer; readonly at: Place };

export type SayTransfer = ReturnType<typeof sayTransfer>;

/**
 * Officers are told of what does not agree, or no longer does; then the row is told to be said. It is done already: where there is no time to
 * tell, the hourly sweep finds what is not said, and what is open and gives no cause.
 */
export const sayTransfer =
  ({ transfers, judgeMatter, clock }: Stores) =>
  async ({ before, after, at }: Moved): Promise<readonly Did[]> => {
    const did: Did[] = [];
    try {
      for (const seen of transferMatters(before, after, at, clock.now())) did.push(...(await judgeMatter(seen, seen)));
      if (isMismatch(after)) await transfers.said(after);
    } catch (error) {
      if (!(error instanceof Busy)) throw error;
    }
    return did;
  };
