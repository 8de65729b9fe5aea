import fc from 'fast-check';
import { GstStateCode, gstinCheckDigit } from '../../shared/kernel/gstin.ts';
import {
  CROCKFORD_ALPHABET,
  ItemId,
  SellerId,
  StaffId,
  StockLocationId,
  type TerminalCode,
} from '../../shared/kernel/ids.ts';
import { type Balance, MAX_PAISE, Paise } from '../../shared/kernel/quantity.ts';
import { extractTax } from '../../shared/kernel/tax.ts';
import { type Day, dayOf, type Instant, instantOf } from '../../shared/kernel/time.ts';
import {
  VOUCHER_KIND_CODES,
  type VoucherKindCode,
  type VoucherNumber,
  voucherNumberOf,
} from '../../shared/kernel/voucher-number.ts';
import { Admission } from '../../shared/ledger/admission.ts';
import { Buyer } from '../../shared/ledger/buyer.ts';
import { ADJUSTMENT_REASONS } from '../../shared/ledger/kinds/adjustment.ts';
import type { SaleLine } from '../../shared/ledger/kinds/sale-claim.ts';
import { isCancelled, type Voucher, VoucherClaim, type VoucherOutcome } from '../../shared/ledger/voucher.ts';
import { LEDGER_KINDS } from '../../shared/ledger/voucher-kinds.ts';
import { Item } from '../../shared/registry/item.ts';

/** Any instant of the years that a number can say. */
export const instants: fc.Arbitrary<Instant> = fc
  .integer({ min: Date.parse('2000-01-01T00:00:00Z'), max: Date.parse('2099-12-30T00:00:00Z') })
  .map(instantOf);

export const days: fc.Arbitrary<Day> = instants.map(dayOf);

const numbersOf = (kind: fc.Arbitrary<VoucherKindCode>): fc.Arbitrary<VoucherNumber> =>
  fc
    .record({
      terminal: fc
        .array(fc.constantFrom(...CROCKFORD_ALPHABET), { minLength: 5, maxLength: 5 })
        .map((letters) => letters.join('') as TerminalCode),
      kind,
      day: days,
      serial: fc.integer({ min: 1, max: 9999 }).map((serial) => String(serial).padStart(4, '0')),
    })
    .map(voucherNumberOf);
export const numbers = numbersOf(fc.constantFrom(...VOUCHER_KIND_CODES));

/** Few ids, so that lines of one item meet. */
export const itemIds = fc.constantFrom(
  ...['LKO-KURTA-01', 'LKO-KURTA-02', 'LKO-ZARI-1', 'PBT-FLUTE-C', 'A1'].map((id) => ItemId.parse(id)),
);
export const sellerIds = fc.constantFrom(...['LKO1', 'LKO2', 'PBT1'].map((id) => SellerId.parse(id)));
const locations = fc.constantFrom(...['LKO-01', 'CNB-12', 'PBE-D1'].map((id) => StockLocationId.parse(id)));
const staff = fc.constantFrom(...['S001', 'ASHA-2'].map((id) => StaffId.parse(id)));

const words = fc
  .oneof(fc.string({ unit: 'grapheme', maxLength: 12 }), fc.constantFrom('चिकन समिति', '__proto__', 'null', '0'))
  .map((text) => `w${text}`.trim().slice(0, 80));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const paise = (max = MAX_PAISE) => fc.integer({ min: 0, max });
const quantities = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 100_000_000 }));
const linesOf = <Line>(line: fc.Arbitrary<Line>) => fc.array(line, { minLength: 1, maxLength: 6 });

const saleLines = fc
  .record({ item: itemIds, quantity: quantities, money: fc.double({ min: 0, max: 1, noNaN: true }), off: paise() })
  .chain(({ item, quantity, money, off }) => {
    const unitPrice = Math.floor((money * MAX_PAISE) / 6 / quantity);
    const line = { item, quantity, unitPrice };
    return fc.constantFrom(line, { ...line, discount: Math.min(off, quantity * unitPrice) });
  });

const header = { occurredAt: instants, by: staff, previous: fc.option(numbers, { nil: null }) };

