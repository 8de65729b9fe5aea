import * as z from 'zod';
import { Alert, AlertType } from '../../domain/alerts/alert.ts';
import { AlertState } from '../../domain/alerts/life.ts';
import { DistrictId, LocationId } from '../../domain/ids.ts';
import { defineRead } from '../operation.ts';
import { Cursor, NextCursor, Nothing } from '../parameters.ts';

/** A district, or the whole state. */
const Area = z.union([z.literal('state'), DistrictId]);

export const listAlerts = defineRead({
  id: 'listAlerts',
  function: 'alerts',
  route: '/alerts',
  summary:
    'Alerts of one location, of a district or of the state (the default), open unless another state is asked for.',
  access: {
    roles: ['outlet', 'depot', 'officer', 'admin'],
    target: ({ query: { location, area = 'state' } }) => {
      if (location) return { kind: 'location', location };
      return area === 'state' ? { kind: 'state' } : { kind: 'district', district: area };
    },
  },
  path: Nothing,
  query: z
    .strictObject({
      location: LocationId.optional(),
      area: Area.optional(),
      state: AlertState.optional(),
      type: AlertType.optional(),
      cursor: Cursor.optional(),
    })
    .refine(({ location, area }) => !(location && area), {
      path: ['area'],
      error: 'name a location or an area, not both',
    }),
  reply: z.strictObject({ alerts: z.array(Alert), cursor: NextCursor }),
  errors: [],
  example: {
    path: {},
    query: { location: 'LKO-01' },
    reply: {
      alerts: [
        {
          location: 'LKO-01',
          item: 'LKO-KURTA-M',
          type: 'short',
          district: 'LKO',
          state: 'open',
          episode: 1,
          openedAt: '2026-11-22T05:00:01.000Z',
          figures: { onHand: 2, free: 2, inbound: 0, reorderPoint: 3 },
          stockVersion: 7,
          itemVersion: 1,
          placeVersion: 1,
        },
        {
          location: 'LKO-01',
          type: 'held',
          about: '7KQ2MS2611220001-0a1b2c3d4e5f',
          district: 'LKO',
          state: 'open',
          episode: 1,
          openedAt: '2026-11-22T05:00:01.000Z',
          figures: {
            number: '7KQ2MS2611220001',
            heldAt: '2026-11-22T05:00:01.000Z',
            problem: { code: 'ITEM_UNKNOWN', detail: 'The registry has no such item.' },
            state: 'held',
          },
          sourceVersion: 1,
          placeVersion: 1,
        },
      ],
    },
  },
});
