import * as z from 'zod';
import { isProducer, Place } from '../kernel/ids.ts';
import { Day } from '../kernel/time.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';
import { type Close, ClosedTerminal } from './day-close.ts';

/** A reply and an alert name so many; who brings them is told of the next. */
const MOST = 100;

/** A terminal of which something is missing, or whose tail nothing proves; `many` are missing, of which the first are named. */
export const AskedTerminal = ClosedTerminal.extend({
  missing: z.array(VoucherNumber).max(MOST),
  many: z.int().min(0),
});
export type AskedTerminal = z.infer<typeof AskedTerminal>;

/** What the latest close of a day asks its terminals for. */
export const AskedFor = z.strictObject({
  location: Place,
  day: Day,
  edition: z.int().min(1),
  terminals: z.array(AskedTerminal),
});
export type AskedFor = z.infer<typeof AskedFor>;

/**
 * Of a workshop, only what surely is missing: no shift is closed there, and a maker may send nothing more for weeks. What never came of its last dispatches is told
 * where it arrives: it is early there, and overdue.
 */
const isAsked = ({ state }: Pick<ClosedTerminal, 'state'>, location: Place): boolean =>
  isProducer(location) ? state === 'missing' : state !== 'proven';

export const askedIn = ({ location, terminals }: Pick<Close, 'location' | 'terminals'>): AskedTerminal[] =>
  terminals
    .filter((terminal) => isAsked(terminal, location))
    .map((terminal) => ({ ...terminal, missing: terminal.missing.slice(0, MOST), many: terminal.missing.length }));

/** Of these terminals, what is asked for and was not `sent` just now. */
export const missingOf = (asked: readonly AskedFor[], sent: readonly VoucherNumber[]): VoucherNumber[] => {
  const terminals = new Set(sent.map((number) => number.slice(0, 5)));
  return asked
    .flatMap((day) => day.terminals.filter(({ terminal }) => terminals.has(terminal)))
    .flatMap(({ missing }) => missing.filter((number) => !sent.includes(number)))
    .slice(0, MOST);
};