const sales = fc.record({
  kind: fc.constant('S'),
  ...header,
  lines: linesOf(saleLines),
  payments: fc.array(
    fc.record({ tender: fc.constantFrom('cash', 'upi', 'card'), amount: paise(9_999), reference: maybe(words) }),
    { minLength: 1, maxLength: 3 },
  ),
  roundOff: maybe(fc.integer({ min: -99, max: 99 })),
  basket: maybe(words),
});
const receipts = fc.record({
  kind: fc.constant('R'),
  ...header,
  from: fc.oneof(fc.record({ supplier: words }), fc.constant({ producer: 'P0042' })),
  document: maybe(words),
  lines: linesOf(fc.record({ item: itemIds, quantity: quantities, unitCost: maybe(paise()) })),
});
const adjustments = fc.record({
  kind: fc.constant('A'),
  ...header,
  reason: fc.constantFrom(...ADJUSTMENT_REASONS),
  note: maybe(words),
  lines: linesOf(fc.record({ item: itemIds, quantity: quantities })),
});
const counts = fc.record({
  kind: fc.constant('C'),
  ...header,
  count: words,
  blind: maybe(fc.boolean()),
  lines: fc.uniqueArray(fc.record({ item: itemIds, quantity: fc.oneof(fc.constant(0), quantities) }), {
    minLength: 1,
    selector: ({ item }) => item,
  }),
});
const reversals = fc.record({
  kind: fc.constant('V'),
  ...header,
  of: numbersOf(fc.constantFrom('S', 'R', 'A', 'I')),
  reason: fc.constantFrom('return', 'mistake'),
  goods: fc.constantFrom('to shelf', 'written off'),
  lines: linesOf(fc.record({ line: fc.integer({ min: 1, max: 40 }), item: itemIds, quantity: quantities })),
});
const dispatches = fc.record({
  kind: fc.constant('D'),
  ...header,
  to: locations,
  document: maybe(words),
  lines: linesOf(fc.record({ item: itemIds, quantity: quantities, unitCost: maybe(paise()) })),
});
const lastNumbers = fc.uniqueArray(numbers, { maxLength: 9, selector: (number) => number[5] });
const shifts = fc.record({
  kind: fc.constant('K'),
  ...header,
  float: paise(),
  counted: fc.uniqueArray(fc.record({ tender: fc.constantFrom('cash', 'upi', 'card'), amount: paise() }), {
    selector: ({ tender }) => tender,
  }),
  deposits: maybe(fc.array(fc.record({ amount: paise(), reference: words }), { maxLength: 3 })),
  expenses: maybe(fc.array(fc.record({ amount: paise(), for: words }), { maxLength: 3 })),
  last: lastNumbers,
});
const handOvers = fc.record({
  kind: fc.constant('H'),
  ...header,
  outgoing: staff,
  incoming: staff,
  signed: fc.record({ outgoing: words, incoming: words }),
  sheets: fc.array(numbersOf(fc.constant('C')), { maxLength: 5 }),
  cash: paise(),
  terminals: fc.array(fc.record({ terminal: numbers.map((number) => number.slice(0, 5)), last: lastNumbers }), {
    minLength: 1,
    maxLength: 3,
  }),
});
const cancelled = fc.record({ kind: fc.constantFrom(...LEDGER_KINDS), ...header, cancelled: words });

/** Without the fields that were left out: a phone sends none as `undefined`. */
const asSent = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const parsed = (sent: fc.Arbitrary<unknown>) => sent.map((claim) => VoucherClaim.parse(asSent(claim)));

/** Parsed claims by kind. */
export const CLAIMS = { S: parsed(sales), R: parsed(receipts), A: parsed(adjustments), cancelled: parsed(cancelled) };

/** Parsed claims of kinds whose decision needs more than the registry. */
export const LOOKING = {
  C: parsed(counts),
  V: parsed(reversals),
  D: parsed(dispatches),
  K: parsed(shifts),
  H: parsed(handOvers),
};

export const claims: fc.Arbitrary<VoucherClaim> = fc.oneof(...Object.values(CLAIMS));

/** The amount of a line in base units, at a price per base unit. */
export const amountOf = ({ quantity, unitPrice, discount = 0 as Paise }: SaleLine): Paise =>
  (Number(quantity) * unitPrice - discount) as Paise;

