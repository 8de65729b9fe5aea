import * as z from 'zod';
import { targetOf } from '../kernel/access.ts';
import { FreeText } from '../kernel/claim-fields.ts';
import { StockLocationId } from '../kernel/ids.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';
import { defineOperation, EmptyObject } from '../platform/operation-contract.ts';
import { Basket, BasketId } from './basket.ts';
import { UnmatchedReturnEvidence } from './pending-returns.ts';

export const settleReturns = defineOperation({
  id: 'settleReturns',
  function: 'vouchers',
  method: 'POST',
  route: '/locations/{location}/returns/{number}',
  summary:
    'Say why what came back of a sale before the sale was recorded does not agree with it, or why it never came. `If-Match` is the `sourceVersion` of its alert, which is then resolved; no voucher is changed.',
  access: { roles: ['officer', 'admin'], target: ({ path: { location } }) => targetOf(location) },
  path: z.strictObject({ location: StockLocationId, number: VoucherNumber }),
  query: EmptyObject,
  body: z.strictObject({ why: FreeText }),
  consumes: 'application/json',
  ifMatch: true,
  reply: UnmatchedReturnEvidence.extend({ location: StockLocationId, number: VoucherNumber, version: z.int().min(1) }),
  statuses: [200],
  errors: [
    ...(['MALFORMED_JSON', 'BODY_TOO_LARGE', 'NOT_FOUND', 'PRECONDITION_REQUIRED', 'VERSION_MISMATCH'] as const),
    'ALERT_RESOLVED' as const,
  ],
  example: {
    path: { location: 'LKO-01', number: '7KQ2MS2611210003' },
    body: { why: 'both stalls wrote the same return down' },
    reply: {
      location: 'LKO-01',
      number: '7KQ2MS2611210003',
      version: 7,
      returns: ['7KQ2MV2611220001', '8ABCDV2611220001'],
      many: 2,
      since: '2026-11-22T05:00:00.000Z',
      sold: true,
      misfit: { exceeded: [{ line: 1, item: 'LKO-KURTA-M', sold: 1, back: 2 }], due: 89900, given: 179800 },
      settled: {
        at: '2026-11-23T05:00:00.000Z',
        by: 'officer-lko',
        sold: true,
        why: 'both stalls wrote the same return down',
      },
    },
  },
});

const exampleSettlement = {
  at: '2026-11-23T05:00:00.000Z',
  by: 'officer-lko',
  uncovered: 89900,
  why: 'the return is on paper, and the goods are there',
};

export const settleExchange = defineOperation({
  id: 'settleExchange',
  function: 'vouchers',
  method: 'POST',
  route: '/locations/{location}/baskets/{basket}',
  summary:
    'Say why more was exchanged in a basket than came back into it. `basket` is what its alert is `about`, and `If-Match` the `sourceVersion` of that alert, which is then resolved; no voucher is changed.',
  access: { roles: ['officer', 'admin'], target: ({ path: { location } }) => targetOf(location) },
  path: z.strictObject({ location: StockLocationId, basket: BasketId }),
  query: EmptyObject,
  body: z.strictObject({ why: FreeText }),
  consumes: 'application/json',
  ifMatch: true,
  reply: Basket.extend({ location: StockLocationId }),
  statuses: [200],
  errors: [
    ...(['MALFORMED_JSON', 'BODY_TOO_LARGE', 'NOT_FOUND', 'PRECONDITION_REQUIRED', 'VERSION_MISMATCH'] as const),
    'ALERT_RESOLVED' as const,
  ],
  example: {
    path: { location: 'LKO-01', basket: 'a1f0c3d2e4b596a7880c' },
    body: { why: exampleSettlement.why },
    reply: {
      location: 'LKO-01',
      id: 'a1f0c3d2e4b596a7880c',
      basket: 'B-7',
      left: -89900,
      version: 2,
      spentBy: '7KQ2MS2611220003',
      settled: exampleSettlement,
    },
  },
});
