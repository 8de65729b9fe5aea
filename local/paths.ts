import * as z from 'zod';
import type { PhoneKey } from '../shared/api/phone-key.ts';
import { Role, Scope } from '../shared/kernel/access.ts';
import { LocationId } from '../shared/kernel/ids.ts';
import { isRefusal, parse, type Refusal } from '../shared/kernel/refusal.ts';
import type { BilingualText } from '../shared/kernel/units.ts';
import { VoucherNumber } from '../shared/kernel/voucher-number.ts';
import { Job } from '../shared/platform/jobs.ts';
import type { Issuer } from './issuer.ts';
import type { Outbox } from './outbox.ts';

/** `at`: what they work at. `by`: their number as staff, or the artisan's own. */
type DemoUser = {
  readonly role: Role;
  readonly scope: readonly string[];
  readonly name: string;
  readonly nameHi: string;
  readonly at: BilingualText;
  readonly by: string;
};

const PILIBHIT_DEPOT = { en: 'Bamboo depot, Pilibhit', hi: 'बाँस डिपो, पीलीभीत' };

/** Whom a person may play on the screens: people of the demo book. */
const DEMO_USERS: readonly DemoUser[] = [
  {
    role: 'outlet',
    scope: ['location:LKO-01'],
    name: 'Asha Maurya',
    nameHi: 'आशा मौर्य',
    at: { en: 'Lucknow, stall LKO-01', hi: 'लखनऊ, दुकान LKO-01' },
    by: 'S001',
  },
  {
    role: 'outlet',
    scope: ['location:LKO-02'],
    name: 'Zakir Siddiqui',
    nameHi: 'ज़ाकिर सिद्दीकी',
    at: { en: 'Lucknow, stall LKO-02', hi: 'लखनऊ, दुकान LKO-02' },
    by: 'S002',
  },
  {
    role: 'depot',
    scope: ['location:PBE-D1'],
    name: 'Munni Kashyap',
    nameHi: 'मुन्नी कश्यप',
    at: PILIBHIT_DEPOT,
    by: 'S026',
  },
  {
    role: 'depot',
    scope: ['location:PBE-D1'],
    name: 'Shahid Siddiqui',
    nameHi: 'शाहिद सिद्दीकी',
    at: PILIBHIT_DEPOT,
    by: 'S039',
  },
  {
    role: 'producer',
    scope: ['producer:P0042'],
    name: 'Noorjahan Khatoon',
    nameHi: 'नूरजहाँ ख़ातून',
    at: { en: 'Flute maker, Pilibhit', hi: 'बांसुरी कारीगर, पीलीभीत' },
    by: 'P0042',
  },
  {
    role: 'officer',
    scope: ['district:LKO', 'district:KNP'],
    name: 'Meena Tripathi',
    nameHi: 'मीना त्रिपाठी',
    at: { en: 'Lucknow and Kanpur', hi: 'लखनऊ और कानपुर' },
    by: 'S041',
  },
  {
    role: 'officer',
    scope: ['state'],
    name: 'Ravi Shukla',
    nameHi: 'रवि शुक्ला',
    at: { en: 'Uttar Pradesh', hi: 'उत्तर प्रदेश' },
    by: 'S042',
  },
];

/** `name`: the last path part. */
export type LocalPath = (body: unknown, name: string) => Promise<object | Refusal>;

/** `sub`: two people of one place are two accounts (docs/adr/0028). */
const TokenRequest = z.strictObject({
  role: Role,
  scope: z.array(Scope).default([]),
  sub: z
    .string()
    .regex(/^local-[\w-]{1,20}$/)
    .optional(),
});

/** A job plans its own days and locations. */
const EmptyBody = z.strictObject({});

const ProofRequest = z.strictObject({
  place: LocationId,
  number: VoucherNumber,
  body: z.record(z.string(), z.unknown()),
});

type LocalServices = {
  readonly runJob: (job: Job) => Promise<object>;
  readonly audit: (place: LocationId) => Promise<object>;
  readonly outbox: Pick<Outbox, 'all'>;
  readonly phone: PhoneKey;
};

/**
 * Local only. `/local/token` signs in. `/local/proof` signs with the demo phone's key.
 * `/local/audit/{place}` reconciles a location. `/local/users` lists whom one may play.
 */
export const localPaths = (issuer: Issuer, { runJob, audit, outbox, phone }: LocalServices): Map<string, LocalPath> =>
  new Map<string, LocalPath>([
    [
      'POST token',
      async (body) => {
        const asked = parse(TokenRequest, body);
        if (isRefusal(asked)) return asked;
        const { sub, ...rest } = asked.parsed;
        return { token: await issuer.token({ ...rest, ...(sub !== undefined && { sub }) }) };
      },
    ],
    [
      'POST jobs',
      async (body, name) => {
        const empty = parse(EmptyBody, body);
        if (isRefusal(empty)) return empty;
        const job = parse(Job, name);
        return isRefusal(job) ? job : runJob(job.parsed);
      },
    ],
    [
      'POST audit',
      async (_body, name) => {
        const place = parse(LocationId, name);
        return isRefusal(place) ? place : audit(place.parsed);
      },
    ],
    [
      'POST proof',
      async (body) => {
        const asked = parse(ProofRequest, body);
        if (isRefusal(asked)) return asked;
        const { place, number, body: claim } = asked.parsed;
        return { proof: await phone.prove(place, number, claim) };
      },
    ],
    ['GET outbox', () => outbox.all()],
    ['GET users', async () => ({ users: DEMO_USERS })],
  ]);
