import { type Instant, instantOf, millisecondsOf } from '../kernel/time.ts';

/** A stored message: `unsent` from its claim until it was sent. Of a digest: the time it reports up to, and its audiences. */
type StoredDelivery = {
  readonly message: string;
  readonly at: Instant;
  readonly unsent?: true | undefined;
  readonly upTo?: Instant | undefined;
  readonly of?: readonly string[] | undefined;
};

export type DeliveryState = 'no' | 'yes' | 'unsure';

/** Lambda's longest run. An older claim was never sent, or was sent without a mark. */
const MAX_RUN_MILLISECONDS = 15 * 60_000;

/** Whether an unsent claim from before this time was sent is unknown. */
export const unsureBefore = (now: Instant): Instant => instantOf(millisecondsOf(now) - MAX_RUN_MILLISECONDS);

/** A claim younger than 15 minutes may still be in flight; it counts as sent. */
export const deliveryStateOf = (stored: StoredDelivery | undefined, now: Instant): DeliveryState => {
  if (!stored) return 'no';
  return stored.unsent && stored.at < unsureBefore(now) ? 'unsure' : 'yes';
};

/** What a digest reports: up to when, and for which audiences. Without audiences: for its topic. */
export type StoredDigestScope = { readonly upTo: Instant; readonly of: readonly string[] | undefined };

/** `name`: the last digest, sent or not. `sure`: those that were sent, the latest first. `unsure`: a later one of unknown delivery. */
export type LastDigests = {
  readonly name: string | undefined;
  readonly sure: readonly StoredDigestScope[];
  readonly unsure: StoredDigestScope | undefined;
};

/** `digests`: the latest first. */
export const lastDigestsOf = (digests: readonly StoredDelivery[]): LastDigests => {
  const [latest] = digests;
  return {
    name: latest?.message,
    sure: digests.filter(({ unsent }) => !unsent).flatMap((digest) => digestScopeOf(digest) ?? []),
    unsure: latest?.unsent && digestScopeOf(latest),
  };
};

const digestScopeOf = ({ upTo, of }: StoredDelivery): StoredDigestScope | undefined => upTo && { upTo, of };
