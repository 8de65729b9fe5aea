import { type Instant, instantOf, millisecondsOf } from '../kernel/time.ts';

/** `unsent`: claimed, not yet sent. `upTo` and `of`: the scope of a digest. */
type StoredDelivery = {
  readonly message: string;
  readonly at: Instant;
  readonly unsent?: true | undefined;
  readonly upTo?: Instant | undefined;
  readonly of?: readonly string[] | undefined;
};

export type DeliveryState = 'no' | 'yes' | 'unsure';

/** Lambda's limit. */
const MAX_RUN_MILLISECONDS = 15 * 60_000;

/** An older unsent claim is of unknown delivery. */
export const unsureBefore = (now: Instant): Instant => instantOf(millisecondsOf(now) - MAX_RUN_MILLISECONDS);

/** A younger claim may still be in flight; it counts as sent. */
export const deliveryStateOf = (stored: StoredDelivery | undefined, now: Instant): DeliveryState => {
  if (!stored) return 'no';
  return stored.unsent && stored.at < unsureBefore(now) ? 'unsure' : 'yes';
};

/** Without `of`: for the topic only. */
export type StoredDigestScope = { readonly upTo: Instant; readonly of: readonly string[] | undefined };

/**
 * `name`: the last digest, sent or not. `sure`: sent digests, latest first. `unsure`: the last one,
 * if its delivery is unknown.
 */
export type LastDigests = {
  readonly name: string | undefined;
  readonly sure: readonly StoredDigestScope[];
  readonly unsure: StoredDigestScope | undefined;
};

export const lastDigestsOf = (digests: readonly StoredDelivery[]): LastDigests => {
  const [latest] = digests;
  return {
    name: latest?.message,
    sure: digests.filter(({ unsent }) => !unsent).flatMap((digest) => digestScopeOf(digest) ?? []),
    unsure: latest?.unsent && digestScopeOf(latest),
  };
};

const digestScopeOf = ({ upTo, of }: StoredDelivery): StoredDigestScope | undefined => upTo && { upTo, of };
