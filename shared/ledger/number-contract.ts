import * as z from 'zod';
import { targetOf } from '../kernel/access.ts';
import { isProducer, LocationId, TerminalCode } from '../kernel/ids.ts';
import { Day } from '../kernel/time.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';
import { defineReadOperation } from '../platform/operation-contract.ts';

export const getNumbers = defineReadOperation({
  id: 'getNumbers',
  function: 'vouchers',
  route: '/locations/{location}/terminals/{terminal}/numbers',
  summary:
    "What is known of a terminal's numbers since a day, at most a month ago (a week, if none is said): the last of each kind, the latest of all, and which were surely used and have not come, to be brought now.",
  access: {
    roles: ['outlet', 'depot', 'producer', 'officer', 'admin'],
    permits: (role, { location }) => role !== 'producer' || isProducer(location),
    target: ({ path: { location } }) => targetOf(location),
  },
  path: z.strictObject({ location: LocationId, terminal: TerminalCode }),
  query: z.strictObject({ since: Day.optional() }),
  reply: z.strictObject({
    location: LocationId,
    terminal: TerminalCode,
    since: Day,
    last: z.array(VoucherNumber),
    latest: VoucherNumber.optional(),
    missing: z.array(VoucherNumber),
  }),
  errors: ['NOT_FOUND'],
  example: {
    path: { location: 'LKO-01', terminal: '7KQ2M' },
    query: { since: '2026-11-20' },
    reply: {
      ...{ location: 'LKO-01', terminal: '7KQ2M', since: '2026-11-20' },
      last: ['7KQ2MR2611210002', '7KQ2MS2611220014'],
      latest: '7KQ2MS2611220014',
      missing: ['7KQ2MS2611220009'],
    },
  },
});
