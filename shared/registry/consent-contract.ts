import * as z from 'zod';
import { FreeText } from '../kernel/claim-fields.ts';
import { ProducerId } from '../kernel/ids.ts';
import { type AccessRule, defineOperation, EmptyObject } from '../platform/operation-contract.ts';
import { Consent, PublishedParts } from './consent.ts';

/** The producer, and officers of their district; no depot. */
export const ownAndOfficers: AccessRule<{ producer: ProducerId }, unknown> = {
  roles: ['producer', 'officer', 'admin'],
  target: ({ path: { producer } }) => ({ kind: 'producer', producer }),
};

export const setConsent = defineOperation({
  id: 'setConsent',
  function: 'registry',
  method: 'PUT',
  route: '/producers/{producer}/consent',
  summary:
    'Say what of a producer may be public: name, picture, village; an empty list withdraws. The producer consents by their own login, an officer only by a signed form, named in `paper`. It takes effect with the next regeneration of the public pages. Each change stays in the history of `consents`.',
  access: ownAndOfficers,
  path: z.strictObject({ producer: ProducerId }),
  query: EmptyObject,
  body: z.strictObject({ publish: PublishedParts, paper: FreeText.optional() }),
  consumes: 'application/json',
  ifMatch: false,
  reply: Consent.extend({ producer: ProducerId }),
  statuses: [200],
  errors: ['MALFORMED_JSON', 'BODY_TOO_LARGE', 'PRODUCER_UNKNOWN'],
  example: {
    path: { producer: 'P0042' },
    body: { publish: ['name', 'village'], paper: 'DIC/2026/118' },
    reply: {
      producer: 'P0042',
      publish: ['name', 'village'],
      given: 'on paper',
      by: 'officer-pbt',
      at: '2026-11-22T05:00:00.000Z',
      paper: 'DIC/2026/118',
    },
  },
});
