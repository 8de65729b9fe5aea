import type { StaffId, StockLocationId } from '../kernel/ids.ts';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import type { Instant } from '../kernel/time.ts';
import type { CONFIRMATION_PROOFS, MaterialRequest } from './material-request.ts';

/** Per month; `byIssuer`: signatures entered by the issuer. */
export type ConfirmationCount = { readonly confirmed: number; readonly byIssuer: number };

/** `expected`: counts that allowed an issuer's signature. */
export type ConfirmationCountChange = {
  readonly depot: StockLocationId;
  readonly at: Instant;
  readonly proof: (typeof CONFIRMATION_PROOFS)[number];
  readonly byIssuer: boolean;
  readonly expected?: ConfirmationCount | undefined;
};

/** Always allowed per month, because a percentage of few means little; unless the share is 0. */
export const MIN_ISSUER_CONFIRMATIONS = 5;

/** Percent (docs/adr/0028). */
export const DEFAULT_ISSUER_SHARE = 20;

type Setting = { readonly issuerShare?: number | undefined };

export const issuerShareIn = (depot: Setting, district: Setting | undefined): number =>
  depot.issuerShare ?? district?.issuerShare ?? DEFAULT_ISSUER_SHARE;

export type Enterer = { readonly account: string; readonly staff: StaffId | undefined };

/**
 * Whether account or staff made an issue that this confirmation covers. A reversed issue does not
 * count.
 */
export const isIssuer = ({ history }: Pick<MaterialRequest, 'history'>, { account, staff }: Enterer): boolean => {
  const since = history.findLastIndex(({ did }) => did === 'confirm' || did === 'undo' || did === 'askAnew');
  const undone = new Set(history.flatMap(({ undoes }) => undoes ?? []));
  return history
    .slice(since + 1)
    .filter(({ did, voucher }) => did === 'issue' && !(voucher && undone.has(voucher)))
    .some((issue) => issue.by === account || (staff !== undefined && issue.staff === staff));
};

/** `share` in percent. */
export const refuseIssuer = ({ confirmed, byIssuer }: ConfirmationCount, share: number): Refusal | undefined => {
  const allowed = share === 0 ? 0 : Math.max(MIN_ISSUER_CONFIRMATIONS, Math.floor((share * (confirmed + 1)) / 100));
  if (byIssuer < allowed) return undefined;
  return refuse(
    'SECOND_PERSON_NEEDED',
    `At most ${share} % of a month's confirmations may be signatures entered by the issuer; ${byIssuer} of ${confirmed} are.`,
    { share, confirmed, byIssuer },
  );
};

/** Counts of a month such as `2026-11`. */
export type ConfirmationMonth = { readonly month: string } & Readonly<
  Record<'confirmed' | 'byCode' | 'byCard' | 'bySignature' | 'byIssuer', number>
>;
