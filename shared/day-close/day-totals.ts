import { toCanonicalJson } from '../kernel/canonical-json.ts';
import { type DistrictId, isProducer, type LocationId } from '../kernel/ids.ts';
import { addDays, type Day, dayOf, type Instant, instantOf, millisecondsOf } from '../kernel/time.ts';
import { sequenceOf, timeOfSequence } from '../kernel/voucher-sequence.ts';
import { isCancelled, type Voucher } from '../ledger/voucher.ts';
import { balancesOf, type OpeningBalance } from './balances.ts';
import { closedTerminalsOf, type NamedNumbers, type NumberedClaim } from './closed-terminals.ts';
import { type ClosedItem, type ClosedTill, type DayClose, DayTotals } from './day-close.ts';
import type { Origins } from './goods-origin.ts';
import { mistakesOf } from './mistakes.ts';
import { type LateTax, sellersOf, tendersOf } from './sales.ts';
import { shiftsOf } from './shifts.ts';
import { tillsOf } from './tills.ts';

/** All that a day's close is made of: what the day before left, and the day books of it and of the days beside it, since devices' clocks differ. */
export type DayReading = {
  readonly location: LocationId;
  readonly district: DistrictId;
  readonly day: Day;
  readonly opening: readonly OpeningBalance[];
  /** Of shifts that were under way. */
  readonly tills: readonly ClosedTill[];
  /** The same a day before, where a shift of this book was closed on that. */
  readonly earlier: readonly ClosedTill[];
  readonly books: readonly [before: readonly Voucher[], of: readonly Voucher[], after: readonly Voucher[]];
  readonly held: readonly NumberedClaim[];
  readonly namedNumbers: readonly NamedNumbers[];
  /** Tax that goes back with returns which were recorded before their sale. */
  readonly lateTax: LateTax;
  /** Reversals of other days that say of this day's vouchers that they were mistakes; and what this day's reversals take back, of other days. */
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
    earlier,
    books,
    held,
    namedNumbers,
    lateTax,
    reversals = [],
    origins,
  } = reading;
  const [around, book] = [books.flat(), books[1]];
  const happened = around.filter((voucher) => dayOf(timeOfSequence(sequenceOf(voucher))) === day);
  const closing = tillsOf(day, tills, happened);
  return {
    ...{ location, district, day, vouchers: book.length, inHand: book.filter(isGoodsInHandSale).length },
    ...{ tenders: tendersOf(book), sellers: sellersOf(book, lateTax) },
    // A workshop keeps no stock: what it sends leaves no shelf.
    items: isProducer(location) ? [] : balancesOf(opening, happened, mistakesOf([...around, ...reversals]), origins),
    terminals: closedTerminalsOf({ day, book, held, namedNumbers }),
    shifts: shiftsOf(book, around, { day, earlier, opening: tills, closing }),
    ...(closing.length > 0 && { tills: closing }),
  };
};

const isGoodsInHandSale = ({ claim, admission }: Voucher): boolean =>
  claim.kind === 'S' && !isCancelled(claim) && admission.way === 'live' && admission.goodsInHand;

/** Is it what was closed before, voucher by voucher? */
export const hasSameTotals = (closing: DayTotals & Pick<DayClose, 'books'>, latest: DayClose | undefined): boolean =>
  latest !== undefined &&
  closing.books === latest.books &&
  toCanonicalJson(totalsIn(closing)) === toCanonicalJson(totalsIn(latest));

const totalsIn = (close: DayTotals): DayTotals => DayTotals.strip().parse(close);

/** Does the next day begin with something else than it did? */
export const hasSameClosingBalance = (closing: DayTotals, latest: DayClose | undefined): boolean =>
  latest !== undefined && toCanonicalJson(closingBalanceOf(closing)) === toCanonicalJson(closingBalanceOf(latest));

const closingBalanceOf = ({ items, tills = [] }: DayTotals) => ({ items: items.map(openingBalanceOf), tills });

/** Are goods that left on this day valued as they were? */
export const hasSameAverages = (closing: DayTotals, latest: DayClose | undefined): boolean =>
  toCanonicalJson(averagesIn(closing.items)) === toCanonicalJson(averagesIn(latest?.items ?? []));

const averagesIn = (items: readonly ClosedItem[]) =>
  items
    .filter(({ average, averages }) => average > 0 || averages)
    .map(({ item, average, averages = [] }) => [item, average, ...averages]);

export const openingBalanceOf = ({ item, onHand, average, astray }: OpeningBalance): OpeningBalance => ({
  ...{ item, onHand, average },
  ...(astray !== undefined && { astray }),
});

/** Milliseconds after midnight in which what was decided before it may still be written. */
const SETTLE_MILLISECONDS = 10 * 60_000;

/** The last day whose book stands still but for what comes late. */
export const lastEndedDay = (now: Instant): Day =>
  addDays(dayOf(instantOf(millisecondsOf(now) - SETTLE_MILLISECONDS)), -1);
