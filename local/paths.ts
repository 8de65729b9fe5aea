import * as z from 'zod';
import type { PhoneKey } from '../shared/api/phone-key.ts';
import { Role, Scope } from '../shared/kernel/access.ts';
import { LocationId } from '../shared/kernel/ids.ts';
import { isRefusal, parse, type Refusal } from '../shared/kernel/refusal.ts';
import { VoucherNumber } from '../shared/kernel/voucher-number.ts';
import { Job } from '../shared/platform/jobs.ts';
import type { Issuer } from './issuer.ts';
import type { Outbox } from './outbox.ts';

/** `name`: the last path part. */
type DemoUser = {
  readonly role: Role;
  readonly scope: readonly string[];
  readonly name: string;
  readonly nameHi: string;
  /** Their number as staff. */
  readonly by: string;
};

/** Whom a person may play on the screens: people of the demo book. */
const DEMO_USERS: readonly DemoUser[] = [
  { role: 'outlet', scope: ['location:LKO-01'], name: 'Asha Maurya', nameHi: 'आशा मौर्य', by: 'S001' },
  { role: 'outlet', scope: ['location:LKO-02'], name: 'Zakir Siddiqui', nameHi: 'ज़ाकिर सिद्दीकी', by: 'S002' },
];

export type LocalPath = (body: unknown, name: string) => Promise<object | Refusal>;

const TokenRequest = z.strictObject({ role: Role, scope: z.array(Scope).default([]) });

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
        return isRefusal(asked) ? asked : { token: await issuer.token(asked.parsed) };
      },
    ],
    [
      'POST jobs',
      async (_body, name) => {
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
