import * as z from 'zod';
import { ItemId, LocationId } from '../../domain/ids.ts';
import { MaterialRequest } from '../../domain/materials/request.ts';
import { Measure } from '../../domain/materials/units.ts';
import { Words } from '../../domain/vouchers/claim.ts';
import { type Access, define, defineRead } from '../operation.ts';
import { Cursor, NextCursor, Nothing } from '../parameters.ts';
import { Depot, exampleRequest, MOVE_ERRORS, RequestNumber } from './request-shapes.ts';

const ofDepot: Access<{ depot: LocationId }, unknown> = {
  roles: ['depot', 'officer', 'admin'],
  target: ({ path: { depot } }) => ({ kind: 'location', location: depot }),
};

const depotPath = z.strictObject({ depot: Depot, number: RequestNumber });

const approved = {
  ...exampleRequest,
  state: 'approved',
  lines: [{ item: 'PBT-BAMBOO', asked: 60_000, approved: 40_000, issued: 0 }],
  history: [...exampleRequest.history, { did: 'approve', at: '2026-11-22T06:00:00.000Z', by: 'pbe-depot' }],
  version: 2,
};

export const listRequests = defineRead({
  id: 'listRequests',
  function: 'requests',
  route: '/depots/{depot}/requests',
  summary: "A depot's queue in the order to serve: what is reserved first, the longest waiting first of each.",
  access: ofDepot,
  path: z.strictObject({ depot: Depot }),
  query: z.strictObject({ cursor: Cursor.optional() }),
  reply: z.strictObject({ depot: LocationId, requests: z.array(MaterialRequest), cursor: NextCursor }),
  errors: [],
  example: { path: { depot: 'PBE-D1' }, reply: { depot: 'PBE-D1', requests: [exampleRequest] } },
});

export const approveRequest = define({
  id: 'approveRequest',
  function: 'requests',
  method: 'POST',
  route: '/depots/{depot}/requests/{number}/approve',
  summary:
    'Reserve materials for a request: all that was asked, or what the lines say. Stock and passbook move together.',
  access: ofDepot,
  path: depotPath,
  query: Nothing,
  body: z.strictObject({
    lines: z
      .array(z.strictObject({ item: ItemId, quantity: Measure }))
      .min(1)
      .max(40)
      .optional(),
    why: Words.optional(),
  }),
  consumes: 'application/json',
  ifMatch: true,
  reply: MaterialRequest,
  statuses: [200],
  errors: [...MOVE_ERRORS, ...(['QUANTITY_NOT_WHOLE', 'INSUFFICIENT_STOCK', 'ENTITLEMENT_EXCEEDED'] as const)],
  example: {
    path: { depot: 'PBE-D1', number: '7KQ2MQ2611220001' },
    body: { lines: [{ item: 'PBT-BAMBOO', quantity: '40 kg' }], why: 'the rest next week' },
    reply: approved,
  },
});

export const rejectRequest = define({
  id: 'rejectRequest',
  function: 'requests',
  method: 'POST',
  route: '/depots/{depot}/requests/{number}/reject',
  summary: 'Turn a request down, with a reason that the artisan can read.',
  access: ofDepot,
  path: depotPath,
  query: Nothing,
  body: z.strictObject({ why: Words }),
  consumes: 'application/json',
  ifMatch: true,
  reply: MaterialRequest,
  statuses: [200],
  errors: MOVE_ERRORS,
  example: {
    path: { depot: 'PBE-D1', number: '7KQ2MQ2611220001' },
    body: { why: 'ask at Bareilly' },
    reply: { ...exampleRequest, state: 'rejected', version: 2 },
  },
});
