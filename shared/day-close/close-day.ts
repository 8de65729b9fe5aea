import { canonical } from '../kernel/canonical-json.ts';
import { type DistrictId, isProducer, type Place } from '../kernel/ids.ts';
import { addDays, type Day, dayOf, type Instant, instantOf, millisecondsOf } from '../kernel/time.ts';
import { orderOf, timeIn } from '../kernel/voucher-sequence.ts';
import { isCancelled, type Voucher } from '../ledger/voucher.ts';
import { balancesOf, type Opening } from './balances.ts';
import { type Close, type ClosedItem, type ClosedTill, Closing } from './day-close.ts';
import type { Origins } from './goods-origin.ts';
import { mistakesIn } from './mistakes.ts';
import { type LateTax, sellersOf, tendersOf } from './sales.ts';
import { shiftsOf } from './shifts.ts';
import { type Named, type Said, terminalsOf } from './terminals.ts';
import { tillsOf } from './tills.ts';

/** All that a day's close is made of: what the day before left, and the day books of it and of the days beside it, since devices' clocks differ. */
export type Reading = {
  readonly location: Place;
  readonly district: DistrictId;
  readonly day: Day;
  readonly opening: readonly Opening[];
  /** Of shifts that were under way. */
  readonly tills: readonly ClosedTill[];
  /** The same a day before, where a shift of this book was closed on that. */
  readonly earlier: readonly ClosedTill[];
  readonly books: readonly [before: readonly Voucher[], of: readonly Voucher[], after: readonly Voucher[]];
  readonly held: readonly Said[];
  readonly named: readonly Named[];
  /** Tax that goes back with returns which were recorded before their sale. */
  readonly late: LateTax;
  /** Reversals of other days that say of this day's vouchers that they were mistakes; and what this day's reversals take back, of other days. */
  readonly reversals?: readonly Voucher[];
  readonly origins?: Origins;
};

export const closingOf = (reading: Reading): Closing => {
  const {
    location,
    district,
    day,
    opening,
    tills,
    earlier,
    books,
    held,
    named,
    late,
    reversals = [],
    origins,
  } = reading;
  const [around, book] = [books.flat(), books[1]];
  const happened = around.filter((voucher) => dayOf(timeIn(orderOf(voucher))) === day);
  const closing = tillsOf(day, tills, happened);
  return {
    ...{ location, district, day, vouchers: book.length, inHand: book.filter(isInHand).length },
    ...{ tenders: tendersOf(book), sellers: sellersOf(book, late) },
    // A workshop keeps no stock: what it sends leaves no shelf.
    items: isProducer(location) ? [] : balancesOf(opening, happened, mistakesIn([...around, ...reversals]), origins),
    terminals: terminalsOf({ day, book, held, named }),
    shifts: shiftsOf(book, around, { day, earlier, opening: tills, closing }),
    ...(closing.length > 0 && { tills: closing }),
  };
};

const isInHand = ({ claim, admission }: Voucher): boolean =>
  claim.kind === 'S' && !isCancelled(claim) && admission.way === 'live' && admission.goodsInHand;

/** Is it what was closed before, voucher by voucher? */
export const saysTheSame = (closing: Closing & Pick<Close, 'books'>, latest: Close | undefined): boolean =>
  latest !== undefined &&
  closing.books === latest.books &&
  canonical(closingIn(closing)) === canonical(closingIn(latest));

const closingIn = (close: Closing): Closing => Closing.strip().parse(close);

/** Does the next day begin with something else than it did? */
export const leavesTheSame = (closing: Closing, latest: Close | undefined): boolean =>
  latest !== undefined && canonical(leftBy(closing)) === canonical(leftBy(latest));

const leftBy = ({ items, tills = [] }: Closing) => ({ items: items.map(leftOf), tills });

/** Are goods that left on this day valued as they were? */
export const hasSameAverages = (closing: Closing, latest: Close | undefined): boolean =>
  canonical(averagesIn(closing.items)) === canonical(averagesIn(latest?.items ?? []));

const averagesIn = (items: readonly ClosedItem[]) =>
  items
    .filter(({ average, averages }) => average > 0 || averages)
    .map(({ item, average, averages = [] }) => [item, average, ...averages]);

export const leftOf = ({ item, onHand, average, astray }: Opening): Opening => ({
  ...{ item, onHand, average },
  ...(astray !== undefined && { astray }),
});

/** Milliseconds after midnight in which what was decided before it may still be written. */
const SETTLES = 10 * 60_000;

/** The last day whose book stands still but for what comes late. */
export const lastEnded = (now: Instant): Day => addDays(dayOf(instantOf(millisecondsOf(now) - SETTLES)), -1);
