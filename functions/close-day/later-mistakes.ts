import { isMistakenSale, undoneBy } from '../../shared/domain/closes/mistakes.ts';
import { isProducer, type Place } from '../../shared/domain/ids.ts';
import type { Day } from '../../shared/domain/time.ts';
import { partsOf, type VoucherNumber } from '../../shared/domain/vouchers/number.ts';
import type { Voucher } from '../../shared/domain/vouchers/voucher.ts';
import type { Composition, Mistaken } from '../../shared/runtime/composition.ts';

/** The reversals of later days that a day's close has to know. Its first close knows none: theirs comes after it, and closes it again. */
export const laterMistakes = async (
  location: Place,
  day: Day,
  { closes, ledger }: Composition,
): Promise<readonly Voucher[]> => {
  const numbers = isProducer(location) ? [] : await closes.mistaken(location, day);
  return numbers.length > 0 ? ledger.among(location, numbers) : [];
};

/** Reversals in this book of mistaken sales of earlier days, where the close of the sale's day does not count them yet. */
export const newMistakes = async (
  location: Place,
  day: Day,
  book: readonly Voucher[],
  tools: Composition,
): Promise<Mistaken[]> => {
  if (isProducer(location)) return [];
  const byDay = new Map<Day, VoucherNumber[]>();
  const note = (of: Day, numbers: readonly VoucherNumber[]) => byDay.set(of, [...(byDay.get(of) ?? []), ...numbers]);
  for (const voucher of book) {
    const mistaken = await saleTakenBackBy(location, voucher, tools);
    if (mistaken && partsOf(mistaken.sale).day !== day) note(partsOf(mistaken.sale).day, mistaken.said);
  }
  const found: Mistaken[] = [];
  for (const [of, numbers] of byDay) {
    const known = new Set(await tools.closes.mistaken(location, of));
    const reversals = [...new Set(numbers)].filter((number) => !known.has(number));
    if (reversals.length > 0) found.push({ day: of, reversals });
  }
  return found;
};

/** The sale, and the reversals that are to be known of it: of one that takes a reversal back, that one too. */
const saleTakenBackBy = async (location: Place, voucher: Voucher, { ledger }: Composition) => {
  const saleOf = ({ claim }: Voucher) => ('of' in claim ? claim.of : undefined);
  const undone = undoneBy(voucher);
  const first = undone === undefined ? voucher : await ledger.find(location, undone);
  const sale = first && isMistakenSale(first) ? saleOf(first) : undefined;
  return first && sale && { sale, said: first === voucher ? [voucher.number] : [first.number, voucher.number] };
};
