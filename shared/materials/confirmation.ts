import * as z from 'zod';
import type { StaffId, StockLocationId } from '../kernel/ids.ts';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import { Instant, instantOf, millisecondsOf } from '../kernel/time.ts';
import type { CONFIRMATION_PROOFS, MaterialRequest } from './material-request.ts';

/** From issue to confirmation. */
export const CONFIRMATION_DAYS = 14;

export const ConfirmationCode = z.string().regex(/^\d{6}$/, 'a code is 6 digits');

/** A guess succeeds 5 times in a million. */
export const MAX_CODE_TRIES = 5;

/** Only its producer sees it. */
export const PendingConfirmation = z.strictObject({ code: ConfirmationCode, triesLeft: z.int(), until: Instant });
export type PendingConfirmation = z.infer<typeof PendingConfirmation>;

export type NewConfirmationCode = { readonly until: Instant };

export const codeExpiryOf = (now: Instant): Instant =>
  instantOf(millisecondsOf(now) + CONFIRMATION_DAYS * 24 * 3_600_000);

export const refuseVoidCode = (pending: PendingConfirmation | undefined, now: Instant): Refusal | undefined => {
  if (!pending) return refuse('CODE_VOID', 'No code is open for this request.');
  if (pending.until <= now) return refuse('CODE_VOID', `The code expired at ${pending.until}.`);
  if (pending.triesLeft <= 0) return refuse('CODE_VOID', `The code is void after ${MAX_CODE_TRIES} wrong tries.`);
  return undefined;
};

/** After the try was taken, so that parallel guesses count too. */
export const refuseWrongCode = ({ code, triesLeft }: PendingConfirmation, entered: string): Refusal | undefined =>
  code === entered
    ? undefined
    : refuse('CODE_WRONG', `This is not the code of the last issue (tries left: ${triesLeft}).`, { triesLeft });

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
