import * as z from 'zod';
import { Job } from '../shared/contract/jobs.ts';
import { Role, Scope } from '../shared/domain/access.ts';
import { parse } from '../shared/domain/parse.ts';
import { isRefusal, type Refusal } from '../shared/domain/refusal.ts';
import type { Issuer } from './issuer.ts';

/** What a path of this machine answers to a body and the name at its end. */
export type LocalPath = (body: unknown, name: string) => Promise<object | Refusal>;

const TokenAsked = z.strictObject({ role: Role, scope: z.array(Scope).default([]) });

/** `POST /local/token` signs anyone in; `POST /local/jobs/{job}` runs a scheduled job now. No cloud stack has either. */
export const localPaths = (issuer: Issuer, runJob: (job: Job) => Promise<object>): Map<string, LocalPath> =>
  new Map<string, LocalPath>([
    [
      'token',
      async (body) => {
        const asked = parse(TokenAsked, body);
        return isRefusal(asked) ? asked : { token: await issuer.token(asked.parsed) };
      },
    ],
    [
      'jobs',
      async (_body, name) => {
        const job = parse(Job, name);
        return isRefusal(job) ? job : runJob(job.parsed);
      },
    ],
  ]);
