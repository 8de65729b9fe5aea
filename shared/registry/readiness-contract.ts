import * as z from 'zod';
import { AreaId, ClusterId, DistrictId, ProducerId } from '../kernel/ids.ts';
import { Day } from '../kernel/time.ts';
import { defineReadOperation, EmptyObject } from '../platform/operation-contract.ts';
import { Consent } from './consent.ts';
import { ownAndOfficers } from './consent-contract.ts';
import { Door, Paper, PaperState } from './readiness.ts';
import { Registrations } from './registrations.ts';

const count = z.int().min(0);

const ReadinessCounts = z.strictObject({
  district: DistrictId,
  cluster: ClusterId.optional(),
  producers: count,
  papers: z.array(z.strictObject({ paper: Paper, holders: count })),
  doors: z.array(z.strictObject({ door: Door, ready: count })),
});

export const getReadiness = defineReadOperation({
  id: 'getReadiness',
  function: 'registry',
  route: '/producers/{producer}/readiness',
  summary:
    'Read which papers a producer has, how far each is checked, and which doors they open: online marketplaces, the margin-money scheme, a Mudra loan, export, schemes for artisans, the name of a geographical indication. `lacks` names what is missing: of each group, one paper suffices.',
  access: ownAndOfficers,
  path: z.strictObject({ producer: ProducerId }),
  query: EmptyObject,
  reply: z.strictObject({
    producer: ProducerId,
    on: Day,
    papers: z.array(z.strictObject({ paper: Paper, state: PaperState })),
    doors: z.array(z.strictObject({ door: Door, open: z.boolean(), lacks: z.array(z.array(Paper)) })),
    held: Registrations,
    consent: Consent.optional(),
  }),
  errors: ['PRODUCER_UNKNOWN'],
  example: {
    path: { producer: 'P0042' },
    reply: {
      producer: 'P0042',
      on: '2026-11-22',
      papers: [{ paper: 'udyam', state: 'checked by form' }],
      doors: [{ door: 'mudra', open: false, lacks: [['pan'], ['bank']] }],
      held: { udyam: 'UDYAM-UP-61-0012345' },
    },
  },
});

export const getReadinessCounts = defineReadOperation({
  id: 'getReadinessCounts',
  function: 'registry',
  route: '/readiness',
  summary:
    'Count the producers of an area by the papers that they have and the doors that these open: one row for each district and cluster, and one for those of no cluster. Closed producers are left out.',
  access: {
    roles: ['officer', 'admin'],
    target: ({ query: { area } }) => (area === 'state' ? { kind: 'state' } : { kind: 'district', district: area }),
  },
  path: EmptyObject,
  query: z.strictObject({ area: AreaId }),
  reply: z.strictObject({ area: AreaId, on: Day, counts: z.array(ReadinessCounts) }),
  errors: [],
  example: {
    path: {},
    query: { area: 'PBT' },
    reply: {
      area: 'PBT',
      on: '2026-11-22',
      counts: [
        {
          district: 'PBT',
          cluster: 'PBT-FLUTE',
          producers: 250,
          papers: [{ paper: 'udyam', holders: 118 }],
          doors: [{ door: 'mudra', ready: 96 }],
        },
      ],
    },
  },
});
