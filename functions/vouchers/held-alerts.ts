import { ALERT_COUNTS } from '../../shared/alerts/alert-metrics.ts';
import type { JudgeMatter } from '../../shared/alerts/exception-alert-service.ts';
import { heldMatter } from '../../shared/alerts/sources/held.ts';
import { Busy } from '../../shared/kernel/unavailable-error.ts';
import type { Held } from '../../shared/ledger/held.ts';
import { placesOfHeld } from '../../shared/ledger/held-locations.ts';
import type { Count } from '../../shared/platform/telemetry.ts';
import type { TransferStore } from '../../shared/transfers/transfer-store.ts';

export type HeldAlertsDeps = {
  readonly count: Count;
  readonly judgeMatter: JudgeMatter;
  readonly transfers: TransferStore;
};

/** Officers are told that it is held, or that it is settled. It is done already: where there is no time to tell, the hourly sweep does. */
export const sayHeld = async (held: Held, deps: HeldAlertsDeps): Promise<void> => {
  try {
    for (const place of await placesOfHeld(held, deps)) {
      const seen = heldMatter(held, place);
      for (const did of await deps.judgeMatter(seen, seen)) deps.count(ALERT_COUNTS[did], 1);
    }
  } catch (error) {
    if (!(error instanceof Busy)) throw error;
  }
};
