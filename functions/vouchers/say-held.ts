import { heldMatter } from '../../shared/domain/alerts/held-matter.ts';
import { Busy } from '../../shared/domain/busy.ts';
import type { Held } from '../../shared/domain/vouchers/held.ts';
import type { Composition } from '../../shared/runtime/composition.ts';
import { ALERT_COUNTS } from '../../shared/runtime/observability.ts';

/** An officer is told that it is held, or that it is settled. It is done already: where there is no time to tell, the hourly sweep does. */
export const sayHeld = async (held: Held, { judgeMatter, count }: Composition): Promise<void> => {
  const seen = heldMatter(held);
  const said = await judgeMatter(seen, seen).catch((error: unknown) => {
    if (error instanceof Busy) return [];
    throw error;
  });
  for (const did of said) count(ALERT_COUNTS[did], 1);
};
