import { type DistrictId, isProducer, type LocationId } from '../kernel/ids.ts';
import { toCanonicalJson } from '../kernel/json.ts';
import { addDays, type Day, dayOf, type Instant, instantOf, millisecondsOf } from '../kernel/time.ts';
import { isSale } from '../ledger/kinds/sale.ts';
import type { LateTax } from '../ledger/pending-returns.ts';
import { stockDayOf } from '../ledger/projection.ts';
import type { Voucher } from '../ledger/voucher.ts';
import type { Origins } from './average-cost.ts';
import { balancesOf, type OpeningBalance } from './balances.ts';
import { closedTerminalsOf, type NamedNumbers, type NumberedClaim } from './closed-terminals.ts';
import { type ClosedItem, type ClosedTill, type DayClose, DayTotals } from './day-close.ts';
import { mistakesOf } from './mistakes.ts';
import { sellersOf, tendersOf } from './sales.ts';
import { shiftsOf, tillsOf } from './shifts.ts';

/** Includes neighbouring day books, because device clocks differ. */
export type DayReading = {
  readonly location: LocationId;
  readonly district: DistrictId;
  readonly day: Day;
  readonly opening: readonly OpeningBalance[];
  readonly tills: readonly ClosedTill[];
  /** Read only if a shift closed a day earlier. */
  readonly earlierTills: readonly ClosedTill[];
  readonly books: readonly [before: readonly Voucher[], of: readonly Voucher[], after: readonly Voucher[]];
  readonly held: readonly NumberedClaim[];
  readonly namedNumbers: readonly NamedNumbers[];
  readonly lateTax: LateTax;
  /** Reversals of this day's vouchers on other days, and vouchers that this day reverses. */
  readonly reversals?: readonly Voucher[];
  readonly origins?: Origins;
};

export const dayTotalsOf = (reading: DayReading): DayTotals => {
  const {
    location,
    district,
    day,
    opening,
    tills,
    earlierTills,
    books,
    held,
    namedNumbers,
    lateTax,
    reversals = [],
    origins,
  } = reading;
  const threeBooks = books.flat();
  const [, book] = books;
  const vouchersOfDay = threeBooks.filter((voucher) => stockDayOf(voucher) === day);
  const closingTills = tillsOf(day, tills, vouchersOfDay);
  const unmatched = book.filter(({ number }) => lateTax.get(number)?.length === 0).map(({ number }) => number);
  return {
    location,
    district,
    day,
    vouchers: book.length,
    inHand: book.filter(isGoodsInHandSale).length,
    tenders: tendersOf(book),
    sellers: sellersOf(book, lateTax),
    // Workshops keep no stock.
    items: isProducer(location)
      ? []
      : balancesOf(opening, vouchersOfDay, mistakesOf([...threeBooks, ...reversals]), origins),
    terminals: closedTerminalsOf({ day, book, held, namedNumbers }),
    shifts: shiftsOf(book, threeBooks, { day, earlier: earlierTills, opening: tills, closing: closingTills }),
    ...(closingTills.length > 0 && { tills: closingTills }),
    ...(unmatched.length > 0 && { unmatched: unmatched.toSorted() }),
  };
};

const isGoodsInHandSale = ({ claim, admission }: Voucher): boolean =>
  isSale(claim) && admission.way === 'live' && admission.goodsInHand;

export const hasSameTotals = (closing: DayTotals & Pick<DayClose, 'books'>, latest: DayClose | undefined): boolean =>
  latest !== undefined &&
  closing.books === latest.books &&
  toCanonicalJson(totalsIn(closing)) === toCanonicalJson(totalsIn(latest));

/** True if bills, tax and missing numbers are as they were: only stock or tills may differ. */
export const hasSameSupplies = (closing: DayTotals & Pick<DayClose, 'books'>, latest: DayClose | undefined): boolean =>
  latest !== undefined &&
  closing.books === latest.books &&
  toCanonicalJson(suppliesIn(closing)) === toCanonicalJson(suppliesIn(latest));

const suppliesIn = ({ sellers, terminals, unmatched = [] }: DayTotals) => ({ sellers, terminals, unmatched });

const totalsIn = (close: DayTotals): DayTotals => DayTotals.strip().parse(close);

export const hasSameClosingBalance = (closing: DayTotals, latest: DayClose | undefined): boolean =>
  latest !== undefined && toCanonicalJson(closingBalanceOf(closing)) === toCanonicalJson(closingBalanceOf(latest));

const closingBalanceOf = ({ items, tills = [] }: DayTotals) => ({ items: items.map(openingBalanceOf), tills });

export const hasSameAverages = (closing: DayTotals, latest: DayClose | undefined): boolean =>
  toCanonicalJson(averagesIn(closing.items)) === toCanonicalJson(averagesIn(latest?.items ?? []));

const averagesIn = (items: readonly ClosedItem[]) =>
  items
    .filter(({ average, averages }) => average > 0 || averages)
    .map(({ item, average, averages = [] }) => [item, average, ...averages]);

export const openingBalanceOf = ({ item, onHand, average, astray }: OpeningBalance): OpeningBalance => ({
  item,
  onHand,
  average,
  ...(astray !== undefined && { astray }),
});

/** A transaction decided before midnight may commit up to 10 minutes later. */
const SETTLE_MILLISECONDS = 10 * 60_000;

export const lastEndedDay = (now: Instant): Day =>
  addDays(dayOf(instantOf(millisecondsOf(now) - SETTLE_MILLISECONDS)), -1);
