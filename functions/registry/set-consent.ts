import { allPages } from '../../shared/kernel/pages.ts';
import { isRefusal, refuse } from '../../shared/kernel/refusal.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { RETRY, retry } from '../../shared/platform/retry.ts';
import { Consent, decideConsent } from '../../shared/registry/consent.ts';
import * as contract from '../../shared/registry/consent-contract.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';

type SetConsentDeps = { readonly clock: Clock; readonly registry: RegistryStore };

/** Without If-Match, so that nothing stands in the way of a withdrawal: the last word counts. */
export const setConsent = operation(
  contract.setConsent,
  async ({ path: { producer }, body, caller }, { registry, clock }: SetConsentDeps) =>
    retry(async () => {
      if (!(await registry.entry('producers', producer)))
        return refuse('PRODUCER_UNKNOWN', `The registry has no producer ${producer}.`);
      const stored = await registry.read('consents', producer);
      const now = clock.now();
      const isProducer = caller.role === 'producer';
      const needsHistory = !isProducer && body.paper !== undefined && stored !== undefined;
      const changes = needsHistory ? await allPages((after) => registry.history('consents', producer, after)) : [];
      const history = changes.map(({ after }) => Consent.parse(after)).toReversed();
      const entry = decideConsent(stored?.entry, { ...body, isProducer, by: caller.sub, at: now, history });
      if (isRefusal(entry)) return entry;
      const result = await registry.put({
        kind: 'consents',
        id: producer,
        entry,
        now,
        by: caller.sub,
        ifMatch: stored?.version,
        stored: { entry: stored },
      });
      if (!isRefusal(result)) return ok({ producer, ...result.entry });
      return ['VERSION_MISMATCH', 'PRECONDITION_REQUIRED'].includes(result.refused) ? RETRY : result;
    }),
);
