import * as z from 'zod';
import { ItemId, LocationId, ProducerId, StockLocationId } from '../kernel/ids.ts';
import { Day, Instant } from '../kernel/time.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';
import { Season } from '../materials/entitlement-account.ts';

/**
 * `book`: the stored figure; `says`: the figure by the vouchers; `vouchers`: the likeliest causes
 * first.
 */
const driftFields = { book: z.int(), says: z.int(), version: z.int(), vouchers: z.array(VoucherNumber) };

const itemDrift = <Kind extends string>(kind: Kind) =>
  z.strictObject({ kind: z.literal(kind), item: ItemId, ...driftFields });
const accountDrift = <Kind extends string>(kind: Kind) =>
  z.strictObject({ kind: z.literal(kind), producer: ProducerId, season: Season, item: ItemId, ...driftFields });

/**
 * A difference between stored figures and vouchers. Stock rows: `on-hand`, `free`, `lots` (their
 * sum), `count` (the last count) and `inbound`. Transfers: `transfer` (a line), `sent`
 * (destination), `received` (receipt) and `final` (1: closed by the receipt). `back`: returned
 * quantity of a voucher line. `issued`: quantity of a request line. Accounts: `drawn`, `reserved`,
 * `left`. `voucher`: hash differs or unreadable. `books`: vouchers differ from those closed.
 * `close`: differs from its seal or predecessor. `version`: version of the row; 0 if absent.
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

/** Limit of vouchers listed per drift. */
const MAX_VOUCHERS = 20;

export const limitVouchers = (numbers: Iterable<VoucherNumber>): VoucherNumber[] =>
  [...new Set(numbers)].slice(0, MAX_VOUCHERS);

/**
 * The result of a location's last reconciliation. `first`: first day that may have a day book;
 * `closedTo`: last closed day; `vouchers`: number of vouchers read; `many`: number of drifts, if
 * not all are stored.
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

/** Keeps the checkpoint within DynamoDB's 400 KB per item, as one drift may take about 1 KB. */
const MAX_STORED_DRIFTS = 300;

/** The first drifts, and their number if some are left out. */
export const storedDriftsOf = (drifts: readonly Drift[]): Pick<ReconciliationCheckpoint, 'drifts' | 'many'> => ({
  drifts: drifts.slice(0, MAX_STORED_DRIFTS),
  ...(drifts.length > MAX_STORED_DRIFTS && { many: drifts.length }),
});
