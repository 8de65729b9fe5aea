import * as z from 'zod';
import { DistrictId, ItemId, LocationId, SellerId, TerminalCode } from '../ids.ts';
import { Balance, Paise } from '../quantity.ts';
import { LineTax } from '../tax.ts';
import { Day, Instant } from '../time.ts';
import { VoucherNumber } from '../vouchers/number.ts';
import { Tender } from '../vouchers/sale.ts';

/** SHA-256 in hex. */
export const Hash = z.string().regex(/^[0-9a-f]{64}$/);

const count = z.int().min(0);

/** One item over one day, in base units and paise. `onHand` and `value` are those at the IST midnight that ends it, in the total order of vouchers. */
export const ClosedItem = z.strictObject({
  item: ItemId,
  onHand: Balance,
  /** At the moving average of what was paid for it; 0 where no cost is known. */
  value: Paise,
  sold: count,
  /** What its sales came to, discounts taken off. */
  amount: Paise,
  /** Came back from customers. */
  returned: count,
  received: count,
  dispatched: count,
  issued: count,
  /** Damaged, lost, given as sample or put on display, less what was found. */
  writtenOff: z.int(),
  /** By counts: how much more was there than the book expected, recomputed from all that has come in since. */
  variance: z.int(),
  varianceValue: z.int(),
  /** 1 in stock all day, 0.5 sold out that day, 0 empty at opening. */
  exposure: z.union([z.literal(0), z.literal(0.5), z.literal(1)]),
});
export type ClosedItem = z.infer<typeof ClosedItem>;

/** Paise and pieces of one seller's sales. */
export const ClosedSeller = z.strictObject({
  seller: SellerId,
  sales: count,
  amount: Paise,
  refunds: count,
  refunded: Paise,
  tax: z.array(LineTax),
});

/** A terminal that wrote in this day book: the last number known of it, and which of its numbers are named and have not come. */
export const ClosedTerminal = z.strictObject({
  terminal: TerminalCode,
  last: VoucherNumber,
  missing: z.array(VoucherNumber),
  /** `proven`: a later voucher, a shift's close or a hand-over says that nothing came after. */
  state: z.enum(['proven', 'unproven', 'missing']),
});
export type ClosedTerminal = z.infer<typeof ClosedTerminal>;

/** A shift's cash beside the book, recomputed from all that has come in since: what was counted less what was expected, by tender. */
export const ClosedShift = z.strictObject({
  number: VoucherNumber,
  over: z.array(z.strictObject({ tender: Tender, amount: z.int() })),
});

/**
 * One day of one location, closed. Documents (sales, tax, tenders, terminals) are those whose numbers say the day; stock is cut at IST midnight in the
 * total order of vouchers. Closes are appended: `edition` counts those of the day, `sequence` those of the location. `books` is the hash of the day's vouchers,
 * `hash` that of this close with it and with the close before it of the location.
 */
export const Close = z.strictObject({
  location: LocationId,
  district: DistrictId,
  day: Day,
  edition: z.int().min(1),
  sequence: z.int().min(1),
  vouchers: count,
  /** Sales for which the book had too little, and whose goods were in hand. */
  inHand: count,
  tenders: z.array(z.strictObject({ tender: z.enum([...Tender.options, 'exchange']), taken: Paise, given: Paise })),
  sellers: z.array(ClosedSeller),
  items: z.array(ClosedItem),
  terminals: z.array(ClosedTerminal),
  shifts: z.array(ClosedShift),
  closedAt: Instant,
  before: Hash.optional(),
  books: Hash,
  hash: Hash,
});
export type Close = z.infer<typeof Close>;
