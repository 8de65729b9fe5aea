import * as z from 'zod';
import { DistrictId, ItemId, LocationId, SellerId, TerminalCode } from '../kernel/ids.ts';
import { Balance } from '../kernel/quantity.ts';
import { NonNegativeSum, Sum } from '../kernel/sum.ts';
import { TaxSum } from '../kernel/tax.ts';
import { Day, Instant } from '../kernel/time.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';
import { VoucherSequence } from '../kernel/voucher-sequence.ts';
import { PaymentOrExchange, Tender } from '../ledger/kinds/sale.ts';

/** SHA-256 in hex. */
export const Hash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand('Hash');
export type Hash = z.infer<typeof Hash>;

const count = z.int().min(0);

/** 1 in stock all day, 0.5 sold out that day, 0 empty at opening. */
export const Exposure = z.union([z.literal(0), z.literal(0.5), z.literal(1)]);

/**
 * One item over one day, in base units and paise. `onHand` and `value` are those at the IST midnight that ends it, in the total order of vouchers:
 * opening - sold + returned + received - dispatched - issued - writtenOff + variance = onHand. What is taken back of an earlier day is below zero.
 */
export const ClosedItem = z.strictObject({
  item: ItemId,
  onHand: Balance,
  /** Paise for a thousand base units, on the average of what was paid for what came; 0 where no cost is known. */
  average: z.int().min(0),
  /** The averages that the day had before, each until a voucher changed it. */
  averages: z.array(z.strictObject({ until: VoucherSequence, average: z.int().min(0) })).optional(),
  /** What is on the shelf (`onHand` and `astray`) at that average; nothing where that is less than none. */
  value: NonNegativeSum,
  sold: count,
  /** What its sales came to, discounts taken off. */
  amount: NonNegativeSum,
  /** Came back from customers, whether it went back on the shelf or was written off. */
  returned: z.int(),
  received: z.int(),
  dispatched: z.int(),
  issued: z.int(),
  /** Damaged, lost, given as sample or put on display, less what was found. */
  writtenOff: z.int(),
  /** By counts: how much more was there than the book expected, recomputed from all that has come in since. */
  variance: z.int(),
  varianceValue: Sum,
  exposure: Exposure,
  /** Of `sold`, how much was a mistake, by all that has come in since: it is no demand. */
  mistaken: z.int().min(0).optional(),
  /** How much less the book has at midnight than the shelf, as a mistake was not taken back yet; the other way round below zero. */
  astray: z.int().optional(),
});
export type ClosedItem = z.infer<typeof ClosedItem>;

/** Tax that goes back; below zero, of returns that were taken back. */
export const SignedTax = TaxSum.extend({ taxable: Sum, cgst: Sum, sgst: Sum });

/** What was given back is below zero where more of earlier days' returns was taken back. Pieces and paise of one seller's bills and of what was given back, each with its tax, a line for each rate. */
export const ClosedSeller = z.strictObject({
  seller: SellerId,
  sales: count,
  amount: NonNegativeSum,
  tax: z.array(TaxSum),
  refunds: z.int(),
  refunded: Sum,
  taxBack: z.array(SignedTax),
});
export type ClosedSeller = z.infer<typeof ClosedSeller>;

export const ClosedTender = z.strictObject({
  tender: PaymentOrExchange.shape.tender,
  taken: NonNegativeSum,
  given: Sum,
});
export type ClosedTender = z.infer<typeof ClosedTender>;

/** A terminal that has numbers of this day: the last known of it, and which surely were used and have not come. */
export const ClosedTerminal = z.strictObject({
  terminal: TerminalCode,
  last: VoucherNumber,
  missing: z.array(VoucherNumber),
  /** `proven`: the first voucher of a later day, or a shift's close as the day's last, says that nothing came after. */
  state: z.enum(['proven', 'unproven', 'missing']),
});
export type ClosedTerminal = z.infer<typeof ClosedTerminal>;

/** A shift's cash beside the book, recomputed from all that has come in since: what was counted less what was expected, by tender. */
export const ClosedShift = z.strictObject({
  number: VoucherNumber,
  over: z.array(z.strictObject({ tender: Tender, amount: Sum })),
});
export type ClosedShift = z.infer<typeof ClosedShift>;

/**
 * Paise in the till of a terminal whose shift goes on at midnight, by tender and without its float, in the total order: so that a shift of many days is reckoned from all of
 * them. `after`: the close of a shift that it follows, if that was ever seen; `since`: the day on which it began.
 */
export const ClosedTill = z.strictObject({
  terminal: TerminalCode,
  after: VoucherNumber.optional(),
  since: Day,
  tenders: z.array(z.strictObject({ tender: Tender, amount: Sum })),
});
export type ClosedTill = z.infer<typeof ClosedTill>;

/** What a day comes to: a function of the vouchers alone, in whatever order they came. */
export const DayTotals = z.strictObject({
  location: LocationId,
  district: DistrictId,
  day: Day,
  vouchers: count,
  /** Sales of goods that were in hand, whatever the book had. */
  inHand: count,
  tenders: z.array(ClosedTender),
  sellers: z.array(ClosedSeller),
  items: z.array(ClosedItem),
  terminals: z.array(ClosedTerminal),
  shifts: z.array(ClosedShift),
  tills: z.array(ClosedTill).optional(),
});
export type DayTotals = z.infer<typeof DayTotals>;

/**
 * One day of one location, closed. Documents (sales, tax, tenders, terminals) are those whose numbers say the day; stock is cut at IST midnight in the
 * total order of vouchers. Closes are appended: `edition` counts those of the day, `sequence` those of the location. `books` is the hash of the day's vouchers,
 * `hash` that of this close with it and with the close before it of the location.
 */
export const DayClose = DayTotals.extend({
  edition: z.int().min(1),
  sequence: z.int().min(1),
  closedAt: Instant,
  before: Hash.optional(),
  books: Hash,
  hash: Hash,
});
export type DayClose = z.infer<typeof DayClose>;

/** The latest edition of an outlet's day. */
export type ClosedSales = Pick<DayClose, 'location'> & {
  readonly items: readonly Pick<DayClose['items'][number], 'item' | 'sold' | 'exposure' | 'mistaken'>[];
};

/** A close as an auditor reads it: `rehashed` is what it comes to as it stands. */
export type ChainLink = Pick<DayClose, 'day' | 'edition' | 'sequence' | 'before' | 'books' | 'hash'> & {
  readonly rehashed: Hash;
};
