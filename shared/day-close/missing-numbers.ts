import * as z from 'zod';
import { isProducer, LocationId } from '../kernel/ids.ts';
import { Day } from '../kernel/time.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';
import { ClosedTerminal, type DayClose } from './day-close.ts';

/** Limit of one reply or alert. The next sync lists the rest. */
const MAX_NUMBERS = 100;

/**
 * A terminal with missing or unproven numbers. `many` counts the missing ones; `missing` lists the
 * first.
 */
export const IncompleteTerminal = ClosedTerminal.extend({
  missing: z.array(VoucherNumber).max(MAX_NUMBERS),
  many: z.int().min(0),
});
export type IncompleteTerminal = z.infer<typeof IncompleteTerminal>;

/** The incomplete terminals of a day's latest close. */
export const MissingNumbers = z.strictObject({
  location: LocationId,
  day: Day,
  edition: z.int().min(1),
  terminals: z.array(IncompleteTerminal),
});
export type MissingNumbers = z.infer<typeof MissingNumbers>;

/**
 * Workshops have no shifts and may be idle for weeks, so only numbers known to be missing count.
 * Their late dispatches raise alerts at the destination.
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

/** Missing numbers of the terminals in `sent`, less the numbers just sent. */
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
