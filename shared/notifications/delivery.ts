import { type Instant, instantOf, millisecondsOf } from '../kernel/time.ts';

/** What is kept of a message: `unsent` from its claim until it surely went; of a digest, up to when it tells, and of what. */
type StoredDelivery = {
  readonly message: string;
  readonly at: Instant;
  readonly unsent?: true | undefined;
  readonly upTo?: Instant | undefined;
  readonly of?: readonly string[] | undefined;
};

export type DeliveryState = 'no' | 'yes' | 'unsure';

/** Longer than any function runs: whoever claimed it and has not sent it by then never will, or did and could not say so. */
const MAX_RUN_MILLISECONDS = 15 * 60_000;

/** Of what was claimed before this, and is unsent still, nobody knows. */
export const unsureBefore = (now: Instant): Instant => instantOf(millisecondsOf(now) - MAX_RUN_MILLISECONDS);

/** A claim that is young is being said at this moment. */
export const deliveryStateOf = (kept: StoredDelivery | undefined, now: Instant): DeliveryState => {
  if (!kept) return 'no';
  return kept.unsent && kept.at < unsureBefore(now) ? 'unsure' : 'yes';
};

/** Up to when a digest tells, and of what; one from before persons were told, of all that its topic is about. */
export type StoredDigestScope = { readonly upTo: Instant; readonly of: readonly string[] | undefined };

/** The last digest by name, sent or not; those that surely went, the latest first: each may be of other places; and one after them, of which nobody knows. */
export type LastDigests = {
  readonly name: string | undefined;
  readonly sure: readonly StoredDigestScope[];
  readonly unsure: StoredDigestScope | undefined;
};

/** From digests, the latest first. */
export const lastDigestsOf = (digests: readonly StoredDelivery[]): LastDigests => {
  const [latest] = digests;
  return {
    name: latest?.message,
    sure: digests.filter(({ unsent }) => !unsent).flatMap((digest) => digestScopeOf(digest) ?? []),
    unsure: latest?.unsent && digestScopeOf(latest),
  };
};

const digestScopeOf = ({ upTo, of }: StoredDelivery): StoredDigestScope | undefined => upTo && { upTo, of };
