import { isProducer, type LocationId } from '../kernel/ids.ts';
import type { Clock } from '../kernel/time.ts';
import type { HeldVoucher } from '../ledger/held.ts';
import { claimReferences, type Voucher } from '../ledger/voucher.ts';
import { ignoreUnavailable } from '../platform/retry.ts';
import type { CountMetric } from '../platform/telemetry.ts';
import { hasMismatch, type Transfer } from '../transfers/transfer.ts';
import type { TransferStore } from '../transfers/transfer-store.ts';
import type { ExceptionAlertKey } from './alert.ts';
import { countAlerts } from './alert-evaluation-service.ts';
import type { AlertOutcome } from './alert-state.ts';
import type { EvaluateExceptionAlert } from './exception-alert-service.ts';
import { overrefundedKeysOf } from './sources/overrefunded.ts';
import { strangerKeysOf } from './sources/stranger.ts';
import { transferAlertStates } from './sources/transfer.ts';
import { isUnderpriced } from './sources/underpriced.ts';

export type VoucherAlertDeps = { readonly count: CountMetric; readonly evaluateException: EvaluateExceptionAlert };

export const evaluateVouchers = (vouchers: readonly Voucher[], deps: VoucherAlertDeps): Promise<void> =>
  evaluateKeys(
    [...vouchers.flatMap(underpricedKeyOf), ...overrefundedKeysOf(vouchers), ...strangerKeysOf(vouchers)],
    deps,
  );

/** For a voucher that an officer admits: the other alerts ask what the officer has looked at. */
export const evaluateOverrefunds = (vouchers: readonly Voucher[], deps: VoucherAlertDeps): Promise<void> =>
  evaluateKeys(overrefundedKeysOf(vouchers), deps);

/** If DynamoDB is unavailable, the day close opens the alerts. */
const evaluateKeys = (
  keys: readonly ExceptionAlertKey[],
  { evaluateException, count }: VoucherAlertDeps,
): Promise<void> =>
  ignoreUnavailable(async () => {
    for (const key of keys) countAlerts(count, await evaluateException(key));
  });

const underpricedKeyOf = (voucher: Voucher): ExceptionAlertKey[] =>
  isUnderpriced(voucher) && !isProducer(voucher.location)
    ? [{ location: voucher.location, type: 'underpriced', about: voucher.number }]
    : [];

type TransferAlertDeps = {
  readonly transfers: TransferStore;
  readonly evaluateException: EvaluateExceptionAlert;
  readonly clock: Clock;
};

export type TransferChange = {
  readonly before: Transfer | undefined;
  readonly after: Transfer;
  readonly at: LocationId;
};

export type EvaluateTransferAlerts = ReturnType<typeof evaluateTransferAlerts>;

/** Marks a mismatch as evaluated. If DynamoDB is unavailable, the hourly sweep does the work. */
export const evaluateTransferAlerts =
  ({ transfers, evaluateException, clock }: TransferAlertDeps) =>
  async ({ before, after, at }: TransferChange): Promise<readonly AlertOutcome[]> => {
    const outcomes: AlertOutcome[] = [];
    await ignoreUnavailable(async () => {
      for (const state of transferAlertStates(before, after, at, clock.now()))
        outcomes.push(...(await evaluateException(state, state)));
      if (hasMismatch(after)) await transfers.said(after);
    });
    return outcomes;
  };

/** A receipt at a third location also notifies the sender and the addressee. */
export const locationsToNotify = async (
  { location, problem, claim }: HeldVoucher,
  { transfers }: { readonly transfers: TransferStore },
): Promise<readonly LocationId[]> => {
  const dispatch = problem.code === 'NOT_ADDRESSEE' ? claimReferences(claim).dispatch : undefined;
  const sent = dispatch && (await transfers.find(dispatch))?.sent;
  return sent ? [...new Set([location, sent.from, sent.to].filter((place) => !isProducer(place)))] : [location];
};
