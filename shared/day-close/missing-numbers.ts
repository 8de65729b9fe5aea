import * as z from 'zod';
import { isProducer, LocationId } from '../kernel/ids.ts';
import { Day } from '../kernel/time.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';
import { ClosedTerminal, type DayClose } from './day-close.ts';

/** A reply and an alert name so many; who brings them is told of the next. */
const MAX_NUMBERS = 100;

/** A terminal of which something is missing, or whose tail nothing proves; `many` are missing, of which the first are named. */
export const IncompleteTerminal = ClosedTerminal.extend({
  missing: z.array(VoucherNumber).max(MAX_NUMBERS),
  many: z.int().min(0),
});
export type IncompleteTerminal = z.infer<typeof IncompleteTerminal>;

/** What the latest close of a day asks its terminals for. */
export const MissingNumbers = z.strictObject({
  location: LocationId,
  day: Day,
  edition: z.int().min(1),
  terminals: z.array(IncompleteTerminal),
});
export type MissingNumbers = z.infer<typeof MissingNumbers>;

/**
 * Of a workshop, only what surely is missing: no shift is closed there, and a maker may send nothing more for weeks. What never came of its last dispatches is told
 * where it arrives: it is early there, and overdue.
 */
const isIncomplete = ({ state }: Pick<ClosedTerminal, 'state'>, location: LocationId): boolean =>
  isProducer(location) ? state === 'missing' : state !== 'proven';

export const incompleteTerminalsOf = ({
  location,
  terminals,
}: Pick<DayClose, 'location' | 'terminals'>): IncompleteTerminal[] =>
  terminals
    .filter((terminal) => isIncomplete(terminal, location))
    .map((terminal) => ({
      ...terminal,
      missing: terminal.missing.slice(0, MAX_NUMBERS),
      many: terminal.missing.length,
    }));

/** Of these terminals, what is asked for and was not `sent` just now. */
export const missingNumbersOf = (asked: readonly MissingNumbers[], sent: readonly VoucherNumber[]): VoucherNumber[] => {
  const terminals = new Set(sent.map((number) => number.slice(0, 5)));
  return asked
    .flatMap((day) => day.terminals.filter(({ terminal }) => terminals.has(terminal)))
    .flatMap(({ missing }) => missing.filter((number) => !sent.includes(number)))
    .slice(0, MAX_NUMBERS);
};
