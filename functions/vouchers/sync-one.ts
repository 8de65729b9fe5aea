import type { Caller } from '../../shared/kernel/access.ts';
import { clockAdmissionFields, type DeviceClock, paperSkew } from '../../shared/kernel/device-clock.ts';
import type { LocationId } from '../../shared/kernel/ids.ts';
import { isRefusal, type Refusal, refuse, toProblem } from '../../shared/kernel/refusal.ts';
import type { Clock, Instant } from '../../shared/kernel/time.ts';
import { partsOf, type VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import { isHoldable, refuseOffline } from '../../shared/ledger/admit-offline.ts';
import { customerOf } from '../../shared/ledger/customer.ts';
import type { CustomerStore } from '../../shared/ledger/customer-store.ts';
import { type HeldVoucher, heldProblemOf, withSettlement } from '../../shared/ledger/held.ts';
import type { HeldStore } from '../../shared/ledger/held-store.ts';
import { refuseUndoReturn } from '../../shared/ledger/kinds/refuse-reversal.ts';
import type { PaymentReferenceStore } from '../../shared/ledger/payment-reference-store.ts';
import type { SyncOutcome } from '../../shared/ledger/sync-contract.ts';
import type { VoucherClaim } from '../../shared/ledger/voucher.ts';
import { isLedgerKind, mayRecordKind } from '../../shared/ledger/voucher-kinds.ts';
import { heldIdOf } from '../../shared/ledger/voucher-repeat.ts';
import type { CountMetric } from '../../shared/platform/telemetry.ts';
import { decideAndRecord, type RecordDeps } from './decide-and-record.ts';
import { evaluateHeld, type HeldAlertsDeps } from './evaluate-voucher-alerts.ts';
import { type LoadTerminalDeps, loadTerminal } from './load-context.ts';
import { type VerifyProofDeps, withProofCheck } from './verify-proof.ts';

export type VoucherToSync = {
  readonly location: LocationId;
  readonly number: VoucherNumber;
  readonly claim: VoucherClaim;
  /** Not part of the claim. */
  readonly phone: string | undefined;
  /** The skew that the phone measured. */
  readonly clock: DeviceClock | undefined;
  readonly signed: { readonly body: unknown; readonly proof: string | undefined };
  readonly isDayOnly: boolean;
  /** Arrival of the request. Paper vouchers with only a day get this one time. */
  readonly receivedAt: Instant;
};

export type SyncOneDeps = {
  readonly clock: Clock;
  readonly count: CountMetric;
  readonly customers: CustomerStore;
  readonly held: HeldStore;
  readonly paymentReferences: PaymentReferenceStore;
} & HeldAlertsDeps &
  RecordDeps &
  LoadTerminalDeps &
  VerifyProofDeps;

/**
 * A recorded claim is a repeat. A held one is tried again, unless an officer rejected or replaced
 * it.
 */
export const syncOne = async (
  { clock, isDayOnly, receivedAt, signed, phone, ...voucher }: VoucherToSync,
  caller: Caller,
  deps: SyncOneDeps,
): Promise<SyncOutcome> => {
  const { location, number, claim } = voucher;
  const heldId = heldIdOf(number, claim);
  const isPaper = (await loadTerminal(voucher, deps))?.paper ?? false;
  const paperSkewMilliseconds = isPaper ? paperSkew(claim.occurredAt, receivedAt) : 0;
  const clockFields = isPaper
    ? { ...(paperSkewMilliseconds !== 0 && { skew: paperSkewMilliseconds }) }
    : clockAdmissionFields(clock);
  const admission = { way: 'captured' as const, ...clockFields };
  const roleRefusal =
    refuseKindForRole(voucher, caller) ??
    (isDayOnly && !isPaper ? refuseMissingTime() : undefined) ??
    refuseUndoReturn(claim, caller.role);
  let refused: Refusal | undefined;
  let settled: HeldVoucher | undefined;
  const recorded = await decideAndRecord(
    { ...voucher, admission, enteredBy: caller.sub },
    withProofCheck(
      signed,
      (submission) => {
        refused = refuseOffline(submission, roleRefusal);
        return refused;
      },
      deps,
    ),
    deps,
    async () => {
      const heldVoucher = await deps.held.find(location, heldId);
      if (!heldVoucher || heldVoucher.state === 'admitted') return undefined;
      if (heldVoucher.state !== 'held')
        return refuse('HELD_STATE', `The held voucher is ${heldVoucher.state} already.`, { state: heldVoucher.state });
      settled = withSettlement(heldVoucher, 'admitted', {
        at: deps.clock.now(),
        by: caller.sub,
        why: 'brought again',
        voucher: number,
      });
      return settled;
    },
    undefined,
    phone,
  );
  if (!isRefusal(recorded)) {
    if (settled && recorded.did === 'recorded') await evaluateHeld(settled, deps);
    deps.count(recorded.did === 'recorded' ? 'VouchersRecorded' : 'VouchersRepeated', 1);
    const shared = await deps.paymentReferences.keep(recorded.voucher);
    return { number, outcome: recorded.did, voucher: recorded.voucher, ...shared };
  }
  // A terminal of another location stores nothing, not even a used number.
  const holdReason = refused && !isHoldable(refused) ? refused : recorded;
  const heldVoucher = isHoldable(holdReason)
    ? await deps.held.hold({
        ...voucher,
        held: heldId,
        state: 'held',
        version: 1,
        ...clockFields,
        problem: heldProblemOf(holdReason),
        enteredBy: caller.sub,
        heldAt: deps.clock.now(),
      })
    : await deps.held.find(location, heldId);
  if (!heldVoucher) return { number, outcome: 'refused', problem: toProblem(holdReason) };
  const customer = phone === undefined ? undefined : customerOf(phone, claim.occurredAt, deps.clock.now());
  // A recorded number has the customer of its own sale.
  if (customer && heldVoucher.state === 'held' && heldVoucher.problem.code !== 'VOUCHER_CONFLICT')
    await deps.customers.keep(voucher, customer);
  await evaluateHeld(heldVoucher, deps);
  deps.count('VouchersHeld', 1);
  const { held, state, problem } = heldVoucher;
  return { number, outcome: 'held', held, state, problem };
};

const refuseMissingTime = (): Refusal => {
  const fields = [{ path: 'occurredAt', problem: 'needs a time: only a paper bill book may state the day alone' }];
  return refuse('INVALID_REQUEST', 'A voucher of a phone needs a time.', { fields });
};

export const refuseKindForRole = (
  { location, number }: Pick<VoucherToSync, 'location' | 'number'>,
  { role }: Pick<Caller, 'role'>,
): Refusal | undefined => {
  const { kind } = partsOf(number);
  if (isLedgerKind(kind) && mayRecordKind(kind, role, location)) return undefined;
  return refuse('FORBIDDEN', `A caller of role ${role} may not record a ${kind} here.`);
};
