import * as z from 'zod';
import { targetOf } from '../kernel/access.ts';
import { isProducer, LocationId, StockLocationId } from '../kernel/ids.ts';
import { Day } from '../kernel/time.ts';
import { Voucher } from '../ledger/voucher.ts';
import { exampleVoucher } from '../ledger/voucher-contract.ts';
import { Cursor, defineReadOperation, EmptyObject, NextCursor } from '../platform/operation-contract.ts';
import { ClosedSeller, ClosedTender, DayClose } from './day-close.ts';

const exampleClose = {
  location: 'LKO-01',
  district: 'LKO',
  day: '2026-11-22',
  vouchers: 1,
  inHand: 0,
  tenders: [{ tender: 'upi', taken: 179800, given: 0 }],
  sellers: [
    {
      seller: 'LKO1',
      sales: 1,
      amount: 179800,
      refunds: 0,
      refunded: 0,
      taxBack: [],
      tax: [{ gstBasisPoints: 500, taxable: 171238, cgst: 4281, sgst: 4281 }],
    },
  ],
  items: [
    {
      item: 'LKO-KURTA-01',
      onHand: 3,
      average: 60_000_000,
      value: 180_000,
      sold: 2,
      amount: 179800,
      returned: 0,
      received: 0,
      dispatched: 0,
      issued: 0,
      writtenOff: 0,
      variance: 0,
      varianceValue: 0,
      exposure: 1,
    },
  ],
  terminals: [{ terminal: '7KQ2M', last: '7KQ2MS2611220001', missing: [], state: 'unproven' }],
  shifts: [],
  edition: 1,
  sequence: 7,
  closedAt: '2026-11-22T19:00:04.000Z',
  before: '1c6d6e7f0d8f1c5b1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f7081',
  books: '149e8a05ff0cf77c8e91d27025ffc7c2d959e394c2566bdd97eedfd708d49454',
  hash: '6971c9cbd21a952d398c6b60f4ef38b0b292d8f1e6c6e787c163efd9848ed38f',
};

export const getDay = defineReadOperation({
  id: 'getDay',
  function: 'vouchers',
  route: '/locations/{location}/days/{day}',
  summary:
    'List the vouchers of one location and IST day. The first page includes the latest day close. `ending` finds vouchers by the last four digits of their numbers.',
  access: {
    roles: ['outlet', 'depot', 'producer', 'officer', 'admin'],
    permits: (role, { location }) => role !== 'producer' || isProducer(location),
    target: ({ path: { location } }) => targetOf(location),
  },
  path: z.strictObject({ location: LocationId, day: Day }),
  query: z.strictObject({
    cursor: Cursor.optional(),
    /** By kind and number, or by the time at which each happened. */
    order: z.enum(['number', 'time']).optional(),
    ending: z
      .string()
      .transform((text) => text.replace(/\s/g, ''))
      .refine((text) => /^\d{4}$/.test(text), 'the last four digits of a bill number')
      .optional(),
  }),
  reply: z.strictObject({
    location: LocationId,
    day: Day,
    vouchers: z.array(Voucher),
    /** Later vouchers reopen the day. */
    close: DayClose.optional(),
    cursor: NextCursor,
  }),
  errors: [],
  example: {
    path: { location: 'LKO-01', day: '2026-11-22' },
    query: {},
    reply: { location: 'LKO-01', day: '2026-11-22', vouchers: [exampleVoucher], close: exampleClose },
  },
});

/** Paise. Before the day is closed, and without vouchers that phones still keep. */
export const getDayTotals = defineReadOperation({
  id: 'getDayTotals',
  function: 'vouchers',
  route: '/locations/{location}/days/{day}/totals',
  summary: 'Sum the sales, refunds and tenders of one location and IST day so far, in paise.',
  access: {
    roles: ['outlet', 'depot', 'officer', 'admin'],
    target: ({ path: { location } }) => targetOf(location),
  },
  path: z.strictObject({ location: StockLocationId, day: Day }),
  query: EmptyObject,
  reply: z.strictObject({
    location: StockLocationId,
    day: Day,
    vouchers: z.int().min(0),
    tenders: z.array(ClosedTender),
    sellers: z.array(ClosedSeller.omit({ tax: true, taxBack: true })),
  }),
  errors: [],
  example: {
    path: { location: 'LKO-01', day: '2026-11-22' },
    reply: {
      location: 'LKO-01',
      day: '2026-11-22',
      vouchers: 1,
      tenders: exampleClose.tenders,
      sellers: [{ seller: 'LKO1', sales: 1, amount: 179800, refunds: 0, refunded: 0 }],
    },
  },
});
