import type { StaffId, StockLocationId } from '../kernel/ids.ts';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import type { Instant } from '../kernel/time.ts';
import type { CONFIRMATION_PROOFS, MaterialRequest } from './material-request.ts';

/** A month of a depot: how many confirmations there were, and how many of them the issuer entered by signature. */
export type ConfirmationCount = { readonly confirmed: number; readonly byIssuer: number };

/** What a confirmation adds to its depot's month. `expected`: the counts on which an issuer's was allowed. */
export type ConfirmationCountChange = {
  readonly depot: StockLocationId;
  readonly at: Instant;
  readonly proof: (typeof CONFIRMATION_PROOFS)[number];
  readonly byIssuer: boolean;
  readonly expected?: ConfirmationCount | undefined;
};

/** So many a month are always allowed, since a share of few says nothing; unless the share is 0. */
export const MIN_ISSUER_CONFIRMATIONS = 5;

/** Percent, until officers set another for a depot or its district. See docs/adr/0028. */
export const DEFAULT_ISSUER_SHARE = 20;

type Setting = { readonly issuerShare?: number | undefined };

/** Percent: the depot's own, else its district's, else the default. */
export const issuerShareIn = (depot: Setting, district: Setting | undefined): number =>
  depot.issuerShare ?? district?.issuerShare ?? DEFAULT_ISSUER_SHARE;

/** Who enters a confirmation: an account, and the member of staff that it says. */
export type Enterer = { readonly account: string; readonly staff: StaffId | undefined };

/**
 * Whether this account, or this member of staff under any account, issued what a confirmation of the request would now confirm. An issue
 * that came back whole is not confirmed.
 */
export const isIssuer = ({ history }: Pick<MaterialRequest, 'history'>, { account, staff }: Enterer): boolean => {
  const since = history.findLastIndex(({ did }) => did === 'confirm' || did === 'undo' || did === 'askAnew');
  const undone = new Set(history.flatMap(({ undoes }) => undoes ?? []));
  return history
    .slice(since + 1)
    .filter(({ did, voucher }) => did === 'issue' && !(voucher && undone.has(voucher)))
    .some((issue) => issue.by === account || (staff !== undefined && issue.staff === staff));
};

/** One more by the issuer is refused where it would pass the share, in percent, that is in force at the depot. */
export const refuseIssuer = ({ confirmed, byIssuer }: ConfirmationCount, share: number): Refusal | undefined => {
  const allowed = share === 0 ? 0 : Math.max(MIN_ISSUER_CONFIRMATIONS, Math.floor((share * (confirmed + 1)) / 100));
  if (byIssuer < allowed) return undefined;
  return refuse(
    'SECOND_PERSON_NEEDED',
    `Signatures entered by whoever issued may be ${share} % of a month's confirmations here; ${byIssuer} of ${confirmed} are.`,
    { share, confirmed, byIssuer },
  );
};

/** A month (`2026-11`) of a depot: how many confirmations there were, by each proof, and as signatures by the issuer. */
export type ConfirmationMonth = { readonly month: string } & Readonly<
  Record<'confirmed' | 'byCode' | 'byCard' | 'bySignature' | 'byIssuer', number>
>;
