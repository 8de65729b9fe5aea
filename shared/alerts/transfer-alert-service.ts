import type { LocationId } from '../kernel/ids.ts';
import type { Clock } from '../kernel/time.ts';
import { UnavailableError } from '../kernel/unavailable-error.ts';
import { hasMismatch, type Transfer } from '../transfers/transfer.ts';
import type { TransferStore } from '../transfers/transfer-store.ts';
import type { AlertOutcome } from './alert-state.ts';
import type { EvaluateExceptionAlert } from './exception-alert-service.ts';
import { transferSources } from './sources/transfer.ts';

type Stores = {
  readonly transfers: TransferStore;
  readonly evaluateException: EvaluateExceptionAlert;
  readonly clock: Clock;
};

/** A transfer as it was, if that is known, and as it became by a voucher written there. */
export type TransferChange = {
  readonly before: Transfer | undefined;
  readonly after: Transfer;
  readonly at: LocationId;
};

export type EvaluateTransferAlerts = ReturnType<typeof evaluateTransferAlerts>;

/**
 * Officers are told of what does not agree, or no longer does; then the row is told to be said. It is done already: where there is no time to
 * tell, the hourly sweep finds what is not said, and what is open and gives no cause.
 */
export const evaluateTransferAlerts =
  ({ transfers, evaluateException, clock }: Stores) =>
  async ({ before, after, at }: TransferChange): Promise<readonly AlertOutcome[]> => {
    const did: AlertOutcome[] = [];
    try {
      for (const seen of transferSources(before, after, at, clock.now()))
        did.push(...(await evaluateException(seen, seen)));
      if (hasMismatch(after)) await transfers.said(after);
    } catch (error) {
      if (!(error instanceof UnavailableError)) throw error;
    }
    return did;
  };
