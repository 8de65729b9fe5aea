import * as z from 'zod';
import { FreeText } from '../kernel/claim-fields.ts';
import { ItemId, ProducerId } from '../kernel/ids.ts';
import { Measure } from '../kernel/units.ts';
import { defineOperation, EmptyObject } from '../platform/operation-contract.ts';
import { EntitlementGrant, Season } from './entitlement-account.ts';
import { CardNumber, Pin } from './pin.ts';
import { DepotLocationId } from './request-contract-parts.ts';

export const grantEntitlement = defineOperation({
  id: 'grantEntitlement',
  function: 'requests',
  method: 'PUT',
  route: '/producers/{producer}/passbook/{item}/grants/{grant}',
  summary:
    'Add to what a producer may draw of a material, in this or the given season. Each grant id counts once per season. Send confirmed if an implausible quantity is right.',
  access: { roles: ['officer', 'admin'], target: ({ path: { producer } }) => ({ kind: 'producer', producer }) },
  path: z.strictObject({ producer: ProducerId, item: ItemId, grant: EntitlementGrant.shape.grant }),
  query: EmptyObject,
  body: z.strictObject({
    depot: DepotLocationId,
    quantity: Measure,
    why: FreeText,
    season: Season.optional(),
    confirmed: z.boolean().optional(),
  }),
  consumes: 'application/json',
  ifMatch: false,
  reply: EntitlementGrant,
  statuses: [201, 200],
  errors: [
    'MALFORMED_JSON',
    'BODY_TOO_LARGE',
    'PRODUCER_UNKNOWN',
    'ITEM_UNKNOWN',
    'NOT_A_MATERIAL',
    'UNIT_NEEDED',
    'IMPLAUSIBLE',
    'QUANTITY_NOT_WHOLE',
    'VOUCHER_CONFLICT',
  ],
  example: {
    path: { producer: 'P0042', item: 'PBT-BAMBOO', grant: 'FLOOD-1' },
    body: { depot: 'PBE-D1', quantity: '20 kg', why: 'workshop flooded' },
    reply: {
      grant: 'FLOOD-1',
      producer: 'P0042',
      season: '2026-27',
      item: 'PBT-BAMBOO',
      quantity: 20_000,
      why: 'workshop flooded',
      by: 'officer-pbt',
      at: '2026-11-22T05:00:00.000Z',
    },
  },
});

export const setPin = defineOperation({
  id: 'setPin',
  function: 'requests',
  method: 'PUT',
  route: '/producers/{producer}/pin',
  summary:
    'Give a producer without a phone a card and PIN for the counter. Only a hash of the PIN is stored. A new PIN replaces the old one.',
  access: { roles: ['officer', 'admin'], target: ({ path: { producer } }) => ({ kind: 'producer', producer }) },
  path: z.strictObject({ producer: ProducerId }),
  query: EmptyObject,
  body: z.strictObject({ card: CardNumber, pin: Pin }),
  consumes: 'application/json',
  ifMatch: false,
  reply: z.strictObject({ producer: ProducerId, card: CardNumber }),
  statuses: [200],
  errors: ['MALFORMED_JSON', 'BODY_TOO_LARGE', 'PRODUCER_UNKNOWN'],
  example: {
    path: { producer: 'P0042' },
    body: { card: 'PBT-0042', pin: '8305' },
    reply: { producer: 'P0042', card: 'PBT-0042' },
  },
});
