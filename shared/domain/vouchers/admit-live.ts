import type { LocationId } from '../ids.ts';
import { type FieldProblem, isRefusal, type Refusal, refuse } from '../refusal.ts';
import type { Terminal } from '../registry/entries.ts';
import { dayOf, type Instant, millisecondsOf } from '../time.ts';
import { decide } from './decide.ts';
import type { Effects, Known } from './decision.ts';
import { partsOf, type VoucherNumber } from './number.ts';
import type { Voucher } from './voucher.ts';

/** A live voucher happens now, give or take what a phone's clock may be off. */
export const CLOCK_TOLERANCE_SECONDS = 300;

/** What the registry says of the terminal, and of all that the claim names. */
export type Recalled = Omit<Known, 'seller'> & { readonly terminal: Terminal | undefined };

export type Asked = Pick<Voucher, 'number' | 'location' | 'claim' | 'admission' | 'enteredBy'> & {
  readonly recalled: Recalled;
  readonly now: Instant;
};

/** A voucher to commit with the stock it moves, all or nothing. */
export type Admitted = Effects & { readonly voucher: Voucher };

/** May this number be used here and now for this claim; and if so, what comes of it? */
export const admitLive = ({ recalled, now, ...said }: Asked): Admitted | Refusal => {
  const { number, location, claim, admission } = said;
  const { terminal, ...rest } = recalled;
  if (!terminal) return refuse('TERMINAL_UNKNOWN', `No terminal ${partsOf(number).terminal} is enrolled.`);
  const { seller } = terminal;
  const decided =
    refuseTerminal(number, location, terminal) ??
    refuseNumber(number, claim) ??
    refuseClock(claim, now) ??
    decide(claim, {
      admission,
      day: partsOf(number).day,
      known: { ...rest, seller },
      doing: { at: now, by: said.enteredBy, voucher: number },
    });
  if (isRefusal(decided)) return decided;
  const { outcome, ...effects } = decided;
  return { voucher: { ...said, seller, outcome, recordedAt: now }, ...effects };
};

/** What every claim says. */
type Said = { readonly kind: string; readonly occurredAt: Instant; readonly previous: VoucherNumber | null };

const refuseTerminal = (number: VoucherNumber, location: LocationId, terminal: Terminal) => {
  const code = partsOf(number).terminal;
  if (terminal.location !== location) return refuse('TERMINAL_ELSEWHERE', `Terminal ${code} is not ${location}'s.`);
  if (terminal.revoked) return refuse('TERMINAL_REVOKED', `Terminal ${code} was revoked at ${terminal.revoked.at}.`);
  return undefined;
};

/** Do number and body say the same? */
export const refuseNumber = (number: VoucherNumber, claim: Said): Refusal | undefined => {
  const { kind, day, terminal } = partsOf(number);
  const happened = dayOf(claim.occurredAt);
  const fields: FieldProblem[] = [];
  if (claim.kind !== kind) fields.push({ path: 'kind', problem: `the number says ${kind}` });
  if (happened !== day) fields.push({ path: 'occurredAt', problem: `${happened} in IST, but the number says ${day}` });
  if (claim.previous === number) fields.push({ path: 'previous', problem: 'a voucher does not follow itself' });
  else if (claim.previous !== null && partsOf(claim.previous).terminal !== terminal)
    fields.push({ path: 'previous', problem: `is not a number of terminal ${terminal}` });
  if (fields.length === 0) return undefined;
  return refuse('NUMBER_MISMATCH', 'The number and the body do not say the same.', { fields });
};

/** Is the phone's clock near enough for something that happens now? */
export const refuseClock = ({ occurredAt }: Said, now: Instant): Refusal | undefined => {
  const offBySeconds = Math.round((millisecondsOf(occurredAt) - millisecondsOf(now)) / 1000);
  if (Math.abs(offBySeconds) <= CLOCK_TOLERANCE_SECONDS) return undefined;
  const way = offBySeconds > 0 ? 'ahead of' : 'behind';
  return refuse('CLOCK_OFF', `occurredAt is ${Math.abs(offBySeconds)} s ${way} the server's clock.`, {
    serverTime: now,
    offBySeconds,
  });
};
