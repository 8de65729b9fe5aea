import * as z from 'zod';
import { ItemId, StockLocationId } from '../kernel/ids.ts';
import { Balance } from '../kernel/quantity.ts';
import { Day } from '../kernel/time.ts';
import { Cursor, defineReadOperation, EmptyObject, NextCursor } from '../platform/operation-contract.ts';
import { AllocationRun, Allotment } from './allocation.ts';
import { DepotLocationId, depotAccess } from './request-contract-parts.ts';

/** Base units. `issuedADay` averages 28 days; both rates are absent if nothing was issued. */
export const ShelfMaterial = z.strictObject({
  item: ItemId,
  onHand: Balance,
  reserved: Balance,
  free: Balance,
  expected: Balance,
  issuedADay: z.number().min(0).optional(),
  daysOfCover: z.number().min(0).optional(),
});
export type ShelfMaterial = z.infer<typeof ShelfMaterial>;

export const getDepotShelf = defineReadOperation({
  id: 'getDepotShelf',
  function: 'stock',
  route: '/depots/{depot}/shelf',
  summary:
    "A depot's materials: on hand, reserved, free and expected, and the days that stock on hand lasts at the issue rate of the last four weeks.",
  access: depotAccess,
  path: z.strictObject({ depot: DepotLocationId }),
  query: EmptyObject,
  reply: z.strictObject({ depot: StockLocationId, materials: z.array(ShelfMaterial) }),
  errors: [],
  example: {
    path: { depot: 'PBE-D1' },
    reply: {
      depot: 'PBE-D1',
      materials: [
        {
          item: 'PBT-BAMBOO',
          onHand: 300_000,
          reserved: 40_000,
          free: 260_000,
          expected: 0,
          issuedADay: 12_500,
          daysOfCover: 24,
        },
      ],
    },
  },
});

export const getAllocation = defineReadOperation({
  id: 'getAllocation',
  function: 'requests',
  route: '/depots/{depot}/allocations/{day}',
  summary:
    'How a depot shared scarce materials on a day: all inputs and every share, so that anyone can recompute it. Claims of at most their weighted share were served whole. The rest was shared by entitlement (weighted max-min fairness in whole units), the last units one each to the smallest (share + 1) / entitled, then to the smallest turn.',
  access: depotAccess,
  path: z.strictObject({ depot: DepotLocationId, day: Day }),
  query: z.strictObject({ cursor: Cursor.optional() }),
  reply: AllocationRun.extend({ allotments: z.array(Allotment), cursor: NextCursor }),
  errors: ['NOT_FOUND'],
  example: {
    path: { depot: 'PBE-D1', day: '2026-11-23' },
    reply: {
      depot: 'PBE-D1',
      day: '2026-11-23',
      state: 'done',
      requests: 1,
      startedAt: '2026-11-23T00:30:00.000Z',
      doneAt: '2026-11-23T00:30:01.000Z',
      materials: [{ item: 'PBT-BAMBOO', free: 40_000, producers: 1, wanted: 60_000, taken: 40_000, returned: 0 }],
      allotments: [
        {
          request: '7KQ2MQ2611220001',
          version: 1,
          producer: 'P0042',
          season: '2026-27',
          item: 'PBT-BAMBOO',
          asked: 60_000,
          entitled: 120_000,
          left: 120_000,
          share: 40_000,
          turn: '2846092113',
          given: 40_000,
        },
      ],
    },
  },
});
