import type { LocationId } from '../kernel/ids.ts';
import { isAboveLastNumbers, refuseNumberLeap } from '../kernel/last-numbers.ts';
import type { FieldProblem } from '../kernel/problems.ts';
import { isRefusal, type Refusal, refuse } from '../kernel/refusal.ts';
import { dayOf, type Instant, millisecondsOf } from '../kernel/time.ts';
import { correctedTime, partsOf, sequenceOf, type VoucherNumber } from '../kernel/voucher-number.ts';
import type { Terminal } from '../registry/entries.ts';
import { totalInLots, withdrawFromLots } from '../stock/lots.ts';
import type { StockChange } from '../stock/stock.ts';
import { type LastCounts, supersedeByCount } from './counts.ts';
import type { DecisionContext, VoucherEffects } from './decision.ts';
import { refuseEnded } from './ended.ts';
import { checkEntryErrors } from './entry-errors.ts';
import { refuseSameTime } from './same-time.ts';
import { decideClaim, type Voucher } from './voucher.ts';

export const CLOCK_TOLERANCE_SECONDS = 300;

export type LoadedContext = Omit<DecisionContext, 'seller' | 'location'> & {
  readonly terminal: Terminal | undefined;
  /** When the rows that were read were counted. */
  readonly lastCounts?: LastCounts | undefined;
  /** Same terminal and corrected time. A count needs all such vouchers, other kinds the counts. */
  readonly sameTime?: readonly Voucher[] | undefined;
};

export type Submission = Pick<Voucher, 'number' | 'location' | 'claim' | 'admission' | 'enteredBy'> & {
  readonly context: LoadedContext;
  readonly now: Instant;
  readonly byOfficer?: true;
  /** A count sheet replaces other sheets of its count. */
  readonly replacesSheets?: boolean;
};

export type AdmittedVoucher = VoucherEffects & { readonly voucher: Voucher };

export type SubmissionWithTerminal = Omit<Submission, 'context'> & Pick<LoadedContext, 'terminal'>;

/** `isProven`: the terminal's own key signed the claim. */
export type SubmissionWithProof = SubmissionWithTerminal & { readonly isProven: boolean };

/** Checks that need only the terminal. */
export const refuseLive = ({
  number,
  location,
  claim,
  admission,
  terminal,
  isProven,
  now,
}: SubmissionWithProof): Refusal | undefined => {
  const { skew = 0, within = 0 } = admission;
  return (
    refuseTerminal(number, location, terminal) ??
    refuseUnproven(number, isProven) ??
    refuseHandedOver(number, terminal) ??
    refuseNumberMismatch(number, claim) ??
    refuseClockOffset("The phone's clock", -skew, now) ??
    refuseImpreciseClock(skew, within, now) ??
    refuseClockOffset('occurredAt', millisecondsOf(correctedTime(claim.occurredAt, skew)) - millisecondsOf(now), now)
  );
};

/** Leaves out stock changes that a later count supersedes. */
export const admitVoucher = ({
  context: loaded,
  now,
  byOfficer,
  replacesSheets,
  ...submitted
}: Submission): AdmittedVoucher | Refusal => {
  const { terminal, lastCounts, sameTime = [], ...rest } = loaded;
  const { claim, number, location, enteredBy } = submitted;
  if (!terminal) throw new Error('refuseLive and refuseOffline let no unknown terminal pass');
  const leap = submitted.admission.way === 'live' ? refuseNumberLeap(number, rest.highestRecorded) : undefined;
  if (leap) return leap;
  const order = sequenceOf(submitted);
  const { seller } = terminal;
  const context = { ...rest, seller, location };
  const ended = refuseEnded(claim, context);
  if (ended) return ended;
  const checked = checkEntryErrors(submitted, context);
  if (isRefusal(checked)) return checked;
  const { admission, strangers } = checked;
  const decided = decideClaim(claim, {
    admission,
    context,
    entryDetails: { at: now, by: enteredBy, voucher: number },
    sequence: order,
    isAdmittedByOfficer: byOfficer,
    replacesSheets,
  });
  if (isRefusal(decided)) return decided;
  const { outcome, ...effects } = decided;
  const tied = refuseSameTime({ number, claim, outcome }, sameTime);
  if (tied) return tied;
  const { stock, absorbed } = supersedeByCount(effects.stock, order, lastCounts ?? new Map());
  const voucher = {
    ...submitted,
    admission,
    seller,
    outcome,
    ...(absorbed.length > 0 && { absorbed: [...absorbed] }),
    ...(strangers.length > 0 && { strangers: [...strangers] }),
    recordedAt: now,
  };
  return {
    voucher,
    ...effects,
    stock: stock.map((change) => limitLotsToOnHand(change, rest.depotRows)),
    sequence: order,
  };
};