const outcomeOf = (claim: VoucherClaim, rate: number): VoucherOutcome => {
  if (isCancelled(claim)) return {};
  if (claim.kind === 'C')
    return { counted: claim.lines.map(() => ({ quantity: 3, expected: 5 as Balance, variance: -2 })) };
  if (claim.kind === 'V') return { moved: claim.lines.map(({ quantity }) => quantity) };
  if (claim.kind !== 'S') return {};
  const amounts = claim.lines.map(amountOf);
  return {
    total: Paise.parse(amounts.reduce((sum, amount) => sum + amount, 0)),
    tax: amounts.map((amount) => extractTax(amount, rate)),
  };
};

/** By a clock that is right, or off. */
const skews = fc.option(
  fc.integer({ min: -43_200_000, max: 43_200_000 }).filter((skew) => skew !== 0),
  { nil: undefined },
);
const withins = fc.option(fc.integer({ min: 0, max: 60_000 }), { nil: undefined });
const admissions: fc.Arbitrary<Admission> = fc
  .record({ way: fc.constantFrom('live', 'captured'), goodsInHand: fc.boolean(), skew: skews, within: withins })
  .map(({ way, goodsInHand, skew, within }) =>
    Admission.parse({
      way,
      ...(way === 'live' && { goodsInHand }),
      ...(skew !== undefined && { skew }),
      ...(within !== undefined && { within }),
    }),
  );

/** Vouchers as a day book could hold them. */
export const vouchers: fc.Arbitrary<Voucher> = fc
  .record({
    claim: fc.oneof(claims, ...Object.values(LOOKING)),
    numbers: fc.record({
      S: numbersOf(fc.constant('S')),
      R: numbersOf(fc.constant('R')),
      A: numbersOf(fc.constant('A')),
      I: numbersOf(fc.constant('I')),
      C: numbersOf(fc.constant('C')),
      V: numbersOf(fc.constant('V')),
      D: numbersOf(fc.constant('D')),
      K: numbersOf(fc.constant('K')),
      H: numbersOf(fc.constant('H')),
    }),
    location: locations,
    seller: sellerIds,
    admission: admissions,
    absorbed: fc.option(fc.uniqueArray(itemIds, { minLength: 1 }), { nil: undefined }),
    rate: fc.constantFrom(0, 25, 500, 1800, 4000),
    recordedAt: instants,
    enteredBy: words,
  })
  .map(({ numbers: drawn, absorbed, rate, ...voucher }) => ({
    ...voucher,
    ...(absorbed && { absorbed }),
    number: drawn[voucher.claim.kind],
    outcome: outcomeOf(voucher.claim, rate),
  }));

const prices = fc.uniqueArray(
  fc
    .record({
      from: days,
      price: paise(1_000_000),
      above: paise(100_000),
      gstBasisPoints: fc.constantFrom(0, 25, 500, 1800),
    })
    .map(({ above, ...price }) => ({ ...price, mrp: price.price + above })),
  { minLength: 1, maxLength: 5, selector: ({ from }) => from },
);

export const items: fc.Arbitrary<Item> = fc
  .record({ prices, seller: sellerIds, unit: fc.constantFrom('piece', 'gram') })
  .map((item) =>
    Item.parse({ ...item, name: 'Kurta', nameHi: 'कुर्ता', product: 'KURTA', hsn: '7419', reorderPoint: 3, aliases: [] }),
  );

/** Some of the few ids, each with an item. */
export const catalogues: fc.Arbitrary<Map<ItemId, Item>> = fc
  .uniqueArray(fc.tuple(itemIds, items), { selector: ([id]) => id })
  .map((entries) => new Map(entries));

const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
const capitals = (length: number) => fc.stringMatching(new RegExp(`^[A-Z]{${length}}$`));

/** GSTINs of any State, with the right check digit. */
const gstins = fc
  .tuple(fc.constantFrom(...GstStateCode.options), capitals(5), digits(4), capitals(1))
  .map(([state, letters, number, letter]) => `${state}${letters}${number}${letter}1Z`)
  .map((first14) => first14 + gstinCheckDigit(first14));

/** Registered ones, and others whose State is recorded. */
export const buyers: fc.Arbitrary<Buyer> = fc
  .oneof(
    gstins.map((gstin) => ({ gstin, name: 'Sharma Traders', address: '1 Mall Road' })),
    fc.constantFrom(...GstStateCode.options).map((state) => ({ state })),
  )
  .map((buyer) => Buyer.parse(buyer));
