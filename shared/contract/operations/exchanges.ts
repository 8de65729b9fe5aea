import * as z from 'zod';
import { targetOf } from '../../domain/access.ts';
import { LocationId } from '../../domain/ids.ts';
import { Basket, BasketId } from '../../domain/vouchers/basket.ts';
import { Words } from '../../domain/vouchers/claim.ts';
import { define } from '../operation.ts';
import { Nothing } from '../parameters.ts';

const exampleSettled = {
  ...{ at: '2026-11-23T05:00:00.000Z', by: 'officer-lko', uncovered: 89900 },
  why: 'the return is on paper, and the goods are there',
};

export const settleExchange = define({
  id: 'settleExchange',
  function: 'vouchers',
  method: 'POST',
  route: '/locations/{location}/baskets/{basket}',
  summary:
    'Say why more was exchanged in a basket than came back into it. `basket` is what its alert is `about`, and `If-Match` the `sourceVersion` of that alert, which is then resolved; no voucher is changed.',
  access: { roles: ['officer', 'admin'], target: ({ path: { location } }) => targetOf(location) },
  path: z.strictObject({ location: LocationId, basket: BasketId }),
  query: Nothing,
  body: z.strictObject({ why: Words }),
  consumes: 'application/json',
  ifMatch: true,
  reply: Basket.extend({ location: LocationId }),
  statuses: [200],
  errors: [
    ...(['MALFORMED_JSON', 'BODY_TOO_LARGE', 'NOT_FOUND', 'PRECONDITION_REQUIRED', 'VERSION_MISMATCH'] as const),
    'ALERT_RESOLVED' as const,
  ],
  example: {
    path: { location: 'LKO-01', basket: 'a1f0c3d2e4b596a7880c' },
    body: { why: exampleSettled.why },
    reply: {
      ...{ location: 'LKO-01', id: 'a1f0c3d2e4b596a7880c', basket: 'B-7', left: -89900, version: 2 },
      ...{ spentBy: '7KQ2MS2611220003', settled: exampleSettled },
    },
  },
});
