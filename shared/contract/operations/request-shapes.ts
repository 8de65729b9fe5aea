import * as z from 'zod';
import { DepotId, LocationId, type ProducerId } from '../../domain/ids.ts';
import { partsOf, VoucherNumber } from '../../domain/vouchers/number.ts';
import type { Access } from '../operation.ts';

export const RequestNumber = VoucherNumber.refine(
  (number) => partsOf(number).kind === 'Q',
  'the number of a request has the kind Q',
);
export const Depot = z.string().pipe(DepotId).pipe(LocationId);

/** A producer's own, and at the depot's counter anyone's: which depot, the request itself says, and is checked there. */
export const ofProducer: Access<{ producer: ProducerId }, unknown> = {
  roles: ['producer', 'depot', 'officer', 'admin'],
  target: ({ path: { producer }, role }) => (role === 'depot' ? { kind: 'anything' } : { kind: 'producer', producer }),
};

/** What a move of a request can meet. */
export const MOVE_ERRORS = [
  'MALFORMED_JSON',
  'BODY_TOO_LARGE',
  'NOT_FOUND',
  'REQUEST_STATE',
  'PRECONDITION_REQUIRED',
  'VERSION_MISMATCH',
] as const;

export const exampleRequest = {
  request: '7KQ2MQ2611220001',
  producer: 'P0042',
  depot: 'PBE-D1',
  season: '2026-27',
  via: 'own',
  neededBy: '2026-12-01',
  lines: [{ item: 'PBT-BAMBOO', asked: 60_000, approved: 0, issued: 0 }],
  state: 'submitted',
  submittedAt: '2026-11-22T05:00:00.000Z',
  history: [{ did: 'submit', at: '2026-11-22T05:00:01.000Z', by: 'p0042-phone' }],
  version: 1,
};
