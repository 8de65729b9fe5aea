import type { Caller } from '../../shared/kernel/access.ts';
import { admittedClock, type DeviceClock } from '../../shared/kernel/device-clock.ts';
import type { Place } from '../../shared/kernel/ids.ts';
import { skewOnPaper } from '../../shared/kernel/paper-book.ts';
import { problemOf } from '../../shared/kernel/problems.ts';
import { isRefusal, type Refusal, refuse } from '../../shared/kernel/refusal.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import { partsOf, type VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import { isHeld, refuseCaptured } from '../../shared/ledger/admit-offline.ts';
import { customerOf } from '../../shared/ledger/customer.ts';
import type { CustomerStore } from '../../shared/ledger/customer-store.ts';
import { type Held, problemIn, settledAs } from '../../shared/ledger/held.ts';
import { type HeldStore, heldId } from '../../shared/ledger/held-store.ts';
import { refuseUndoing } from '../../shared/ledger/kinds/refuse-reversal.ts';
import type { CapturedOutcome } from '../../shared/ledger/sync-contract.ts';
import type { Claim } from '../../shared/ledger/voucher.ts';
import { isLedgerKind, maySend } from '../../shared/ledger/voucher-kinds.ts';
import type { Count } from '../../shared/platform/telemetry.ts';
import { type HeldAlertsDeps, sayHeld } from './held-alerts.ts';
import { type TerminalOfDeps, terminalOf } from './load-context.ts';
import { type RecordDeps, record } from './record.ts';
import { ifProven, type VerifyProofDeps } from './verify-proof.ts';

export type Bringing = {
  readonly location: Place;
  readonly number: VoucherNumber;
  readonly claim: Claim;
  /** Its customer's, which is no part of it. */
  readonly phone: string | undefined;
  /** As its phone measured it. */
  readonly clock: DeviceClock | undefined;
  /** Its claim as it was sent, and the terminal's proof. */
  readonly signed: { readonly body: unknown; readonly proof: string | undefined };
  /** It does not say at what time of the day it was. */
  readonly dayAlone: boolean;
};

export type SyncOneDeps = {
  readonly clock: Clock;
  readonly count: Count;
  readonly customers: CustomerStore;
  readonly held: HeldStore;
} & HeldAlertsDeps &
  RecordDeps &
  TerminalOfDeps &
  VerifyProofDeps;

/**
 * One captured voucher: into the book if it can be, else held. What the book has already is a repeat, whatever changed since. What was held
 * and can be admitted now is; but what an officer rejected, or made good by another voucher, stays so.
 */
export const bringOne = async (
  { clock, dayAlone, signed, phone, ...said }: Bringing,
  caller: Caller,
  deps: SyncOneDeps,
): Promise<CapturedOutcome> => {
  const { location, number, claim } = said;
  const id = heldId(number, claim);
  const isPaper = (await terminalOf(said, deps))?.paper ?? false;
  const onPaper = isPaper ? skewOnPaper(claim.occurredAt, deps.clock.now()) : 0;
  const corrections = isPaper ? { ...(onPaper !== 0 && { skew: onPaper }) } : admittedClock(clock);
  const admission = { way: 'captured' as const, ...corrections };
  const mayNot =
    refuseKind(said, caller) ?? (dayAlone && !isPaper ? needsTime() : undefined) ?? refuseUndoing(claim, caller.role);
  let refused: Refusal | undefined;
  let settled: Held | undefined;
  const recorded = await record(
    { ...said, admission, enteredBy: caller.sub },
    ifProven(
      signed,
      (asked) => {
        refused = refuseCaptured(asked, mayNot);
        return refused;
      },
      deps,
    ),
    deps,
    async () => {
      const kept = await deps.held.find(location, id);
      if (!kept || kept.state === 'admitted') return undefined;
      if (kept.state !== 'held') return refuse('HELD_STATE', `It is ${kept.state} already.`, { state: kept.state });
      settled = settledAs(kept, 'admitted', {
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
    if (settled && recorded.did === 'recorded') await sayHeld(settled, deps);
    deps.count(recorded.did === 'recorded' ? 'VouchersRecorded' : 'VouchersRepeated', 1);
    return { number, outcome: recorded.did, voucher: recorded.voucher };
  }
  // Of a terminal that is not of here nothing more is kept, not even that its number is taken.
  const why = refused && !isHeld(refused) ? refused : recorded;
  const kept = isHeld(why)
    ? await deps.held.hold({
        ...{ ...said, held: id, state: 'held', version: 1 },
        ...corrections,
        ...{ problem: problemIn(why), enteredBy: caller.sub, heldAt: deps.clock.now() },
      })
    : await deps.held.find(location, id);
  if (!kept) return { number, outcome: 'refused', problem: problemOf(why) };
  const customer = phone === undefined ? undefined : customerOf(phone, claim.occurredAt, deps.clock.now());
  // Under a number that is in the book stands the customer of that sale.
  if (customer && kept.state === 'held' && kept.problem.code !== 'VOUCHER_CONFLICT')
    await deps.customers.keep(said, customer);
  await sayHeld(kept, deps);
  deps.count('VouchersHeld', 1);
  const { held, state, problem } = kept;
  return { number, outcome: 'held', held, state, problem };
};

/** A phone knows the time. */
const needsTime = (): Refusal => {
  const fields = [{ path: 'occurredAt', problem: 'is a time: only of a bill book is the day enough' }];
  return refuse('INVALID_REQUEST', 'Its terminal is a phone, which knows the time.', { fields });
};

/** May a caller of this role send a voucher of this kind here? */
export const refuseKind = (
  { location, number }: Pick<Bringing, 'location' | 'number'>,
  { role }: Pick<Caller, 'role'>,
): Refusal | undefined => {
  const { kind } = partsOf(number);
  if (isLedgerKind(kind) && maySend(kind, role, location)) return undefined;
  return refuse('FORBIDDEN', `A caller of role ${role} may not record a ${kind} here.`);
};
