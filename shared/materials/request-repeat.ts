import { createHash } from 'node:crypto';
import type { ProducerId } from '../kernel/ids.ts';
import { toCanonicalJson } from '../kernel/json.ts';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import type { MaterialRequest, RequestClaim } from './material-request.ts';

export type RequestSubmissionResult = { readonly did: 'recorded' | 'repeated'; readonly request: MaterialRequest };

/** `recordedBy`: the call that wrote the request. */
export type StoredSubmission = {
  readonly claimHash: Uint8Array;
  readonly recordedBy: string;
  readonly request: MaterialRequest;
};

type SubmittedClaim = { readonly producer: ProducerId; readonly claim: RequestClaim };

/** SHA-256. The same claim for another producer is another request. */
export const requestHashOf = ({ producer, claim }: SubmittedClaim): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash('sha256').update(toCanonicalJson({ producer, claim })).digest());

/**
 * Idempotency of a submission: the same claim under the number is a repeat, another a conflict.
 * With `recordedBy`, a request of this same call is new: its answer was lost.
 */
export const repeatOrConflict = (
  stored: StoredSubmission,
  { recordedBy, ...submitted }: SubmittedClaim & { readonly recordedBy?: string },
): RequestSubmissionResult | Refusal => {
  if (Buffer.compare(stored.claimHash, requestHashOf(submitted)) !== 0)
    return refuse('VOUCHER_CONFLICT', 'This number belongs to another request; nothing was changed.');
  return { did: stored.recordedBy === recordedBy ? 'recorded' : 'repeated', request: stored.request };
};

/** A recorded claim stays a repeat, even if a check would refuse it now. */
export const repeatOrRefusal = (
  stored: StoredSubmission | undefined,
  submitted: SubmittedClaim,
  refusal: Refusal,
): RequestSubmissionResult | Refusal => (stored ? repeatOrConflict(stored, submitted) : refusal);
