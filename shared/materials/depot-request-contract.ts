import * as z from 'zod';
import { FreeText } from '../kernel/claim-fields.ts';
import { ItemId, StockLocationId } from '../kernel/ids.ts';
import { Measure } from '../kernel/units.ts';
import {
  BooleanParameter,
  Cursor,
  defineOperation,
  defineReadOperation,
  EmptyObject,
  NextCursor,
} from '../platform/operation-contract.ts';
import { MaterialRequest, QUEUE_PARTS } from './material-request.ts';
import {
  ByStaff,
  DepotLocationId,
  depotAccess,
  exampleRequest,
  RequestNumber,
  TRANSITION_ERRORS,
} from './request-contract-parts.ts';

const depotPath = z.strictObject({ depot: DepotLocationId, number: RequestNumber });

const exampleApproved = {
  ...exampleRequest,
  state: 'approved',
  lines: [{ item: 'PBT-BAMBOO', asked: 60_000, approved: 40_000, issued: 0 }],
  history: [...exampleRequest.history, { did: 'approve', at: '2026-11-22T06:00:00.000Z', by: 'pbe-depot' }],
  version: 2,
};

/**
 * `canServe`: what can be handed over or approved now, if it were the only request. `unconfirmed`:
 * issued 14 days ago.
 */
export const QueuedRequest = MaterialRequest.extend({
  canServe: z.array(z.strictObject({ item: ItemId, quantity: z.int().min(0) })),
  unconfirmed: z.boolean(),
});
export type QueuedRequest = z.infer<typeof QueuedRequest>;

export const listRequests = defineReadOperation({
  id: 'listRequests',
  function: 'requests',
  route: '/depots/{depot}/requests',
  summary:
    "A depot's open requests, oldest first. With part, only those with a reservation (reserved), without one (waiting), or issued and not confirmed (unconfirmed). With unconfirmed=true, only those overdue for confirmation. A request that stays open is on at least one page, even if it changes its part meanwhile.",
  access: depotAccess,
  path: z.strictObject({ depot: DepotLocationId }),
  query: z.strictObject({
    part: z.enum(QUEUE_PARTS).optional(),
    unconfirmed: BooleanParameter.optional(),
    cursor: Cursor.optional(),
  }),
  reply: z.strictObject({ depot: StockLocationId, requests: z.array(QueuedRequest), cursor: NextCursor }),
  errors: [],
  example: {
    path: { depot: 'PBE-D1' },
    reply: {
      depot: 'PBE-D1',
      requests: [{ ...exampleRequest, canServe: [{ item: 'PBT-BAMBOO', quantity: 60_000 }], unconfirmed: false }],
    },
  },
});

export const approveRequest = defineOperation({
  id: 'approveRequest',
  function: 'requests',
  method: 'POST',
  route: '/depots/{depot}/requests/{number}/approve',
  summary: 'Reserve materials for a request: all that it asks, or the given lines. Stock and passbook change together.',
  access: depotAccess,
  path: depotPath,
  query: EmptyObject,
  body: z.strictObject({
    lines: z
      .array(z.strictObject({ item: ItemId, quantity: Measure }))
      .min(1)
      .max(40)
      .optional(),
    by: ByStaff,
    why: FreeText.optional(),
  }),
  consumes: 'application/json',
  ifMatch: true,
  reply: MaterialRequest,
  statuses: [200],
  errors: [
    ...TRANSITION_ERRORS,
    'UNIT_NEEDED',
    'QUANTITY_NOT_WHOLE',
    'INSUFFICIENT_STOCK',
    'ENTITLEMENT_EXCEEDED',
    'ENTRY_CLOSED',
  ],
  example: {
    path: { depot: 'PBE-D1', number: '7KQ2MQ2611220001' },
    body: { lines: [{ item: 'PBT-BAMBOO', quantity: '40 kg' }], by: 'S026', why: 'the rest next week' },
    reply: exampleApproved,
  },
});

export const rejectRequest = defineOperation({
  id: 'rejectRequest',
  function: 'requests',
  method: 'POST',
  route: '/depots/{depot}/requests/{number}/reject',
  summary: 'Reject a request, with a reason that the artisan can read.',
  access: depotAccess,
  path: depotPath,
  query: EmptyObject,
  body: z.strictObject({ by: ByStaff, why: FreeText }),
  consumes: 'application/json',
  ifMatch: true,
  reply: MaterialRequest,
  statuses: [200],
  errors: TRANSITION_ERRORS,
  example: {
    path: { depot: 'PBE-D1', number: '7KQ2MQ2611220001' },
    body: { by: 'S026', why: 'ask at Bareilly' },
    reply: { ...exampleRequest, state: 'rejected', version: 2 },
  },
});
