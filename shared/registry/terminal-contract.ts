import * as z from 'zod';
import { type AccessTarget, targetOf } from '../kernel/access.ts';
import { InstallationId, isProducer, LocationId, SellerId, TerminalCode } from '../kernel/ids.ts';
import { Instant } from '../kernel/time.ts';
import {
  Cursor,
  defineOperation,
  defineReadOperation,
  EmptyObject,
  NextCursor,
} from '../platform/operation-contract.ts';
import { Name, Terminal } from './entries.ts';
import { ExportedKey } from './terminal-key.ts';

/** Corrects spaces, hyphens and lower case. */
export const EnrolmentCodeInput = z
  .string()
  .transform((text) => text.replace(/[\s-]/g, '').toUpperCase())
  .refine((text) => /^[0-9A-HJKMNP-TV-Z]{8}$/.test(text), 'a code is eight letters or digits, without I, L, O and U');

const locationTarget = ({ path: { location } }: { path: { location: LocationId } }): AccessTarget => targetOf(location);

export const exampleTerminal = {
  location: 'LKO-01',
  seller: 'LKO1',
  installation: '6f1c0a2e-7d41-4b58-9f0a-2f6f3b0c9d11',
  key: {
    kty: 'EC',
    crv: 'P-256',
    x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
    y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
  },
  enrolledAt: '2026-11-22T04:00:00.000Z',
};

export const issueEnrolmentCode = defineOperation({
  id: 'issueEnrolmentCode',
  function: 'registry',
  method: 'POST',
  route: '/locations/{location}/enrolment-codes',
  summary:
    'Issue a one-time code for one phone or paper bill book to enrol at this location for one seller. It is valid for a day; each call issues another.',
  access: { roles: ['officer', 'admin'], target: locationTarget },
  path: z.strictObject({ location: LocationId }),
  query: EmptyObject,
  body: z.strictObject({ seller: SellerId, paper: z.boolean().optional() }),
  consumes: 'application/json',
  ifMatch: false,
  reply: z.strictObject({ code: z.string(), location: LocationId, seller: SellerId, expiresAt: Instant }),
  statuses: [201],
  errors: ['MALFORMED_JSON', 'BODY_TOO_LARGE', 'NOT_FOUND', 'SELLER_NOT_HERE', 'ENTRY_CLOSED'],
  example: {
    path: { location: 'LKO-01' },
    body: { seller: 'LKO1' },
    reply: { code: 'X4T9 0RWE', location: 'LKO-01', seller: 'LKO1', expiresAt: '2026-11-23T04:00:00.000Z' },
  },
});

export const enrolTerminal = defineOperation({
  id: 'enrolTerminal',
  function: 'registry',
  method: 'POST',
  route: '/locations/{location}/terminals',
  summary:
    'Enrol one installation of the app with its one-time code and its public key (ES256). The key signs everything that the terminal numbers. A repeat by the same phone gets the same terminal.',
  access: { roles: ['outlet', 'depot', 'producer', 'admin'], target: locationTarget },
  path: z.strictObject({ location: LocationId }),
  query: EmptyObject,
  body: z.strictObject({ code: EnrolmentCodeInput, installation: InstallationId, key: ExportedKey }),
  consumes: 'application/json',
  ifMatch: false,
  reply: Terminal.extend({ terminal: TerminalCode }),
  statuses: [201, 200],
  errors: ['MALFORMED_JSON', 'BODY_TOO_LARGE', 'ENROLMENT_CODE_UNKNOWN', 'ENROLMENT_CODE_USED'],
  example: {
    path: { location: 'LKO-01' },
    body: { code: 'X4T9 0RWE', installation: exampleTerminal.installation, key: exampleTerminal.key },
    reply: { terminal: '7KQ2M', ...exampleTerminal },
  },
});

export const listTerminals = defineReadOperation({
  id: 'listTerminals',
  function: 'registry',
  route: '/locations/{location}/terminals',
  summary: "List a location's or producer's terminals, including revoked and handed-over ones.",
  access: {
    roles: ['outlet', 'depot', 'producer', 'officer', 'admin'],
    permits: (role, { location }) => role !== 'producer' || isProducer(location),
    target: locationTarget,
  },
  path: z.strictObject({ location: LocationId }),
  query: z.strictObject({ cursor: Cursor.optional() }),
  reply: z.strictObject({
    location: LocationId,
    terminals: z.array(Terminal.extend({ terminal: TerminalCode })),
    cursor: NextCursor,
  }),
  errors: [],
  example: {
    path: { location: 'LKO-01' },
    reply: { location: 'LKO-01', terminals: [{ terminal: '7KQ2M', ...exampleTerminal }] },
  },
});

export const revokeTerminal = defineOperation({
  id: 'revokeTerminal',
  function: 'registry',
  method: 'POST',
  route: '/locations/{location}/terminals/{terminal}/revoke',
  summary: 'Revoke a lost terminal. Its recorded vouchers stay; it is refused within a minute.',
  access: { roles: ['officer', 'admin'], target: locationTarget },
  path: z.strictObject({ location: LocationId, terminal: TerminalCode }),
  query: EmptyObject,
  body: z.strictObject({ reason: Name }),
  consumes: 'application/json',
  ifMatch: false,
  reply: Terminal.extend({ terminal: TerminalCode }),
  statuses: [200],
  errors: ['MALFORMED_JSON', 'BODY_TOO_LARGE', 'NOT_FOUND'],
  example: {
    path: { location: 'LKO-01', terminal: '7KQ2M' },
    body: { reason: 'phone lost on the train' },
    reply: {
      terminal: '7KQ2M',
      ...exampleTerminal,
      revoked: { at: '2026-11-22T06:00:00.000Z', by: 'officer-lko', reason: 'phone lost on the train' },
    },
  },
});
