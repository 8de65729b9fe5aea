import { JOBS, type Job } from '../../shared/contract/jobs.ts';
import { LocationId } from '../../shared/domain/ids.ts';
import { everything } from '../../shared/domain/pages.ts';
import { dayOf } from '../../shared/domain/time.ts';
import type { Composition } from '../../shared/runtime/composition.ts';

const KINDS = { everywhere: ['outlets', 'depots'], depots: ['depots'] } as const;

/** Every location of the job, once, on the job's queue. Planned twice, the work is done twice, with the same end. */
export const planJob = async (job: Job, { registry, queue, clock, count }: Composition): Promise<void> => {
  const day = dayOf(clock.now());
  const locations: LocationId[] = [];
  for (const kind of KINDS[JOBS[job].at])
    for (const { id } of await everything((after) => registry.list(kind, after))) locations.push(LocationId.parse(id));
  await queue.send(
    job,
    locations.map((location) => ({ job, location, day })),
  );
  count('LocationsPlanned', locations.length);
};
