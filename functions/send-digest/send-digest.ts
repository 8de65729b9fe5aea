import type { AreaMessage } from '../../shared/contract/jobs.ts';
import { readersIn } from '../../shared/domain/messages/readers.ts';
import { isWaking } from '../../shared/domain/messages/waking.ts';
import type { Composition } from '../../shared/runtime/composition.ts';
import { openIn } from './open-in.ts';
import { tell } from './tell.ts';

/** One message a day to each topic and person of an area to whom there is something new to say. Who cannot be told keeps nobody else from it. */
export const sendDigest = async ({ area, day }: AreaMessage, tools: Composition): Promise<void> => {
  if (!isWaking(tools.clock.now())) return;
  const failures: unknown[] = [];
  for (const reader of readersIn(area, await openIn(area, tools), await tools.registry.people()))
    await tell(reader, day, tools).catch((error: unknown) => failures.push(error));
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} digests of ${area} were not sent`, { cause: failures[0] });
};
