import * as z from 'zod';
import { targetOf } from '../kernel/access.ts';
import { DistrictId, ItemId, StockLocationId, stockLocationKind } from '../kernel/ids.ts';
import { Balance } from '../kernel/quantity.ts';
import { Instant, QueryInstant } from '../kernel/time.ts';
import { BooleanParameter, Cursor, defineReadOperation, NextCursor } from '../platform/operation-contract.ts';
import { Item } from '../registry/item.ts';
import { StockRow } from './stock.ts';

const exampleRow = { location: 'LKO-01', item: 'LKO-KURTA-M', onHand: 2, free: 2, inbound: 0, version: 7 };

export const ShelfRow = StockRow.extend({ reorderPoint: z.int().optional(), short: z.boolean() });
export type ShelfRow = z.infer<typeof ShelfRow>;

export const getLocationStock = defineReadOperation({
  id: 'getLocationStock',
  function: 'stock',
  route: '/locations/{location}/stock',
  summary:
    "A location's stock per item, in base units. With short=true, only items at or below their reorder point, counting stock in transit that is not overdue.",
  access: {
    roles: ['outlet', 'depot', 'officer', 'admin'],
    target: ({ path: { location } }) => ({ kind: 'location', location }),
  },
  path: z.strictObject({ location: StockLocationId }),
  query: z.strictObject({ short: BooleanParameter.optional(), cursor: Cursor.optional() }),
  reply: z.strictObject({ location: StockLocationId, stock: z.array(ShelfRow), cursor: NextCursor }),
  errors: [],
  example: {
    path: { location: 'LKO-01' },
    query: { short: 'true' },
    reply: { location: 'LKO-01', stock: [{ ...exampleRow, reorderPoint: 3, short: true }] },
  },
});

/** As phones store it offline. */
export const CatalogueEntry = Item.extend({ item: ItemId });

export const getCatalogue = defineReadOperation({
  id: 'getCatalogue',
  function: 'stock',
  route: '/locations/{location}/catalogue',
  summary:
    "The items of a location's sellers, for offline use; producers read those of depots. With since, only items changed from then on. Send asOf as the next since: the periods overlap, so that no change is missed.",
  access: {
    roles: ['outlet', 'depot', 'producer', 'officer', 'admin'],
    permits: (role, { location }) => role !== 'producer' || stockLocationKind(location) === 'depots',
    target: ({ path: { location }, role }) => (role === 'producer' ? { kind: 'anything' } : targetOf(location)),
  },
  path: z.strictObject({ location: StockLocationId }),
  query: z.strictObject({ since: QueryInstant.optional(), cursor: Cursor.optional() }),
  reply: z.strictObject({
    location: StockLocationId,
    asOf: Instant,
    catalogue: z.array(CatalogueEntry),
    cursor: NextCursor,
  }),
  errors: ['NOT_FOUND'],
  example: {
    path: { location: 'LKO-01' },
    query: { since: '2026-11-22T00:00:00Z' },
    reply: {
      location: 'LKO-01',
      asOf: '2026-11-22T05:00:00.000Z',
      catalogue: [
        {
          item: 'LKO-KURTA-M',
          name: 'Chikan kurta, M',
          nameHi: 'चिकन कुर्ता, एम',
          product: 'CHIKAN-KURTA',
          seller: 'LKO1',
          unit: 'piece',
          hsn: '6211',
          prices: [{ from: '2026-04-01', price: 89900, mrp: 99900, gstBasisPoints: 500 }],
          reorderPoint: 3,
          aliases: ['kurta medium'],
          keypad: '101',
          barcode: '2000000001012',
        },
      ],
    },
  },
});

export const getItemStock = defineReadOperation({
  id: 'getItemStock',
  function: 'stock',
  route: '/items/{item}/stock',
  summary: 'Every location that stocks an item, with its free quantity, to direct a customer there.',
  access: {
    roles: ['outlet', 'depot', 'officer', 'admin'],
    target: () => ({ kind: 'anything' }),
  },
  path: z.strictObject({ item: ItemId }),
  query: z.strictObject({ cursor: Cursor.optional() }),
  reply: z.strictObject({
    item: ItemId,
    locations: z.array(
      z.strictObject({
        location: StockLocationId,
        name: z.string().optional(),
        district: DistrictId.optional(),
        free: Balance,
      }),
    ),
    cursor: NextCursor,
  }),
  errors: [],
  example: {
    path: { item: 'LKO-KURTA-M' },
    reply: {
      item: 'LKO-KURTA-M',
      locations: [{ location: 'LKO-01', name: 'Lucknow Charbagh, stall 1', district: 'LKO', free: 2 }],
    },
  },
});
