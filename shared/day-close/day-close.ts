import { createHash } from 'node:crypto';
import * as z from 'zod';
import { DistrictId, ItemId, LocationId, SellerId, TerminalCode } from '../kernel/ids.ts';
import { toCanonicalJson } from '../kernel/json.ts';
import { Balance } from '../kernel/quantity.ts';
import { NonNegativeSum, Sum } from '../kernel/sum.ts';
import { TaxSum } from '../kernel/tax.ts';
import { Day, Instant } from '../kernel/time.ts';
import { VoucherNumber, VoucherSequence } from '../kernel/voucher-number.ts';
import { PaymentOrExchange, Tender } from '../ledger/kinds/sale-claim.ts';
import type { Voucher } from '../ledger/voucher.ts';

/** SHA-256 in hex. */
export const Hash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand('Hash');
export type Hash = z.infer<typeof Hash>;

const count = z.int().min(0);

/** 1: in stock all day; 0.5: sold out; 0: empty at opening. */
export const Exposure = z.union([z.literal(0), z.literal(0.5), z.literal(1)]);

/**
 * In base units and paise, at the IST midnight that ends the day. onHand = opening - sold +
 * returned + received - dispatched - issued - writtenOff + variance. Reversals of earlier days make
 * figures negative.
 */
export const ClosedItem = z.strictObject({
  item: ItemId,
  onHand: Balance,
  /** Paise per 1,000 base units; 0 if unknown. */
  average: z.int().min(0),
  /** Averages during the day, each valid up to its `until`. */
  averages: z.array(z.strictObject({ until: VoucherSequence, average: z.int().min(0) })).optional(),
  /** `onHand` + `astray` at average cost, at least 0. */
  value: NonNegativeSum,
  sold: count,
  /** Sales after discounts. */
  amount: NonNegativeSum,
  returned: z.int(),
  received: z.int(),
  dispatched: z.int(),
  issued: z.int(),
  /** Damaged, lost, samples and display, less stock found. */
  writtenOff: z.int(),
  /** Counted less expected, recomputed from all vouchers. */
  variance: z.int(),
  varianceValue: Sum,
  exposure: Exposure,
  /**
   * The part of `sold` or `issued` that was reversed, so no demand. Below 0 on the day on which an
   * earlier issue was taken back, because `issued` is net of it.
   */
  mistaken: z.int().optional(),
  /** Stock on the shelf that the ledger lacks, until a mistake is reversed. */
  astray: z.int().optional(),
});
export type ClosedItem = z.infer<typeof ClosedItem>;

/** Negative if returns are reversed. */
export const SignedTax = TaxSum.extend({ taxable: Sum, cgst: Sum, sgst: Sum, igst: Sum.optional() });

/** In paise. Reversed returns may make refunds negative. */
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

export const ClosedTerminal = z.strictObject({
  terminal: TerminalCode,
  last: VoucherNumber,
  missing: z.array(VoucherNumber),
  /** `proven`: a later day's voucher or a shift close shows that nothing followed. */
  state: z.enum(['proven', 'unproven', 'missing']),
});
export type ClosedTerminal = z.infer<typeof ClosedTerminal>;

/** Counted less expected, recomputed from all vouchers. */
export const ClosedShift = z.strictObject({
  number: VoucherNumber,
  over: z.array(z.strictObject({ tender: Tender, amount: Sum })),
});
export type ClosedShift = z.infer<typeof ClosedShift>;

/** A shift open at midnight, in paise without the float. `after`: the preceding shift close. */
export const ClosedTill = z.strictObject({
  terminal: TerminalCode,
  after: VoucherNumber.optional(),
  since: Day,
  tenders: z.array(z.strictObject({ tender: Tender, amount: Sum })),
});
export type ClosedTill = z.infer<typeof ClosedTill>;

/** Depends only on the vouchers, not on their order of arrival. */
export const DayTotals = z.strictObject({
  location: LocationId,
  district: DistrictId,
  day: Day,
  vouchers: count,
  /** The ledger had less than the voucher took. */
  inHand: count,
  tenders: z.array(ClosedTender),
  sellers: z.array(ClosedSeller),
  items: z.array(ClosedItem),
  terminals: z.array(ClosedTerminal),
  shifts: z.array(ClosedShift),
  tills: z.array(ClosedTill).optional(),
  /** Returns whose sale has not come in: their tax is unknown. */
  unmatched: z.array(VoucherNumber).optional(),
});
export type DayTotals = z.infer<typeof DayTotals>;

/**
 * Sales, tax, tenders and terminals count vouchers numbered on the day; stock is cut at IST
 * midnight. Closes are only appended. `hash` covers this close and `before`.
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

export type ClosedSales = Pick<DayClose, 'location'> & {
  readonly items: readonly Pick<DayClose['items'][number], 'item' | 'sold' | 'exposure' | 'mistaken'>[];
};

export type ChainLink = Pick<DayClose, 'day' | 'edition' | 'sequence' | 'before' | 'books' | 'hash'> & {
  readonly rehashed: Hash;
};

/** SHA-256 over one line of canonical JSON per voucher. */
export const hashOfBook = (book: readonly Voucher[]): Hash => {
  const hash = createHash('sha256');
  for (const voucher of book) hash.update(`${toCanonicalJson(voucher)}\n`);
  return Hash.parse(hash.digest('hex'));
};

/** SHA-256 over the canonical JSON without `hash`; covers `books` and `before`. */
export const hashOfClose = (close: Omit<DayClose, 'hash'>): Hash =>
  Hash.parse(createHash('sha256').update(toCanonicalJson(close)).digest('hex'));
