import * as z from 'zod';
import { type Caller, Role, Scope } from '../kernel/access.ts';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import { needsSecondFactor } from '../kernel/second-factor.ts';

/** API Gateway writes array claims as text: `[outlet]`, `[a b]`. */
const parseList = (text: string): string[] =>
  text
    .replace(/^\[|\]$/g, '')
    .split(/[\s,]+/)
    .filter(Boolean);

const CallerClaims = z.object({
  sub: z.string().min(1),
  'cognito:groups': z.string().transform(parseList).pipe(z.array(Role).length(1)),
  /** Only Cognito's token trigger sets it. */
  mfa: z.literal('true').optional().catch(undefined),
  'custom:scope': z.string().default('').transform(parseList).pipe(z.array(Scope)),
});

/** The caller of a verified token. It must name exactly one role. */
export const callerOf = (claims: unknown): Caller | Refusal => {
  if (claims === undefined) return refuse('UNAUTHENTICATED', 'The request carried no token.');
  const { data } = CallerClaims.safeParse(claims);
  if (!data) return refuse('FORBIDDEN', 'The token names no single role and scopes that Bahi knows.');
  const role = data['cognito:groups'][0] as Role;
  if (needsSecondFactor(role) && data.mfa === undefined)
    return refuse(
      'MFA_REQUIRED',
      `The role ${role} signs in with a second factor, and this token was given without one.`,
    );
  return { sub: data.sub, role, scopes: data['custom:scope'] };
};
