import { type AreaId, DistrictId, LocationId } from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import { type Clock, dayOf } from '../../shared/kernel/time.ts';
import type { JobQueue } from '../../shared/platform/job-handler.ts';
import { audienceOfJob, isAreaJob, type Job } from '../../shared/platform/jobs.ts';
import type { CountMetric } from '../../shared/platform/telemetry.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';

type RegisteredKind = 'outlets' | 'depots' | 'districts';

const KINDS_BY_AUDIENCE = {
  everywhere: ['outlets', 'depots'],
  'everywhere and areas': ['outlets', 'depots', 'districts'],
  shelves: ['outlets', 'depots'],
  depots: ['depots'],
  areas: ['districts'],
  state: [],
} as const satisfies Record<ReturnType<typeof audienceOfJob>, readonly RegisteredKind[]>;

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
  const isEverywhere = audience === 'everywhere' || audience === 'everywhere and areas';
  const hasAreas = isAreaJob(job) || audience === 'everywhere and areas';
  const locations: LocationId[] = [];
  const areas: AreaId[] = [];
  for (const kind of KINDS_BY_AUDIENCE[audience])
    for (const { id } of await allPages((after) => registry.list(kind, after)))
      if (kind === 'districts') areas.push(DistrictId.parse(id));
      else locations.push(LocationId.parse(id));
  if (isEverywhere) locations.push(...(await allPages((after) => registry.workshops(after))));
  if (hasAreas) areas.push('state');
  await queue.send(job, [
    ...locations.map((location) => ({ job, location, day })),
    ...areas.map((area) => ({ job, area, day })),
  ]);
  if (!isAreaJob(job)) count('LocationsPlanned', locations.length);
  if (hasAreas) count('AreasPlanned', areas.length);
};
