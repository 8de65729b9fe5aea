import * as z from 'zod';
import { FreeText } from '../kernel/claim-fields.ts';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import { Instant } from '../kernel/time.ts';

/** Facts of a producer that may appear on public pages and in feeds. */
export const PUBLISHED_PARTS = ['name', 'picture', 'village'] as const;
export const PublishedPart = z.enum(PUBLISHED_PARTS);
export type PublishedPart = z.infer<typeof PublishedPart>;

/** Empty after a withdrawal. */
export const PublishedParts = z
  .array(PublishedPart)
  .max(PUBLISHED_PARTS.length)
  .refine((parts) => new Set(parts).size === parts.length, 'each of name, picture and village at most once');

/**
 * A producer's consent to publication (Digital Personal Data Protection Act, 2023, section 6).
 * `by`: the subject of the token. `paper`: the signed form that an officer keeps.
 */
export const Consent = z.strictObject({
  publish: PublishedParts,
  given: z.enum(['own login', 'on paper']),
  by: z.string(),
  at: Instant,
  paper: FreeText.optional(),
});
export type Consent = z.infer<typeof Consent>;

type ConsentChange = {
  readonly publish: readonly PublishedPart[];
  readonly paper?: string | undefined;
  readonly isProducer: boolean;
  readonly by: string;
  readonly at: Instant;
  /** All records, oldest first. */
  readonly history: readonly Consent[];
};

/**
 * An officer gives consent only by a paper that the producer signed after the last withdrawal.
 * Withdrawing needs none. A repeat keeps the first record.
 */
export const decideConsent = (
  stored: Consent | undefined,
  { publish, paper, isProducer, by, at, history }: ConsentChange,
): Consent | Refusal => {
  const parts = PUBLISHED_PARTS.filter((part) => publish.includes(part));
  const added = parts.filter((part) => !stored?.publish.includes(part));
  if (!isProducer && added.length > 0 && paper === undefined) {
    const fields = [{ path: 'paper', problem: 'an officer names the signed form, such as DIC/2026/118' }];
    return refuse('INVALID_REQUEST', 'Only the producer may consent without a signed form.', { fields });
  }
  if (!isProducer && added.length > 0 && paper !== undefined && spentPapersIn(history).has(sameForm(paper))) {
    const problem =
      'name a new form, signed after the producer withdrew, or let the producer consent by their own login';
    const fields = [{ path: 'paper', problem }];
    return refuse('INVALID_REQUEST', `The producer withdrew consent after the form ${paper} was used.`, { fields });
  }
  const given = isProducer ? 'own login' : 'on paper';
  const isSame = stored?.publish.join() === parts.join() && stored.given === given && stored.paper === paper;
  return isSame ? stored : { publish: parts, given, by, at, ...(paper !== undefined && { paper }) };
};

/** Withdrawing one part ends every form named until then. */
const spentPapersIn = (history: readonly Consent[]): Set<string> => {
  const withdrawal = history.findLastIndex(({ publish }, at) =>
    history[at - 1]?.publish.some((part) => !publish.includes(part)),
  );
  return new Set(history.slice(0, withdrawal + 1).flatMap(({ paper }) => (paper ? [sameForm(paper)] : [])));
};

/** `dic-2026-1` and `DIC / 2026 / 1` are one form. */
const sameForm = (paper: string): string =>
  paper
    .normalize('NFKC')
    .toUpperCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((part) => part !== '')
    .join('/');

export const mayPublish = (consent: Consent | undefined, part: PublishedPart): boolean =>
  consent?.publish.includes(part) ?? false;
