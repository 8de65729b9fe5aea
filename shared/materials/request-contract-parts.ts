import * as z from 'zod';
import { DepotId, type ProducerId, StaffId, StockLocationId } from '../kernel/ids.ts';
import { partsOf, VoucherNumber } from '../kernel/voucher-number.ts';
import type { AccessRule } from '../platform/operation-contract.ts';

export const depotAccess: AccessRule<{ depot: StockLocationId }, unknown> = {
  roles: ['depot', 'officer', 'admin'],
  target: ({ path: { depot } }) => ({ kind: 'location', location: depot }),
};

export const RequestNumber = VoucherNumber.refine(
  (number) => partsOf(number).kind === 'Q',
  'the number of a request has the kind Q',
);

export const DepotLocationId = z.string().pipe(DepotId).pipe(StockLocationId);

/** At a counter the handler checks the request's depot. */
export const producerAccess: AccessRule<{ producer: ProducerId }, unknown> = {
  roles: ['producer', 'depot', 'officer', 'admin'],
  target: ({ path: { producer }, role }) => (role === 'depot' ? { kind: 'anything' } : { kind: 'producer', producer }),
};

/** Required from a depot's account, optional from an officer's. */
export const ByStaff = StaffId.optional();

export const TRANSITION_ERRORS = [
  'STAFF_UNKNOWN',
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

export const exampleIssued = {
  ...exampleRequest,
  state: 'issued',
  lines: [{ item: 'PBT-BAMBOO', asked: 60_000, approved: 40_000, issued: 40_000 }],
  history: [
    ...exampleRequest.history,
    {
      did: 'allocate',
      at: '2026-11-23T00:30:00.000Z',
      by: 'allocate-materials',
      run: '2026-11-23',
      lines: [{ item: 'PBT-BAMBOO', quantity: 40_000 }],
      told: {
        en: 'For you: 40 kg of the 60 kg of Flute Bamboo that you asked for, as 300 kg were shared among 9 by entitlement, and yours is 120 kg; collect it by 29 November, and ask again for the rest.',
        hi: 'आपके लिए: बांसुरी का बाँस, 60 किग्रा की माँग में से 40 किग्रा, क्योंकि 300 किग्रा माल 9 कारीगरों में हक़ के हिसाब से बँटा, और आपका हक़ 120 किग्रा है; 29 नवंबर तक ले जाइए, और बाकी के लिए फिर माँगिए।',
      },
    },
    { did: 'issue', at: '2026-11-22T07:00:00.000Z', by: 'pbe-depot', voucher: '7KQ2MI2611220001' },
  ],
  version: 3,
};
