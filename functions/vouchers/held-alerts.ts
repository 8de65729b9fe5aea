import { ALERT_COUNTS } from '../../shared/alerts/alert-metrics.ts';
import { heldMatter } from '../../shared/alerts/sources/held.ts';
import { type Composition, placesOfHeld } from '../../shared/api/composition.ts';
import { Busy } from '../../shared/kernel/unavailable-error.ts';
import type { Held } from '../../shared/ledger/held.ts';

/** Officers are told that it is held, or that it is settled. It is done already: where there is no time to tell, the hourly sweep does. */
export const sayHeld = async (held: Held, tools: Composition): Promise<void> => {
  try {
    for (const place of await placesOfHeld(held, tools)) {
      const seen = heldMatter(held, place);
      for (const did of await tools.judgeMatter(seen, seen)) tools.count(ALERT_COUNTS[did], 1);
    }
  } catch (error) {
    if (!(error instanceof Busy)) throw error;
  }
};
