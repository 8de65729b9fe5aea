import { evaluateOverrefunds } from '../../shared/alerts/voucher-alert-service.ts';
import { locationKind } from '../../shared/kernel/ids.ts';
import type { ErrorCode } from '../../shared/kernel/problems.ts';
import { isRefusal, type Refusal, refuse } from '../../shared/kernel/refusal.ts';
import { type Clock, millisecondsOf } from '../../shared/kernel/time.ts';
import { partsOf, Skew } from '../../shared/kernel/voucher-number.ts';
import { refuseHeld } from '../../shared/ledger/admit-offline.ts';
import type { CustomerStore } from '../../shared/ledger/customer-store.ts';
import { type HeldVoucher, withSettlement } from '../../shared/ledger/held.ts';
import type { HeldStore } from '../../shared/ledger/held-store.ts';
import type { LedgerStore } from '../../shared/ledger/ledger-store.ts';
import type { HeldSettlement } from '../../shared/ledger/sync-contract.ts';
import * as contract from '../../shared/ledger/sync-contract.ts';
import { claimReferences } from '../../shared/ledger/voucher.ts';
import { repeatOrRefusal } from '../../shared/ledger/voucher-repeat.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { decideAndRecord, type RecordDeps } from './decide-and-record.ts';
import {
  type EvaluateExchangesDeps,
  evaluateExchanges,
  evaluateHeld,
  evaluateUnmatchedReturns,
  type HeldAlertsDeps,
  type UnmatchedAlertsDeps,
} from './evaluate-voucher-alerts.ts';
import { refuseKindForRole } from './sync-one.ts';

type SettleHeldDeps = {
  readonly clock: Clock;
  readonly customers: CustomerStore;
  readonly held: HeldStore;
  readonly ledger: LedgerStore;
  readonly registry: RegistryStore;
} & EvaluateExchangesDeps &
  HeldAlertsDeps &
  RecordDeps &
  UnmatchedAlertsDeps;

export const settleHeld = operation(
  contract.settleHeld,
  async ({ path, body, caller, ifMatch }, deps: SettleHeldDeps) => {
    const held = await deps.held.find(path.location, path.held);
    if (!held) return refuse('NOT_FOUND', `${path.location} holds no ${path.held}.`);
    if (ifMatch === undefined)
      return refuse('PRECONDITION_REQUIRED', `The held voucher is at version ${held.version}: send If-Match.`);
    if (ifMatch !== held.version) return refuseVersionMismatch(held, ifMatch);
    if (held.state !== 'held')
      return refuse('HELD_STATE', `The held voucher is ${held.state} already.`, { state: held.state });
    const decision = { at: deps.clock.now(), by: caller.sub, why: body.why };
    const next = await settle(held, body, decision, deps);
    if (isRefusal(next)) return next;
    await evaluateHeld(next, deps);
    if (next.state === 'admitted') {
      const admitted = await deps.ledger.find(path.location, held.number);
      if (admitted) await evaluateOverrefunds([admitted], deps);
      await evaluateUnmatchedReturns(path.location, [held.number], deps);
      await evaluateExchanges(path.location, [held], deps);
    } else if (held.problem.code !== 'VOUCHER_CONFLICT') await deps.customers.erase(held, decision.at);
    return ok(next);
  },
);

type OfficerDecision = Pick<NonNullable<HeldVoucher['settled']>, 'at' | 'by' | 'why'>;
type SettlementOf<Do> = Extract<HeldSettlement, { readonly do: Do }>;

const settle = async (
  held: HeldVoucher,
  settlement: HeldSettlement,
  decision: OfficerDecision,
  deps: SettleHeldDeps,
): Promise<HeldVoucher | Refusal> => {
  switch (settlement.do) {
    case 'admit':
      return admit(held, settlement, decision, deps);
    case 'correct':
      return correct(held, settlement, decision, deps);
    case 'reject':
      return settleWithoutVoucher(held, withSettlement(held, 'rejected', decision), deps);
  }
};

/** Admission approves the figures of these. For other reasons, figures are checked later. */
const APPROVAL_CODES: ReadonlySet<ErrorCode> = new Set([
  ...(['IMPLAUSIBLE', 'UNIT_NEEDED', 'APPROVAL_NEEDED'] as const),
  ...(['TRANSFER_CLOSED', 'TRANSFER_EXCEEDED', 'NOT_ADDRESSEE', 'COUNTED_TWICE'] as const),
]);

