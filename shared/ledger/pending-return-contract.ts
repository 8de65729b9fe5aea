import * as z from 'zod';
import { targetOf } from '../kernel/access.ts';
import { FreeText } from '../kernel/claim-fields.ts';
import { StockLocationId } from '../kernel/ids.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';
import { defineOperation } from '../platform/operation-contract.ts';
import { EmptyObject } from '../platform/query-parameters.ts';
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
      ...{ location: 'LKO-01', number: '7KQ2MS2611210003', version: 7 },
      ...{ returns: ['7KQ2MV2611220001', '8ABCDV2611220001'], many: 2, since: '2026-11-22T05:00:00.000Z', sold: true },
      misfit: { exceeded: [{ line: 1, item: 'LKO-KURTA-M', sold: 1, back: 2 }], due: 89900, given: 179800 },
      settled: {
        ...{ at: '2026-11-23T05:00:00.000Z', by: 'officer-lko', sold: true },
        why: 'both stalls wrote the same return down',
      },
    },
  },
});
