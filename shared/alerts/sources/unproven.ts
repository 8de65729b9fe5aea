import * as z from 'zod';
import { ClosedTerminal } from '../../day-close/day-close.ts';
import type { IncompleteTerminal } from '../../day-close/missing-numbers.ts';
import { type LocationId, TerminalCode } from '../../kernel/ids.ts';
import { addDays, Day, dayOf, formatDate, type Instant, instantOf, millisecondsOf } from '../../kernel/time.ts';
import { VoucherNumber } from '../../kernel/voucher-number.ts';
import { exceptionSource, type StateOf, usualSeverity } from '../alert-source.ts';

/** Milliseconds from midnight to 06:00. The night's day closes start at 00:30 and 00:45. */
const MORNING_OFFSET = 6 * 3_600_000;

/** One terminal's day: `7KQ2M-2026-11-22`. */
export const TerminalDay = z
  .string()
  .regex(/^[0-9A-Z]{5}-\d{4}-\d{2}-\d{2}$/, 'a day of a terminal is such as 7KQ2M-2026-11-22')
  .brand('TerminalDay');
export type TerminalDay = z.infer<typeof TerminalDay>;

export const partsOfTerminalDay = (about: TerminalDay) => ({
  terminal: TerminalCode.parse(about.slice(0, 5)),
  day: Day.parse(about.slice(6)),
});

/** `missing` lists the first of `many`. */
const UnprovenEvidence = z.strictObject({
  terminal: TerminalCode,
  day: Day,
  state: ClosedTerminal.shape.state,
  last: VoucherNumber.optional(),
  missing: z.array(VoucherNumber),
  many: z.int().min(0),
});

export const unproven = exceptionSource({
  type: 'unproven',
  about: TerminalDay,
  evidence: UnprovenEvidence,
  severity: usualSeverity('district'),
  smsText: { en: 'vouchers missing', hi: 'वाउचर बाकी हैं' },
  render: ({ figures: { terminal, day, missing, many, last } }) => {
    const date = formatDate('en-IN', day);
    const dateHi = formatDate('hi-IN', day);
    const [first] = missing;
    if (first)
      return many === 1
        ? {
            en: `A voucher of phone ${terminal} of ${date} has not come, it is ${first}: bring what is missing.`,
            hi: `फ़ोन ${terminal} का ${dateHi} का एक वाउचर नहीं आया (${first}): उसे भेजें।`,
          }
        : {
            en: `${many} vouchers of phone ${terminal} of ${date} have not come, the first is ${first}: bring what is missing.`,
            hi: `फ़ोन ${terminal} के ${dateHi} के ${many} वाउचर नहीं आए, पहला ${first} है: जो बाकी हैं उन्हें भेजें।`,
          };
    return {
      en: `Nothing says that phone ${terminal} has sent all of ${date}${last ? `; the last known is ${last}` : ''}: let it send the rest, or close its shift.`,
      hi: `फ़ोन ${terminal} ने ${dateHi} के सारे वाउचर भेज दिए, यह पक्का नहीं${last ? `; आख़िरी मिला वाउचर ${last} है` : ''}: बाकी भेजें या शिफ़्ट बंद करें।`,
    };
  },
});

type ClosedDay = {
  readonly location: LocationId;
  readonly day: Day;
  readonly edition: number;
  readonly closedTo: Day;
};

/** Due two days after `day` at 06:00, if the day after `day` is closed. */
export const unprovenState = (
  { location, day, edition, closedTo }: ClosedDay,
  terminal: TerminalCode,
  incomplete: IncompleteTerminal | undefined,
  now: Instant,
): StateOf<typeof unproven> => {
  const isDue = closedTo > day && dayOf(instantOf(millisecondsOf(now) - MORNING_OFFSET)) > addDays(day, 1);
  const { state = 'proven', missing = [], many = 0, last } = incomplete ?? {};
  return {
    location,
    type: 'unproven',
    about: TerminalDay.parse(`${terminal}-${day}`),
    sourceVersion: edition,
    figures: { terminal, day, state, missing: [...missing], many, ...(last && { last }) },
    isActive: incomplete !== undefined && isDue,
  };
};