/** One transaction with the voucher, so that nobody can reject it meanwhile. */
const admit = async (
  held: HeldVoucher,
  { occurredAt, approved: isSaid }: SettlementOf<'admit'>,
  decision: OfficerDecision,
  deps: SettleHeldDeps,
): Promise<HeldVoucher | Refusal> => {
  const approved = isSaid ?? APPROVAL_CODES.has(held.problem.code);
  const { location, number, claim } = held;
  // An officer may have just corrected these entries.
  for (const item of claimReferences(claim).items) deps.registry.forget('items', item);
  const terminal = await deps.registry.entry('terminals', partsOf(number).terminal);
  if (terminal) deps.registry.forget('sellers', terminal.entry.seller);
  deps.registry.forget(locationKind(location), location);
  const statedSkew = occurredAt && Skew.parse(millisecondsOf(occurredAt) - millisecondsOf(claim.occurredAt));
  const { skew, within } = statedSkew === undefined ? held : { skew: statedSkew };
  const corrections = { ...(skew !== undefined && { skew }), ...(within !== undefined && { within }) };
  // An officer who approved another problem does not know about the other sheet.
  const replacesSheets = approved && (isSaid || held.problem.code === 'COUNTED_TWICE');
  const admission = { way: 'captured' as const, ...(approved && { approved: true as const }), ...corrections };
  const next = withSettlement(held, 'admitted', { ...decision, voucher: number });
  const recorded = await decideAndRecord(
    { location, number, claim, admission, enteredBy: decision.by, byOfficer: true, replacesSheets },
    (submission) => refuseKindForRole(held, { role: 'admin' }) ?? refuseHeld(submission, statedSkew !== undefined),
    deps,
    async () => {
      const now = await reloadHeld(held, deps);
      return now.version === held.version ? next : refuseVersionMismatch(now, held.version);
    },
  );
  if (!isRefusal(recorded)) return recorded.did === 'recorded' ? next : saveSettlement(held, next, deps);
  if (recorded.refused === 'VERSION_MISMATCH') return recorded;
  if (recorded.refused === 'HELD_STATE') return refuseVersionMismatch(await reloadHeld(held, deps), held.version);
  const fields = recorded.facts && 'fields' in recorded.facts ? recorded.facts.fields : [];
  return refuse('STILL_HELD', `${recorded.refused}: ${recorded.detail}`, { fields });
};

const correct = async (
  held: HeldVoucher,
  { voucher }: SettlementOf<'correct'>,
  decision: OfficerDecision,
  deps: SettleHeldDeps,
): Promise<HeldVoucher | Refusal> =>
  (await deps.ledger.find(held.location, voucher))
    ? settleWithoutVoucher(held, withSettlement(held, 'corrected', { ...decision, voucher }), deps)
    : refuse('VOUCHER_UNKNOWN', `${held.location} has no voucher ${voucher}.`);

/** If the claim was recorded meanwhile, settles it as admitted. */
const settleWithoutVoucher = async (
  held: HeldVoucher,
  next: HeldVoucher,
  deps: SettleHeldDeps,
): Promise<HeldVoucher | Refusal> => {
  const { location, number, claim } = held;
  const inBook = refuse('HELD_STATE', `${number} is recorded with this claim.`, { state: 'admitted' });
  const found = repeatOrRefusal(await deps.ledger.findStored(location, number), { location, number, claim }, inBook);
  if (isRefusal(found)) {
    // Another claim has the number, so this one is never recorded.
    if (found.refused === 'VOUCHER_CONFLICT') return saveSettlement(held, next, deps);
    const did = await deps.held.settleUnrecorded(next);
    if (did === 'in book') return settleWithoutVoucher(held, next, deps);
    return did === 'settled' ? next : refuseVersionMismatch(await reloadHeld(held, deps), held.version);
  }
  const { settled } = next;
  const admitted = settled && withSettlement(held, 'admitted', { ...settled, why: 'in the book', voucher: number });
  const done = admitted ? await saveSettlement(held, admitted, deps) : inBook;
  if (isRefusal(done)) return done;
  await evaluateHeld(done, deps);
  return inBook;
};

const saveSettlement = async (
  held: HeldVoucher,
  next: HeldVoucher,
  deps: SettleHeldDeps,
): Promise<HeldVoucher | Refusal> =>
  (await deps.held.settle(next)) ? next : refuseVersionMismatch(await reloadHeld(held, deps), held.version);

const reloadHeld = async (seen: HeldVoucher, { held }: SettleHeldDeps): Promise<HeldVoucher> =>
  (await held.find(seen.location, seen.held)) ?? seen;

const refuseVersionMismatch = ({ version }: HeldVoucher, ifMatch: number): Refusal =>
  refuse('VERSION_MISMATCH', `It is at version ${version}, not ${ifMatch}.`, { version });
