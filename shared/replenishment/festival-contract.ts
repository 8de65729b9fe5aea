import * as z from 'zod';
import { FestivalId } from '../kernel/ids.ts';
import { defineReadOperation, EmptyObject } from '../platform/operation-contract.ts';
import { Festival } from '../registry/entries.ts';
import { SeasonalSample } from './seasonal-calibration.ts';

/** `factor`: entered. `planned`: calibrated by `taughtBy`. */
const CalibratedFestival = Festival.safeExtend({
  festival: FestivalId,
  planned: z.number(),
  taughtBy: z.array(FestivalId),
  seen: SeasonalSample.extend({ factor: z.number() }).optional(),
});

export const listFestivals = defineReadOperation({
  id: 'listFestivals',
  function: 'reports',
  route: '/festivals',
  summary:
    'List festivals with their entered factor, the factor that plans use and, once ended, the observed factor. An ended festival calibrates later ones of the same name, craft and district. Edit entered factors in the registry.',
  access: { roles: ['officer', 'admin'], target: () => ({ kind: 'anything' }) },
  path: EmptyObject,
  query: EmptyObject,
  reply: z.strictObject({ festivals: z.array(CalibratedFestival) }),
  errors: [],
  example: {
    path: {},
    reply: {
      festivals: [
        {
          festival: 'DIWALI-2026',
          name: 'Diwali',
          nameHi: 'दीवाली',
          from: '2026-11-01',
          to: '2026-11-09',
          factor: 2.5,
          planned: 2.5,
          taughtBy: [],
          seen: { sold: 5_130, expected: 1_650, factor: 3.08 },
        },
        {
          festival: 'DIWALI-2027',
          name: 'Diwali',
          nameHi: 'दीवाली',
          from: '2027-10-21',
          to: '2027-10-30',
          factor: 2.5,
          planned: 3.09,
          taughtBy: ['DIWALI-2026'],
        },
      ],
    },
  },
});
