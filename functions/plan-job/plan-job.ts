import { type AreaId, DistrictId, LocationId } from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import { type Clock, dayOf } from '../../shared/kernel/time.ts';
import type { JobQueue } from '../../shared/platform/job-handler.ts';
import { audienceOfJob, isAreaJob, type Job, type JobMessage } from '../../shared/platform/jobs.ts';
import type { CountMetric } from '../../shared/platform/telemetry.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';

const STOCK_LOCATIONS = ['outlets', 'depots'] as const;
const KINDS_BY_SCOPE = {
  everywhere: STOCK_LOCATIONS,
  shelves: STOCK_LOCATIONS,
  depots: ['depots'],
  areas: ['districts'],
  state: [],
} as const;

type PlanJobDeps = {
  readonly clock: Clock;
  readonly count: CountMetric;
  readonly queue: JobQueue;
  readonly registry: RegistryStore;
};

/** Planning twice is safe. */
export const planJob = async (job: Job, { registry, queue, clock, count }: PlanJobDeps): Promise<void> => {
  const day = dayOf(clock.now());
  const audience = audienceOfJob(job);
  const ofAreas = isAreaJob(job);
  const messages: JobMessage[] = [];
  for (const kind of KINDS_BY_SCOPE[audience])
    for (const { id } of await allPages((after) => registry.list(kind, after)))
      messages.push(ofAreas ? { job, area: DistrictId.parse(id), day } : { job, location: LocationId.parse(id), day });
  if (audience === 'everywhere')
    for (const location of await allPages((after) => registry.workshops(after))) messages.push({ job, location, day });
  const state: AreaId = 'state';
  if (ofAreas) messages.push({ job, area: state, day });
  await queue.send(job, messages);
  count(ofAreas ? 'AreasPlanned' : 'LocationsPlanned', messages.length);
};
