import * as z from 'zod';
import { isProducer, LocationId } from '../kernel/ids.ts';
import { Day } from '../kernel/time.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';
import { ClosedTerminal, type DayClose } from './day-close.ts';

/** Limit of one reply or alert. */
const MAX_NUMBERS = 100;

/** `missing` lists the first of `many`. */
export const IncompleteTerminal = ClosedTerminal.extend({
  missing: z.array(VoucherNumber).max(MAX_NUMBERS),
  many: z.int().min(0),
});
export type IncompleteTerminal = z.infer<typeof IncompleteTerminal>;

export const MissingNumbers = z.strictObject({
  location: LocationId,
  day: Day,
  edition: z.int().min(1),
  terminals: z.array(IncompleteTerminal),
});
export type MissingNumbers = z.infer<typeof MissingNumbers>;

/** Workshops have no shifts and may be idle for weeks, so only known missing numbers count. */
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

export const missingNumbersOf = (
  missingNumbers: readonly MissingNumbers[],
  received: readonly VoucherNumber[],
): VoucherNumber[] => {
  const terminals = new Set(received.map((number) => number.slice(0, 5)));
  return missingNumbers
    .flatMap((day) => day.terminals.filter(({ terminal }) => terminals.has(terminal)))
    .flatMap(({ missing }) => missing.filter((number) => !received.includes(number)))
    .slice(0, MAX_NUMBERS);
};
