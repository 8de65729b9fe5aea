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
 * `/local/audit/{place}` reconciles a location.
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
  ]);
