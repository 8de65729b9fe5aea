import * as z from 'zod';
import { FreeText } from '../kernel/claim-fields.ts';
import { ProducerId } from '../kernel/ids.ts';
import {
  Cursor,
  defineOperation,
  defineReadOperation,
  EmptyObject,
  NextCursor,
} from '../platform/operation-contract.ts';
import { exampleProof, TerminalProof } from '../registry/terminal-key.ts';
import { PendingConfirmation } from './confirmation.ts';
import { MaterialRequest, RequestClaim } from './material-request.ts';
import { CardNumber } from './pin.ts';
import {
  ByStaff,
  exampleIssued,
  exampleRequest,
  producerAccess,
  RequestNumber,
  TRANSITION_ERRORS,
} from './request-contract-parts.ts';

const requestPath = z.strictObject({ producer: ProducerId, number: RequestNumber });

const CardAndPin = z.strictObject({ number: CardNumber, pin: z.string().max(6) });

/**
 * Not part of the claim: `confirmed` (implausible quantities were checked), `card` (proves the
 * producer's presence), `proof` (proves the terminal).
 */
const RequestSubmission = RequestClaim.extend({
  confirmed: z.boolean().optional(),
  card: CardAndPin.optional(),
  proof: TerminalProof.optional(),
});

export const submitRequest = defineOperation({
  id: 'submitRequest',
  function: 'requests',
  method: 'PUT',
  route: '/producers/{producer}/requests/{number}',
  summary: "Request materials from a depot, on the artisan's own phone, their group's, or at the depot's counter.",
  access: { ...producerAccess, roles: ['producer', 'depot', 'admin'] },
  path: requestPath,
  query: EmptyObject,
  body: RequestSubmission,
  consumes: 'application/json',
  ifMatch: false,
  reply: MaterialRequest,
  statuses: [201, 200],
  errors: [
    'MALFORMED_JSON',
    'BODY_TOO_LARGE',
    'NUMBER_MISMATCH',
    'CLOCK_OFF',
    'TERMINAL_UNKNOWN',
    'TERMINAL_ELSEWHERE',
    'TERMINAL_REVOKED',
    'TERMINAL_UNPROVEN',
    'PRODUCER_UNKNOWN',
    'STAFF_UNKNOWN',
    'UNIT_NEEDED',
    'IMPLAUSIBLE',
    'ITEM_UNKNOWN',
    'ENTRY_CLOSED',
    'NOT_A_MATERIAL',
    'QUANTITY_NOT_WHOLE',
    'VOUCHER_CONFLICT',
    'PIN_WRONG',
    'PIN_LOCKED',
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
      proof: exampleProof,
    },
    reply: exampleRequest,
  },
});

/** `confirmWith` is for the producer only. */
const RequestWithCode = MaterialRequest.extend({
  confirmWith: PendingConfirmation.pick({ code: true, until: true }).optional(),
});

export const getRequest = defineReadOperation({
  id: 'getRequest',
  function: 'requests',
  route: '/producers/{producer}/requests/{number}',
  summary:
    'One request with its history: what was approved and issued, by whom, when and why, and the message to the artisan. Only the producer sees the one-time code that confirms an issue.',
  access: producerAccess,
  path: requestPath,
  query: EmptyObject,
  reply: RequestWithCode,
  errors: ['NOT_FOUND'],
  example: {
    path: { producer: 'P0042', number: '7KQ2MQ2611220001' },
    reply: { ...exampleIssued, confirmWith: { code: '418305', until: '2026-12-06T07:00:00.000Z' } },
  },
});

export const listProducerRequests = defineReadOperation({
  id: 'listProducerRequests',
  function: 'requests',
  route: '/producers/{producer}/requests',
  summary: 'All requests of a producer, newest first. A depot sees those that were sent to it.',
  access: producerAccess,
  path: z.strictObject({ producer: ProducerId }),
  query: z.strictObject({ cursor: Cursor.optional() }),
  reply: z.strictObject({ producer: ProducerId, requests: z.array(MaterialRequest), cursor: NextCursor }),
  errors: [],
  example: { path: { producer: 'P0042' }, reply: { producer: 'P0042', requests: [exampleIssued] } },
});

export const cancelRequest = defineOperation({
  id: 'cancelRequest',
  function: 'requests',
  method: 'POST',
  route: '/producers/{producer}/requests/{number}/cancel',
  summary: 'Cancel a request before anything is issued; its reservation is released. At the depot, with card and PIN.',
  access: { ...producerAccess, roles: ['producer', 'depot', 'admin'] },
  path: requestPath,
  query: EmptyObject,
  body: z.strictObject({ by: ByStaff, why: FreeText.optional(), card: CardAndPin.optional() }),
  consumes: 'application/json',
  ifMatch: true,
  reply: MaterialRequest,
  statuses: [200],
  errors: [...TRANSITION_ERRORS, 'PIN_WRONG', 'PIN_LOCKED'],
  example: {
    path: { producer: 'P0042', number: '7KQ2MQ2611220001' },
    body: { why: 'bought elsewhere' },
    reply: { ...exampleRequest, state: 'cancelled', version: 2 },
  },
});

export const ConfirmationProof = z.discriminatedUnion('proof', [
  z.strictObject({ proof: z.literal('code'), by: ByStaff, code: PendingConfirmation.shape.code }),
  z.strictObject({ proof: z.literal('card'), by: ByStaff, card: CardAndPin }),
  z.strictObject({ proof: z.literal('signature'), by: ByStaff, signature: FreeText }),
]);
export type ConfirmationProof = z.infer<typeof ConfirmationProof>;

export const confirmRequest = defineOperation({
  id: 'confirmRequest',
  function: 'requests',
  method: 'POST',
  route: '/producers/{producer}/requests/{number}/confirm',
  summary:
    "Confirm receipt of an issue: with the producer's one-time code, or at the depot with their card and PIN, or with their signature on the given paper. If the answer was lost, read the request: once `received`, nothing is left to do.",
  access: { ...producerAccess, roles: ['producer', 'depot', 'admin'] },
  path: requestPath,
  query: EmptyObject,
  body: ConfirmationProof,
  consumes: 'application/json',
  ifMatch: true,
  reply: MaterialRequest,
  statuses: [200],
  errors: [...TRANSITION_ERRORS, 'CODE_WRONG', 'CODE_VOID', 'PIN_WRONG', 'PIN_LOCKED', 'SECOND_PERSON_NEEDED'],
  example: {
    path: { producer: 'P0042', number: '7KQ2MQ2611220001' },
    body: { proof: 'code', code: '418305' },
    reply: { ...exampleIssued, state: 'received', version: 4 },
  },
});
