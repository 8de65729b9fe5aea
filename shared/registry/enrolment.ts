import * as z from 'zod';
import { type InstallationId, LocationId, SellerId, TerminalCode } from '../kernel/ids.ts';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import { Instant } from '../kernel/time.ts';
import type { Terminal } from './entries.ts';
import type { TerminalKey } from './terminal-key.ts';

export type CodeGrant = Pick<Terminal, 'location' | 'seller' | 'paper'> & { readonly expiresAt: Instant };

/** `terminal`: once the code is used. */
export const GrantedCode = z.object({
  location: LocationId,
  seller: SellerId,
  expiresAt: Instant,
  paper: z.literal(true).optional(),
  terminal: TerminalCode.optional(),
});
export type GrantedCode = z.infer<typeof GrantedCode>;

export type EnrolmentRequest = {
  readonly location: LocationId;
  readonly code: string;
  readonly installation: InstallationId;
  readonly key: TerminalKey;
  readonly now: Instant;
};

/** The terminal that an unused code creates. */
export const decideEnrolment = (
  code: GrantedCode | undefined,
  { location, installation, key, now }: EnrolmentRequest,
): Terminal | Refusal => {
  if (!code || code.expiresAt <= now)
    return refuse('ENROLMENT_CODE_UNKNOWN', `No open enrolment code at ${location} matches this one.`);
  const { seller, paper } = code;
  return { location, seller, installation, key, enrolledAt: now, ...(paper && { paper }) };
};

/** Only the same installation with the same key gets the terminal again. */
export const refuseOtherPhone = (
  { installation, key }: Pick<Terminal, 'installation' | 'key'>,
  request: EnrolmentRequest,
): Refusal | undefined => {
  if (installation !== request.installation) return refuse('ENROLMENT_CODE_USED', 'Another phone used this code.');
  if (key.x === request.key.x && key.y === request.key.y) return undefined;
  return refuse(
    'ENROLMENT_CODE_USED',
    'This phone enrolled with this code and another key. Only that key can sign for the terminal.',
  );
};
