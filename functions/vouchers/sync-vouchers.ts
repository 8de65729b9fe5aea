import { evaluateVouchers, type VoucherAlertDeps } from '../../shared/alerts/voucher-alert-service.ts';
import type { MissingNumberStore } from '../../shared/day-close/close-evidence-store.ts';
import { missingNumbersOf } from '../../shared/day-close/missing-numbers.ts';
import { isRefusal, parse, toProblem } from '../../shared/kernel/refusal.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import { correctedTime } from '../../shared/kernel/voucher-number.ts';
import { isCountNumber } from '../../shared/ledger/kinds/count.ts';
import * as contract from '../../shared/ledger/sync-contract.ts';
import { hasDayOnly, OfflineVoucher, type SyncOutcome } from '../../shared/ledger/sync-contract.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { UnavailableError } from '../../shared/platform/retry.ts';
import { splitBody } from './decide-and-record.ts';
import {
  type EvaluateExchangesDeps,
  evaluateExchanges,
  evaluateUnmatchedReturns,
  type UnmatchedAlertsDeps,
} from './evaluate-voucher-alerts.ts';
import { type SyncOneDeps, syncOne, type VoucherToSync } from './sync-one.ts';

type SyncVouchersDeps = { readonly missingNumbers: MissingNumberStore; readonly clock: Clock } & EvaluateExchangesDeps &
  SyncOneDeps &
  UnmatchedAlertsDeps &
  VoucherAlertDeps;

/** In order of time; each succeeds or fails alone. `later`: no time is left. */
export const syncVouchers = operation(
  contract.syncVouchers,
  async ({ path: { location }, body, caller }, deps: SyncVouchersDeps) => {
    const now = deps.clock.now();
    const outcomes: SyncOutcome[] = [];
    const brought: IndexedVoucher[] = [];
    for (const [at, sent] of body.vouchers.entries()) {
      const read = parse(OfflineVoucher, sent);
      if (isRefusal(read)) outcomes[at] = { number: numberText(sent), outcome: 'refused', problem: toProblem(read) };
      else {
        const { number } = read.parsed;
        // A phone may send a live body as it was, with clock and proof in the claim.
        const { claim, phone, clock = read.parsed.clock, proof } = splitBody(read.parsed.claim);
        const signed = { body: claimIn(sent), proof: read.parsed.proof ?? proof };
        const isDayOnly = hasDayOnly(claimIn(sent));
        brought.push({ at, location, clock, number, claim, phone, signed, isDayOnly, receivedAt: now });
      }
    }
    for (const { at, ...one } of brought.toSorted(compareBySequence))
      outcomes[at] = await syncOne(one, caller, deps).catch(laterIfUnavailable(one.number));
    // Return outcomes even without time to look for missing numbers.
    const missing = await deps.missingNumbers.at(location).catch(undefinedIfUnavailable);
    const numbers = brought.map(({ number }) => number);
    const inBook = outcomes.flatMap((one) => ('voucher' in one ? one.voucher.number : []));
    await evaluateUnmatchedReturns(location, inBook, deps);
    const recorded = outcomes.flatMap((one) => ('voucher' in one ? one.voucher : []));
    await evaluateExchanges(location, recorded, deps);
    await evaluateVouchers(recorded, deps);
    return ok({ serverTime: now, outcomes, ...(missing && { missing: missingNumbersOf(missing, numbers) }) });
  },
);

const undefinedIfUnavailable = (error: unknown): undefined => {
  if (error instanceof UnavailableError) return undefined;
  throw error;
};

const claimIn = (sent: unknown): unknown =>
  typeof sent === 'object' && sent !== null && 'claim' in sent ? sent.claim : undefined;

const numberText = (sent: unknown): string => {
  const number = typeof sent === 'object' && sent !== null && 'number' in sent ? sent.number : undefined;
  return typeof number === 'string' ? number : '';
};

type IndexedVoucher = VoucherToSync & { readonly at: number };

/** At one time, counts come last: then one count is held, and not each sale. */
const compareBySequence = (one: VoucherToSync, other: VoucherToSync): number =>
  syncOrderOf(one) < syncOrderOf(other) ? -1 : 1;

const syncOrderOf = ({ number, claim, clock }: VoucherToSync): string => {
  const time = correctedTime(claim.occurredAt, clock?.skew ?? 0);
  return `${time}#${isCountNumber(number) ? 1 : 0}#${number}`;
};

const laterIfUnavailable =
  (number: string) =>
  (error: unknown): SyncOutcome => {
    if (error instanceof UnavailableError) return { number, outcome: 'later' };
    throw error;
  };
