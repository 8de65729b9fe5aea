import * as z from 'zod';
import { type AccessTarget, targetOf } from '../kernel/access.ts';
import { FreeText } from '../kernel/claim-fields.ts';
import { type AreaId, DistrictId, LocationId } from '../kernel/ids.ts';
import { Instant } from '../kernel/time.ts';
import {
  type AccessRule,
  Cursor,
  defineOperation,
  defineReadOperation,
  EmptyObject,
  NextCursor,
} from '../platform/operation-contract.ts';
import { Audience, isArea } from '../registry/staff.ts';
import { AlertResponse, AlertType } from './alert.ts';
import { AlertKey } from './alert-source.ts';
import { AlertState, EscalationLevel } from './alert-state.ts';

const exampleAlert = {
  alert: 'LKO-KURTA-M:short',
  says: {
    en: 'Chikan kurta, M: You have 2: more is needed at 3.',
    hi: 'चिकन कुर्ता, एम: आपके पास 2 हैं: 3 रह जाने पर और मँगाएँ।',
  },
  location: 'LKO-01',
  item: 'LKO-KURTA-M',
  type: 'short',
  district: 'LKO',
  state: 'open',
  episode: 1,
  openedAt: '2026-11-22T05:00:01.000Z',
  level: 'outlet',
  figures: { onHand: 2, free: 2, inbound: 0, reorderPoint: 3 },
  before: { onHand: 3, free: 3, inbound: 0, reorderPoint: 3 },
  changedAt: '2026-11-22T06:10:00.000Z',
  stockVersion: 7,
  itemVersion: 1,
  placeVersion: 1,
  version: 2,
};

const Area = z.union([z.literal('state'), DistrictId]);

const areaTargetOf = (area: AreaId): AccessTarget =>
  area === 'state' ? { kind: 'state' } : { kind: 'district', district: area };

export const listAlerts = defineReadOperation({
  id: 'listAlerts',
  function: 'alerts',
  route: '/alerts',
  summary:
    'Alerts of one location, of a district or of the state; by default of all that the caller looks after. Those that nobody has taken on or put off, unless another state is asked for.',
  access: {
    roles: ['outlet', 'depot', 'officer', 'admin'],
    target: ({ query: { location, area } }) => {
      if (location) return targetOf(location);
      return area ? areaTargetOf(area) : { kind: 'anything' };
    },
  },
  path: EmptyObject,
  query: z
    .strictObject({
      location: LocationId.optional(),
      area: Area.optional(),
      state: AlertState.optional(),
      level: EscalationLevel.optional(),
      type: AlertType.optional(),
      cursor: Cursor.optional(),
    })
    .refine(({ location, area }) => !(location && area), {
      path: ['area'],
      error: 'name a location or an area, not both',
    }),
  reply: z.strictObject({
    alerts: z.array(AlertResponse),
    /** Number of alerts left out because they cannot be read. */
    unreadable: z.int().min(1).optional(),
    cursor: NextCursor,
  }),
  errors: [],
  example: {
    path: {},
    query: { location: 'LKO-01' },
    reply: {
      alerts: [
        exampleAlert,
        {
          alert: 'held:7KQ2MS2611220001-0a1b2c3d4e5f',
          says: {
            en: 'Voucher 7KQ2MS2611220001 is not in the book yet, because: The registry has no such item; an officer has to settle it.',
            hi: 'वाउचर 7KQ2MS2611220001 अभी बही में दर्ज नहीं हो सका (ITEM_UNKNOWN): अधिकारी को तय करना है।',
          },
          location: 'LKO-01',
          type: 'held',
          about: '7KQ2MS2611220001-0a1b2c3d4e5f',
          district: 'LKO',
          state: 'open',
          episode: 1,
          openedAt: '2026-11-22T05:00:01.000Z',
          level: 'district',
          figures: {
            number: '7KQ2MS2611220001',
            heldAt: '2026-11-22T05:00:01.000Z',
            problem: { code: 'ITEM_UNKNOWN', detail: 'The registry has no such item.' },
            state: 'held',
          },
          sourceVersion: 1,
          placeVersion: 1,
          version: 1,
        },
      ],
    },
  },
});

