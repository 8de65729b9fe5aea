import { countAlerts } from '../../shared/alerts/alert-evaluation-service.ts';
import type { EvaluateTransferAlerts, TransferChange } from '../../shared/alerts/voucher-alert-service.ts';
import type { DeviceClock } from '../../shared/kernel/device-clock.ts';
import type { ErrorCode } from '../../shared/kernel/problems.ts';
import { isRefusal, type Refusal } from '../../shared/kernel/refusal.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import {
  type AdmittedVoucher,
  admitVoucher,
  type Submission,
  type SubmissionWithTerminal,
} from '../../shared/ledger/admit-live.ts';
import { customerOf } from '../../shared/ledger/customer.ts';
import type { HeldVoucher } from '../../shared/ledger/held.ts';
import type { LedgerStore } from '../../shared/ledger/ledger-store.ts';
import { claimReferences, type VoucherClaim } from '../../shared/ledger/voucher.ts';
import type { LiveVoucher } from '../../shared/ledger/voucher-contract.ts';
import { type RecordResult, repeatOrRefusal } from '../../shared/ledger/voucher-repeat.ts';
import { CONFLICT, RETRY, retry } from '../../shared/platform/retry.ts';
import type { CountMetric } from '../../shared/platform/telemetry.ts';
import { chaptersOf } from '../../shared/registry/item.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { type LoadContextDeps, type LoadTerminalDeps, loadDecisionContext, loadTerminal } from './load-context.ts';

/** The held voucher to settle, or why nothing is recorded. */
export type FindHeld = () => Promise<HeldVoucher | Refusal | undefined>;

/** Adds a condition that must hold at the write. */
export type CheckDecision = (checked: AdmittedVoucher) => Promise<AdmittedVoucher | Refusal>;

const PRICE_REFUSALS: readonly ErrorCode[] = [
  ...(['ITEM_NOT_PRICED', 'PRICE_ABOVE_MRP', 'PRICE_BELOW_FLOOR', 'GST_RATE_MISMATCH'] as const),
];

export type RecordDeps = {
  readonly clock: Clock;
  readonly count: CountMetric;
  readonly ledger: LedgerStore;
  readonly registry: RegistryStore;
  readonly evaluateTransfer: EvaluateTransferAlerts;
} & LoadContextDeps &
  LoadTerminalDeps;

/**
 * Decides again if a concurrent voucher changed the context. `refuseSubmission` runs before other
 * reads: a count with a wrong clock could read years of day books.
 */
export const decideAndRecord = async (
  submitted: Omit<Submission, 'context' | 'now'>,
  refuseSubmission: (submission: SubmissionWithTerminal) => Refusal | undefined,
  deps: RecordDeps,
  findHeld: FindHeld = async () => undefined,
  recheck: CheckDecision = async (admitted) => admitted,
  phone?: string,
): Promise<RecordResult | Refusal> => {
  const { ledger, clock } = deps;
  const { location, number, claim } = submitted;
  const refusalUnlessRepeat = async (refusal: Refusal) =>
    repeatOrRefusal(await ledger.findStored(location, number), { location, number, claim }, refusal);
  let isRetry = false;
  let transferChange: TransferChange | undefined;
  const answer = await retry(async () => {
    const terminal = await loadTerminal(submitted, deps);
    const now = clock.now();
    const refused = refuseSubmission({ ...submitted, terminal, now });
    if (refused) return refusalUnlessRepeat(refused);
    const held = await findHeld();
    if (isRefusal(held)) return refusalUnlessRepeat(held);
    let context = await loadDecisionContext({ ...submitted, terminal, readsStock: isRetry }, deps);
    let admitted = admitVoucher({ ...submitted, context, now });
    if (isRefusal(admitted) && PRICE_REFUSALS.includes(admitted.refused)) {
      // Prices are cached for a minute. Refuse only on fresh ones.
      const fresh = await deps.registry.entriesNow('items', claimReferences(claim).items);
      await deps.registry.ratesNow(new Set([...fresh.values()].flatMap(({ entry }) => chaptersOf(entry))));
      context = await loadDecisionContext({ ...submitted, terminal, readsStock: isRetry }, deps);
      admitted = admitVoucher({ ...submitted, context, now });
    }
    if (isRefusal(admitted)) return refusalUnlessRepeat(admitted);
    const checked = await recheck(admitted);
    if (isRefusal(checked)) return refusalUnlessRepeat(checked);
    // A held voucher has its customer already, unless it was erased.
    const customer = phone === undefined || held ? undefined : customerOf(phone, claim.occurredAt, now);
    const recorded = await ledger
      .record(checked, held, customer)
      .finally(() => forgetHandedOverTerminals(checked, deps));
    isRetry = true;
    transferChange = checked.transfer && {
      before: context.transfer ?? context.transferRebuild?.before,
      after: checked.transfer,
      at: location,
    };
    return recorded === CONFLICT ? RETRY : recorded;
  });
  if (transferChange && !isRefusal(answer) && answer.did === 'recorded')
    countAlerts(deps.count, await deps.evaluateTransfer(transferChange));
  return answer;
};

/**
 * Other warm functions cache terminals for up to a minute and may record above the declared last
 * numbers.
 */
const forgetHandedOverTerminals = ({ handOver }: AdmittedVoucher, { registry }: RecordDeps): void => {
  for (const { terminal } of handOver?.terminals ?? []) registry.forget('terminals', terminal);
};

type ParsedBody = {
  readonly claim: VoucherClaim;
  readonly goodsInHand: boolean;
  readonly confirmed: boolean;
  readonly phone: string | undefined;
  readonly clock: DeviceClock | undefined;
  readonly proof: string | undefined;
};

/** A repeat compares only the claim. */
export const splitBody = (body: LiveVoucher): ParsedBody => {
  const { clock, proof, goodsInHand = false, confirmed = false, customer: phone, ...claim } = withAllFields(body);
  return { claim, goodsInHand, confirmed, phone, clock, proof };
};

type UncomparedFields = {
  readonly goodsInHand?: boolean | undefined;
  readonly confirmed?: boolean | undefined;
  readonly customer?: string | undefined;
};

const withAllFields = (body: LiveVoucher): LiveVoucher & UncomparedFields => body;
