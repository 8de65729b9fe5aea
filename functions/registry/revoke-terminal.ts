import { isRefusal, refuse } from '../../shared/kernel/refusal.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { RETRY, retry } from '../../shared/platform/retry.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import * as contract from '../../shared/registry/terminal-contract.ts';

type RevokeTerminalDeps = { readonly clock: Clock; readonly registry: RegistryStore };

/** A repeat keeps the first revocation. */
export const revokeTerminal = operation(
  contract.revokeTerminal,
  async ({ path, body, caller }, { registry, clock }: RevokeTerminalDeps) => {
    const { location, terminal: id } = path;
    return retry(async () => {
      const stored = await registry.read('terminals', id);
      if (stored?.entry.location !== location) return refuse('NOT_FOUND', `${location} has no terminal ${id}.`);
      if (stored.entry.revoked) return ok({ terminal: id, ...stored.entry });
      const now = clock.now();
      const entry = { ...stored.entry, revoked: { at: now, by: caller.sub, reason: body.reason } };
      const result = await registry.put({
        kind: 'terminals',
        id,
        entry,
        now,
        by: caller.sub,
        ifMatch: stored.version,
        stored: { entry: stored },
      });
      if (!isRefusal(result)) return ok({ terminal: id, ...result.entry });
      return result.refused === 'VERSION_MISMATCH' ? RETRY : result;
    });
  },
);
