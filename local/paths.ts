import * as z from 'zod';
import { Role, Scope } from '../shared/domain/access.ts';
import type { Issuer } from './issuer.ts';
import type { LocalPaths } from './server.ts';

const TokenAsked = z.strictObject({ role: Role, scope: z.array(Scope).default([]) });

/** `POST /local/token` signs anyone in; `POST /local/jobs/{job}` runs a scheduled job now. No cloud stack has either. */
export const localPaths = (issuer: Issuer, runJob: (job: string) => Promise<unknown>): LocalPaths => ({
  token: async (body) => ({ token: await issuer.token(TokenAsked.parse(body)) }),
  jobs: async (_body, job) => runJob(job),
});
