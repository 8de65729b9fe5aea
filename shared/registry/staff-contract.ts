import * as z from 'zod';
import { targetOf } from '../kernel/access.ts';
import { StaffId, StockLocationId } from '../kernel/ids.ts';
import { defineReadOperation, EmptyObject } from '../platform/operation-contract.ts';
import { Name } from './entries.ts';

export const listStaff = defineReadOperation({
  id: 'listStaff',
  function: 'registry',
  route: '/locations/{location}/staff',
  summary:
    'List who works at a location now, by id: ids and names only, so that a phone offers the names of those who may sell there. Staff who left, or who only look after the location, are left out.',
  access: {
    roles: ['outlet', 'depot', 'officer', 'admin'],
    target: ({ path: { location } }) => targetOf(location),
  },
  path: z.strictObject({ location: StockLocationId }),
  query: EmptyObject,
  reply: z.strictObject({
    location: StockLocationId,
    staff: z.array(z.strictObject({ staff: StaffId, name: Name })),
  }),
  errors: [],
  example: {
    path: { location: 'LKO-01' },
    reply: { location: 'LKO-01', staff: [{ staff: 'S014', name: 'Asha Devi' }] },
  },
});
