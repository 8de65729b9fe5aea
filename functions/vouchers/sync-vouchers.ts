import { evaluateVouchers, type VoucherAlertDeps } from '../../shared/alerts/voucher-alert-service.ts';
import { contract } from '../../shared/api/contract.ts';
import type { AskedStore } from '../../shared/day-close/missing-number-store.ts';
import { missingOf } from '../../shared/day-close/missing-numbers.ts';
import { parse } from '../../shared/kernel/parse.ts';
import { problemOf } from '../../shared/kernel/problems.ts';
import { isRefusal } from '../../shared/kernel/refusal.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import { Busy } from '../../shared/kernel/unavailable-error.ts';
import { orderOf } from '../../shared/kernel/voucher-sequence.ts';
import { type CapturedOutcome, CapturedVoucher, saysDayAlone } from '../../shared/ledger/sync-contract.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { type EvaluateExchangesDeps, evaluateExchanges } from './evaluate-exchanges.ts';
import { split } from './record.ts';
import { type Bringing, bringOne, type SyncOneDeps } from './sync-one.ts';
import { sayUnmatched, type UnmatchedAlertsDeps } from './unmatched-alerts.ts';

type SyncVouchersDeps = { readonly asked: AskedStore; readonly clock: Clock } & EvaluateExchangesDeps &
  SyncOneDeps &
  UnmatchedAlertsDeps &
  VoucherAlertDeps;

/** Each stands or falls alone, in the order of time. What there was no time for is for later: nothing is half done. */
export const syncVouchers = operation(
  contract.syncVouchers,
  async ({ path: { location }, body, caller }, deps: SyncVouchersDeps) => {
    const now = deps.clock.now();
    const outcomes: CapturedOutcome[] = [];
    const brought: Brought[] = [];
    for (const [at, sent] of body.vouchers.entries()) {
      const read = parse(CapturedVoucher, sent);
      if (isRefusal(read)) outcomes[at] = { number: numberIn(sent), outcome: 'refused', problem: problemOf(read) };
      else {
        const { number } = read.parsed;
        // A phone may send what it could not send live as it stood: then its clock and its proof are in the claim's place.
        const { claim, phone, clock = read.parsed.clock, proof } = split(read.parsed.claim);
        const signed = { body: said(sent), proof: read.parsed.proof ?? proof };
        brought.push({ at, location, clock, number, claim, phone, signed, dayAlone: saysDayAlone(said(sent)) });
      }
    }
    for (const { at, ...one } of brought.toSorted(byTime))
      outcomes[at] = await bringOne(one, caller, deps).catch(laterIfBusy(one.number));
    // What came of each is said, even where there is no time left to look what is missing.
    const asked = await deps.asked.at(location).catch(noneIfBusy);
    const numbers = brought.map(({ number }) => number);
    const inBook = outcomes.flatMap((one) => ('voucher' in one ? one.voucher.number : []));
    await sayUnmatched(location, inBook, deps);
    const recorded = outcomes.flatMap((one) => ('voucher' in one ? one.voucher : []));
    await evaluateExchanges(location, recorded, deps);
    await evaluateVouchers(recorded, deps);
    return ok({ serverTime: now, outcomes, ...(asked && { missing: missingOf(asked, numbers) }) });
  },
);

const noneIfBusy = (error: unknown): undefined => {
  if (error instanceof Busy) return undefined;
  throw error;
};

const said = (sent: unknown): unknown =>
  typeof sent === 'object' && sent !== null && 'claim' in sent ? sent.claim : undefined;

/** What it was called, if it was called anything: it is known by its place too. */
const numberIn = (sent: unknown): string => {
  const number = typeof sent === 'object' && sent !== null && 'number' in sent ? sent.number : undefined;
  return typeof number === 'string' ? number : '';
};

type Brought = Bringing & { readonly at: number };

const byTime = (one: Bringing, other: Bringing): number => (orderIn(one) < orderIn(other) ? -1 : 1);

const orderIn = ({ number, claim, clock }: Bringing) => orderOf({ number, claim, admission: { skew: clock?.skew } });

const laterIfBusy =
  (number: string) =>
  (error: unknown): CapturedOutcome => {
    if (error instanceof Busy) return { number, outcome: 'later' };
    throw error;
  };
