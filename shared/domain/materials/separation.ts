import type { LocationId } from '../ids.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { Instant } from '../time.ts';
import type { MaterialRequest } from './request.ts';

/** A month of a depot: how many confirmations there were, and how many of them the issuer entered by signature. */
export type ConfirmationCount = { readonly confirmed: number; readonly byIssuer: number };

/** What a confirmation adds to its depot's month. `expected`: the counts on which an issuer's was allowed. */
export type CountedConfirmation = {
  readonly depot: LocationId;
  readonly at: Instant;
  readonly byIssuer: boolean;
  readonly expected?: ConfirmationCount | undefined;
};

/** So many a month are always allowed, since a share of few says nothing; unless the share is 0. */
export const ALLOWED_ANYWAY = 5;

/** Whether this account issued anything that a confirmation of the request would now confirm. */
export const isIssuer = ({ history }: Pick<MaterialRequest, 'history'>, account: string): boolean => {
  const since = history.findLastIndex(({ did }) => did === 'confirm');
  return history.some(({ did, by }, at) => at > since && did === 'issue' && by === account);
};

/** One more by the issuer is refused where it would pass the share, in percent, that officers set for the depot. */
export const refuseIssuer = ({ confirmed, byIssuer }: ConfirmationCount, share: number): Refusal | undefined => {
  const allowed = share === 0 ? 0 : Math.max(ALLOWED_ANYWAY, Math.floor((share * (confirmed + 1)) / 100));
  if (byIssuer < allowed) return undefined;
  return refuse(
    'SECOND_PERSON_NEEDED',
    `Signatures entered by whoever issued may be ${share} % of a month's confirmations here; ${byIssuer} of ${confirmed} are.`,
    { share, confirmed, byIssuer },
  );
};