/** Lots hold at most the stock on hand: a depot below zero has already sent the goods on. */
const limitLotsToOnHand = (change: StockChange, rows: DecisionContext['depotRows']): StockChange => {
  const { item, onHand, lots } = change;
  if (!lots) return change;
  const there = Math.max(0, (rows?.get(item)?.onHand ?? 0) + onHand);
  const become = withdrawFromLots(lots.become, Math.max(0, totalInLots(lots.become) - there)).lots;
  return { ...change, lots: { ...lots, become } };
};

type ClaimHeader = { readonly kind: string; readonly occurredAt: Instant; readonly previous: VoucherNumber | null };

export const refuseTerminal = (
  number: VoucherNumber,
  location: LocationId,
  terminal: Pick<Terminal, 'location' | 'revoked'> | undefined,
): Refusal | undefined => {
  const code = partsOf(number).terminal;
  if (!terminal) return refuse('TERMINAL_UNKNOWN', `No terminal ${code} is enrolled.`);
  if (terminal.location !== location) return refuse('TERMINAL_ELSEWHERE', `Terminal ${code} is not ${location}'s.`);
  if (terminal.revoked) return refuseRevoked(number, terminal.revoked.at);
  return undefined;
};

/** `earlier`: the terminal's key proves that the voucher is older than the revocation. */
export const refuseRevoked = (number: VoucherNumber, revokedAt: Instant, earlier = false): Refusal =>
  refuse('TERMINAL_REVOKED', `Terminal ${partsOf(number).terminal} was revoked at ${revokedAt}.`, {
    revokedAt,
    earlier,
  });

export const refuseUnproven = (number: VoucherNumber, isProven: boolean): Refusal | undefined =>
  isProven
    ? undefined
    : refuse(
        'TERMINAL_UNPROVEN',
        `The key of terminal ${partsOf(number).terminal} did not sign this claim for ${number}.`,
      );

export const refuseNumberMismatch = (number: VoucherNumber, claim: ClaimHeader): Refusal | undefined => {
  const { kind, day, terminal } = partsOf(number);
  const happened = dayOf(claim.occurredAt);
  const fields: FieldProblem[] = [];
  if (claim.kind !== kind) fields.push({ path: 'kind', problem: `the number says ${kind}` });
  if (happened !== day) fields.push({ path: 'occurredAt', problem: `${happened} in IST, but the number says ${day}` });
  if (claim.previous === number) fields.push({ path: 'previous', problem: 'a voucher does not follow itself' });
  else if (claim.previous !== null && partsOf(claim.previous).terminal !== terminal)
    fields.push({ path: 'previous', problem: `is not a number of terminal ${terminal}` });
  if (fields.length === 0) return undefined;
  return refuse('NUMBER_MISMATCH', 'The number and the body do not agree.', { fields });
};

export const refuseClock = ({ occurredAt }: ClaimHeader, now: Instant): Refusal | undefined =>
  refuseClockOffset('occurredAt', millisecondsOf(occurredAt) - millisecondsOf(now), now);

/** The measurement must be more exact than `CLOCK_TOLERANCE_SECONDS`. */
const refuseImpreciseClock = (skew: number, within: number, now: Instant): Refusal | undefined => {
  if (within <= CLOCK_TOLERANCE_SECONDS * 1_000) return undefined;
  const detail = `The phone's clock was measured only to within ${Math.round(within / 1_000)} s.`;
  return refuse('CLOCK_OFF', detail, { serverTime: now, offBySeconds: Math.round(-skew / 1_000) });
};

const refuseClockOffset = (says: string, ahead: number, now: Instant): Refusal | undefined => {
  const offBySeconds = Math.round(ahead / 1_000);
  if (Math.abs(offBySeconds) <= CLOCK_TOLERANCE_SECONDS) return undefined;
  const way = offBySeconds > 0 ? 'ahead of' : 'behind';
  return refuse('CLOCK_OFF', `${says} is ${Math.abs(offBySeconds)} s ${way} the server's clock.`, {
    serverTime: now,
    offBySeconds,
  });
};

type HandedOverTerminal = Pick<Terminal, 'handedOver'> | undefined;

const refuseHandedOver = (number: VoucherNumber, terminal: HandedOverTerminal): Refusal | undefined => {
  if (!terminal?.handedOver) return undefined;
  const { by, at } = terminal.handedOver;
  return refuse('TERMINAL_HANDED_OVER', `Terminal ${partsOf(number).terminal} was handed over by ${by} at ${at}.`);
};

/** Numbers up to the declared last numbers may still be synced. */
export const refuseAboveLastNumbers = (number: VoucherNumber, terminal: HandedOverTerminal): Refusal | undefined => {
  if (!terminal?.handedOver || !isAboveLastNumbers(number, terminal.handedOver.last)) return undefined;
  const { by } = terminal.handedOver;
  return refuse(
    'TERMINAL_HANDED_OVER',
    `${number} is above the last numbers that ${by} declared as it was handed over.`,
  );
};
