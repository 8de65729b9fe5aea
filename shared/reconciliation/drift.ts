import * as z from 'zod';
import { ItemId, LocationId, ProducerId, StockLocationId } from '../kernel/ids.ts';
import { Day, Instant } from '../kernel/time.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';
import { Season } from '../materials/entitlement-account.ts';

/** `book`: stored; `says`: by the vouchers; `vouchers`: likeliest causes first. */
const driftFields = { book: z.int(), says: z.int(), version: z.int(), vouchers: z.array(VoucherNumber) };

const itemDrift = <Kind extends string>(kind: Kind) =>
  z.strictObject({ kind: z.literal(kind), item: ItemId, ...driftFields });
const accountDrift = <Kind extends string>(kind: Kind) =>
  z.strictObject({ kind: z.literal(kind), producer: ProducerId, season: Season, item: ItemId, ...driftFields });

/**
 * Stock: `on-hand`, `free`, `lots` (sum), `count` (last count), `inbound`. Transfers: `transfer`
 * (line), `sent` (destination), `received` (receipt), `final` (1: closed by the receipt). `back`:
 * returns of a voucher line. `issued`: a request line. Accounts: `drawn`, `reserved`, `left`.
 * `voucher`: wrong hash or unreadable. `books`: vouchers differ from the close. `close`: differs
 * from seal or predecessor. `version`: of the row; 0 if absent.
 */
export const Drift = z.discriminatedUnion('kind', [
  itemDrift('on-hand'),
  itemDrift('free'),
  itemDrift('lots'),
  itemDrift('inbound'),
  z.strictObject({
    kind: z.literal('count'),
    item: ItemId,
    version: z.int(),
    vouchers: z.array(VoucherNumber),
    book: VoucherNumber.nullable(),
    says: VoucherNumber.nullable(),
  }),
  z.strictObject({
    kind: z.literal('transfer'),
    dispatch: VoucherNumber,
    item: ItemId,
    ...driftFields,
    what: z.enum(['dispatched', 'takenBack', 'accepted', 'rejected']),
  }),
  z.strictObject({
    kind: z.literal('sent'),
    dispatch: VoucherNumber,
    version: z.int(),
    vouchers: z.array(VoucherNumber),
    book: StockLocationId.nullable(),
    says: StockLocationId.nullable(),
  }),
  z.strictObject({
    kind: z.literal('received'),
    dispatch: VoucherNumber,
    version: z.int(),
    vouchers: z.array(VoucherNumber),
    book: VoucherNumber.nullable(),
    says: VoucherNumber.nullable(),
  }),
  z.strictObject({
    kind: z.literal('final'),
    dispatch: VoucherNumber,
    receipt: VoucherNumber,
    ...driftFields,
  }),
  z.strictObject({ kind: z.literal('back'), of: VoucherNumber, line: z.int(), ...driftFields }),
  z.strictObject({ kind: z.literal('issued'), item: ItemId, request: VoucherNumber, ...driftFields }),
  accountDrift('drawn'),
  accountDrift('reserved'),
  accountDrift('left'),
  z.strictObject({
    kind: z.literal('voucher'),
    what: z.enum(['changed', 'unreadable']),
    vouchers: z.array(VoucherNumber),
  }),
  z.strictObject({ kind: z.literal('books'), day: Day, sequence: z.int(), vouchers: z.array(VoucherNumber) }),
  z.strictObject({
    kind: z.literal('close'),
    what: z.enum(['changed', 'unreadable', 'gone', 'not sealed']),
    day: Day.nullable(),
    sequence: z.int(),
    vouchers: z.array(VoucherNumber),
  }),
]);
export type Drift = z.infer<typeof Drift>;

const MAX_VOUCHERS = 20;

export const limitVouchers = (numbers: Iterable<VoucherNumber>): VoucherNumber[] =>
  [...new Set(numbers)].slice(0, MAX_VOUCHERS);

/**
 * `first`: first possible day book; `closedTo`: last closed day; `many`: drifts, if not all are
 * stored.
 */
export const ReconciliationCheckpoint = z.strictObject({
  location: LocationId,
  auditedAt: Instant,
  first: Day,
  closedTo: Day.optional(),
  vouchers: z.int().min(0),
  many: z.int().min(0).optional(),
  drifts: z.array(Drift),
});

export type ReconciliationCheckpoint = z.infer<typeof ReconciliationCheckpoint>;

/** Keeps the item within DynamoDB's 400 KB; one drift may take 1 KB. */
const MAX_STORED_DRIFTS = 300;

export const storedDriftsOf = (drifts: readonly Drift[]): Pick<ReconciliationCheckpoint, 'drifts' | 'many'> => ({
  drifts: drifts.slice(0, MAX_STORED_DRIFTS),
  ...(drifts.length > MAX_STORED_DRIFTS && { many: drifts.length }),
});
