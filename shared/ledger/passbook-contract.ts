import * as z from 'zod';
import { ProducerId } from '../kernel/ids.ts';
import { EntitlementAccount, EntitlementGrant, Season } from '../materials/entitlement-account.ts';
import { producerAccess } from '../materials/request-contract-parts.ts';
import { defineReadOperation } from '../platform/operation-contract.ts';
import { Voucher } from './voucher.ts';

export const getPassbook = defineReadOperation({
  id: 'getPassbook',
  function: 'requests',
  route: '/producers/{producer}/passbook',
  summary:
    "A producer's passbook of a season: per material what is entitled, reserved, drawn and left; the grants, and every issue with its voucher, and what of it came back.",
  access: producerAccess,
  path: z.strictObject({ producer: ProducerId }),
  query: z.strictObject({ season: Season.optional() }),
  reply: z.strictObject({
    producer: ProducerId,
    season: Season,
    accounts: z.array(EntitlementAccount),
    grants: z.array(EntitlementGrant),
    issues: z.array(Voucher),
  }),
  errors: [],
  example: {
    path: { producer: 'P0042' },
    query: { season: '2026-27' },
    reply: {
      producer: 'P0042',
      season: '2026-27',
      accounts: [
        {
          producer: 'P0042',
          season: '2026-27',
          item: 'PBT-BAMBOO',
          entitled: 120_000,
          reserved: 40_000,
          drawn: 0,
          left: 80_000,
          version: 2,
        },
      ],
      grants: [],
      issues: [],
    },
  },
});
