import type { Composition } from '../../shared/api/composition.ts';
import { readersIn } from '../../shared/notifications/recipients.ts';
import { isWaking } from '../../shared/notifications/waking-hours.ts';
import type { AreaMessage } from '../../shared/platform/jobs.ts';
import { tell } from './notify-recipients.ts';
import { openIn } from './open-alerts.ts';

/** One message a day to each topic and person of an area to whom there is something new to say. Who cannot be told keeps nobody else from it. */
export const sendDigest = async ({ area, day }: AreaMessage, tools: Composition): Promise<void> => {
  if (!isWaking(tools.clock.now())) return;
  const failures: unknown[] = [];
  for (const reader of readersIn(area, await openIn(area, tools), await tools.registry.people()))
    await tell(reader, day, tools).catch((error: unknown) => failures.push(error));
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} digests of ${area} were not sent`, { cause: failures[0] });
};
