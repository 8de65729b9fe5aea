import type { Job } from '../../shared/contract/jobs.ts';
import { LocationId } from '../../shared/domain/ids.ts';
import { everything } from '../../shared/domain/pages.ts';
import type { Composition } from '../../shared/runtime/composition.ts';

/** Every location, once, on the job's queue. Planned twice, the work is done twice, with the same end. */
export const planJob = async (job: Job, { registry, queue, count }: Composition): Promise<void> => {
  const outlets = await everything((after) => registry.list('outlets', after));
  const depots = await everything((after) => registry.list('depots', after));
  const locations = [...outlets, ...depots].map(({ id }) => LocationId.parse(id));
  await queue.send(locations.map((location) => ({ job, location })));
  count('LocationsPlanned', locations.length);
};
