import * as z from 'zod';
import { ItemId, ProducerId, StockLocationId } from '../kernel/ids.ts';
import { Day } from '../kernel/time.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';
import { Season } from '../materials/season.ts';

/** What the book keeps of a figure, and what the vouchers come to; and the vouchers that are concerned, the likeliest first. */
const driftFields = { book: z.int(), says: z.int(), version: z.int(), vouchers: z.array(VoucherNumber) };

const itemDrift = <Kind extends string>(kind: Kind) =>
  z.strictObject({ kind: z.literal(kind), item: ItemId, ...driftFields });
const accountDrift = <Kind extends string>(kind: Kind) =>
  z.strictObject({ kind: z.literal(kind), producer: ProducerId, season: Season, item: ItemId, ...driftFields });

/**
 * Where the book and its vouchers do not say the same. Of a stock row `on-hand`, `free`, `lots` (all lots together) and `count` (the last count
 * that it starts from), `inbound`: what is on its way there; `transfer`: of a line of one, `sent` and `received`: where to, and by which receipt, `final`: whether that closed it (1) or not (0); `back`: what came back of a line of a voucher; `issued`: of a request; `drawn`, `reserved` and `left`: of an account. `voucher`:
 * one that does not say any more what was hashed when it was recorded, or cannot be read. `books`: a day whose vouchers are not those that were closed.
 * `close`: one that is not what was sealed or does not follow the one before it. `version`: of the row that was looked at, 0 where there is none.
 */
export const Drift = z.discriminatedUnion('kind', [
  itemDrift('on-hand'),
  itemDrift('free'),
  itemDrift('lots'),
  itemDrift('inbound'),
  z.strictObject({
    ...{ kind: z.literal('count'), item: ItemId, version: z.int(), vouchers: z.array(VoucherNumber) },
    ...{ book: VoucherNumber.nullable(), says: VoucherNumber.nullable() },
  }),
  z.strictObject({
    ...{ kind: z.literal('transfer'), dispatch: VoucherNumber, item: ItemId, ...driftFields },
    what: z.enum(['dispatched', 'takenBack', 'accepted', 'rejected']),
  }),
  z.strictObject({
    ...{ kind: z.literal('sent'), dispatch: VoucherNumber, version: z.int(), vouchers: z.array(VoucherNumber) },
    ...{ book: StockLocationId.nullable(), says: StockLocationId.nullable() },
  }),
  z.strictObject({
    ...{ kind: z.literal('received'), dispatch: VoucherNumber, version: z.int(), vouchers: z.array(VoucherNumber) },
    ...{ book: VoucherNumber.nullable(), says: VoucherNumber.nullable() },
  }),
  z.strictObject({
    ...{ kind: z.literal('final'), dispatch: VoucherNumber, receipt: VoucherNumber, ...driftFields },
  }),
  z.strictObject({ kind: z.literal('back'), of: VoucherNumber, line: z.int(), ...driftFields }),
  z.strictObject({ kind: z.literal('issued'), item: ItemId, request: VoucherNumber, ...driftFields }),
  accountDrift('drawn'),
  accountDrift('reserved'),
  accountDrift('left'),
  z.strictObject({
    ...{ kind: z.literal('voucher'), what: z.enum(['changed', 'unreadable']), vouchers: z.array(VoucherNumber) },
  }),
  z.strictObject({ kind: z.literal('books'), day: Day, sequence: z.int(), vouchers: z.array(VoucherNumber) }),
  z.strictObject({
    ...{ kind: z.literal('close'), what: z.enum(['changed', 'unreadable', 'gone', 'not sealed']) },
    ...{ day: Day.nullable(), sequence: z.int(), vouchers: z.array(VoucherNumber) },
  }),
]);
export type Drift = z.infer<typeof Drift>;

/** As many as help whoever looks. */
const MAX_VOUCHERS = 20;

export const limitVouchers = (numbers: Iterable<VoucherNumber>): VoucherNumber[] =>
  [...new Set(numbers)].slice(0, MAX_VOUCHERS);
