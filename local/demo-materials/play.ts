import type { Client } from '../../shared/contract/client.ts';
import { type AllocationRun, type Allotment, agrees } from '../../shared/domain/materials/allocation.ts';
import type { MaterialRequest, Told } from '../../shared/domain/materials/request.ts';
import { type Clock, dayOf } from '../../shared/domain/time.ts';
import { systemClock } from '../../shared/runtime/clock.ts';
import { allPages } from '../all-pages.ts';
import { done } from '../done.ts';
import { differencesIn } from './compare.ts';
import { type Collected, openCounter, type SignIn } from './counter.ts';

export type Materials = {
  readonly run: AllocationRun;
  readonly record: readonly Allotment[];
  readonly isRight: boolean;
  readonly collected: readonly Collected[];
  readonly absent: number;
  readonly differences: readonly string[];
  readonly told: Told | undefined;
  readonly seconds: number;
};

const DEPOT = 'PBE-D1';
/** One in ten does not come, and one in seven has no phone and signs. */
const [STAYS_AWAY, SIGNS] = [10, 7];

type Players = {
  readonly admin: Client;
  readonly runJob: () => Promise<void>;
  readonly signIn: SignIn;
  readonly clock?: Clock;
};

/** The flute makers of Pilibhit: today's run, if it was not made yet; then whoever was given something comes for it, and confirms. */
export const playMaterials = async ({ admin, runJob, signIn, clock = systemClock }: Players): Promise<Materials> => {
  const begun = performance.now();
  await runJob();
  const day = dayOf(clock.now());
  const record: Allotment[] = [];
  let run = done(await admin.getAllocation({ path: { depot: DEPOT, day } }));
  for (record.push(...run.allotments); run.cursor; record.push(...run.allotments))
    run = done(await admin.getAllocation({ path: { depot: DEPOT, day }, query: { cursor: run.cursor } }));

  const approved = (await queueAt(admin)).filter(({ state }) => state === 'approved');
  const { entry } = done(await admin.getEntry({ path: { kind: 'depots', id: DEPOT } }));
  const counter = await openCounter({ depot: DEPOT, seller: entry.sellers[0] ?? '', admin, signIn, clock });
  const collected: Collected[] = [];
  for (const [at, request] of approved.entries())
    if (at % STAYS_AWAY !== 0) collected.push(await counter.collect(request, at % SIGNS === 0 ? 'signature' : 'code'));

  const shared = approved.find((request) =>
    record.some((line) => line.request === request.request && line.share < line.asked),
  );
  return {
    run,
    record,
    isRight: agrees(run, record),
    collected,
    absent: approved.length - collected.length,
    differences: await differencesIn(admin, DEPOT, collected, await queueAt(admin)),
    told: (shared ?? approved[0])?.history.findLast(({ told }) => told)?.told,
    seconds: (performance.now() - begun) / 1000,
  };
};

const queueAt = (admin: Client): Promise<MaterialRequest[]> =>
  allPages(
    (query) => admin.listRequests({ path: { depot: DEPOT }, query }),
    (page) => page.requests,
  );
