import * as z from 'zod';
import { targetOf } from '../kernel/access.ts';
import { FreeText } from '../kernel/claim-fields.ts';
import { StockLocationId } from '../kernel/ids.ts';
import { defineOperation } from '../platform/operation-contract.ts';
import { EmptyObject } from '../platform/query-parameters.ts';
import { Basket, BasketId } from './basket.ts';

const exampleSettlement = {
  ...{ at: '2026-11-23T05:00:00.000Z', by: 'officer-lko', uncovered: 89900 },
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
      ...{ location: 'LKO-01', id: 'a1f0c3d2e4b596a7880c', basket: 'B-7', left: -89900, version: 2 },
      ...{ spentBy: '7KQ2MS2611220003', settled: exampleSettlement },
    },
  },
});
