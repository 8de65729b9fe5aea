import * as z from 'zod';
import { ProducerId } from '../../domain/ids.ts';
import { CardNumber } from '../../domain/materials/pin.ts';
import { MaterialRequest, RequestClaim } from '../../domain/materials/request.ts';
import { Words } from '../../domain/vouchers/claim.ts';
import { define, defineRead } from '../operation.ts';
import { Nothing } from '../parameters.ts';
import { exampleRequest, MOVE_ERRORS, ofProducer, RequestNumber } from './request-shapes.ts';

const path = z.strictObject({ producer: ProducerId, number: RequestNumber });

/** The card and PIN of a producer without a phone prove who stands at the counter; they are no part of what is said. */
const SentRequest = RequestClaim.extend({
  card: z.strictObject({ number: CardNumber, pin: z.string().max(6) }).optional(),
});

export const submitRequest = define({
  id: 'submitRequest',
  function: 'requests',
  method: 'PUT',
  route: '/producers/{producer}/requests/{number}',
  summary: "Ask a depot for materials: from the artisan's own phone, their group's, or the depot's counter for them.",
  access: { ...ofProducer, roles: ['producer', 'depot', 'admin'] },
  path,
  query: Nothing,
  body: SentRequest,
  consumes: 'application/json',
  ifMatch: false,
  reply: MaterialRequest,
  statuses: [201, 200],
  errors: [
    ...(['MALFORMED_JSON', 'BODY_TOO_LARGE', 'NUMBER_MISMATCH', 'CLOCK_OFF'] as const),
    ...(['TERMINAL_UNKNOWN', 'TERMINAL_ELSEWHERE', 'TERMINAL_REVOKED', 'PRODUCER_UNKNOWN'] as const),
    ...(['ITEM_UNKNOWN', 'NOT_A_MATERIAL', 'QUANTITY_NOT_WHOLE', 'VOUCHER_CONFLICT'] as const),
    ...(['PIN_WRONG', 'PIN_LOCKED'] as const),
  ],
  example: {
    path: { producer: 'P0042', number: '7KQ2MQ2611220001' },
    body: {
      kind: 'Q',
      occurredAt: '2026-11-22T05:00:00.000Z',
      by: 'P0042',
      previous: null,
      depot: 'PBE-D1',
      neededBy: '2026-12-01',
      lines: [{ item: 'PBT-BAMBOO', quantity: '60 kg' }],
    },
    reply: exampleRequest,
  },
});

export const getRequest = defineRead({
  id: 'getRequest',
  function: 'requests',
  route: '/producers/{producer}/requests/{number}',
  summary: 'A request as it stands: what was approved and issued of it, by whom, when and why.',
  access: ofProducer,
  path,
  query: Nothing,
  reply: MaterialRequest,
  errors: ['NOT_FOUND'],
  example: { path: { producer: 'P0042', number: '7KQ2MQ2611220001' }, reply: exampleRequest },
});

export const cancelRequest = define({
  id: 'cancelRequest',
  function: 'requests',
  method: 'POST',
  route: '/producers/{producer}/requests/{number}/cancel',
  summary: 'Take a request back, until something was issued on it; what was reserved is free again.',
  access: { ...ofProducer, roles: ['producer', 'admin'] },
  path,
  query: Nothing,
  body: z.strictObject({ why: Words.optional() }),
  consumes: 'application/json',
  ifMatch: true,
  reply: MaterialRequest,
  statuses: [200],
  errors: MOVE_ERRORS,
  example: {
    path: { producer: 'P0042', number: '7KQ2MQ2611220001' },
    body: { why: 'bought elsewhere' },
    reply: { ...exampleRequest, state: 'cancelled', version: 2 },
  },
});