/** `unresolved`: open, taken on or put off. */
export const AlertCount = z.strictObject({
  at: Audience,
  type: AlertType,
  open: z.int().min(0),
  unresolved: z.int().min(1),
});
export type AlertCount = z.infer<typeof AlertCount>;

export const countAlerts = defineReadOperation({
  id: 'countAlerts',
  function: 'alerts',
  route: '/alert-counts',
  summary:
    'Count the unresolved alerts of the state by district and type, or those of a district by location and type. What has none is left out.',
  access: { roles: ['officer', 'admin'], target: ({ query: { area } }) => areaTargetOf(area) },
  path: EmptyObject,
  query: z.strictObject({ area: Area }),
  reply: z.strictObject({
    area: Area,
    counts: z.array(AlertCount),
    /** Number of alerts left out because they cannot be read. */
    unreadable: z.int().min(1).optional(),
  }),
  errors: [],
  example: {
    path: {},
    query: { area: 'state' },
    reply: {
      area: 'state',
      counts: [
        { at: 'LKO', type: 'out', open: 3, unresolved: 4 },
        { at: 'PBT', type: 'silent', open: 0, unresolved: 1 },
      ],
    },
  },
});

type AlertRequest = { location: Audience; alert: AlertKey };

const alertAccess: AccessRule<AlertRequest, unknown> = {
  roles: ['outlet', 'depot', 'officer', 'admin'],
  target: ({ path: { location } }) => (isArea(location) ? areaTargetOf(location) : targetOf(location)),
};

const alertActionContract = {
  ...({ function: 'alerts', method: 'POST', access: alertAccess, query: EmptyObject } as const),
  path: z.strictObject({ location: Audience, alert: AlertKey }),
  ...({ consumes: 'application/json', ifMatch: true, reply: AlertResponse, statuses: [200] } as const),
  errors: [
    ...(['MALFORMED_JSON', 'BODY_TOO_LARGE', 'NOT_FOUND', 'PRECONDITION_REQUIRED', 'VERSION_MISMATCH'] as const),
    'ALERT_RESOLVED' as const,
  ],
};

const examplePath = { location: 'LKO-01', alert: exampleAlert.alert };

export const acknowledgeAlert = defineOperation({
  ...alertActionContract,
  id: 'acknowledgeAlert',
  route: '/alerts/{location}/{alert}/acknowledge',
  summary:
    'Take an alert on: someone has it in hand. Who was first stays; said again, nothing changes. An `underpriced` or `stranger` alert is resolved by an officer who acknowledges it.',
  body: EmptyObject,
  example: {
    path: examplePath,
    body: {},
    reply: {
      ...exampleAlert,
      state: 'acknowledged',
      version: 3,
      acknowledged: { at: '2026-11-22T06:30:00.000Z', by: 'lko-01-phone' },
    },
  },
});

export const snoozeAlert = defineOperation({
  ...alertActionContract,
  id: 'snoozeAlert',
  route: '/alerts/{location}/{alert}/snooze',
  summary:
    'Put an alert off until a time, 30 days from now at most, with a reason. When that has come it is open again.',
  body: z.strictObject({ until: Instant, why: FreeText }),
  example: {
    path: examplePath,
    body: { until: '2026-11-24T03:30:00.000Z', why: 'the weaver delivers on Tuesday' },
    reply: {
      ...exampleAlert,
      state: 'snoozed',
      version: 3,
      snoozed: {
        at: '2026-11-22T06:30:00.000Z',
        by: 'lko-01-phone',
        until: '2026-11-24T03:30:00.000Z',
        why: 'the weaver delivers on Tuesday',
      },
    },
  },
});
