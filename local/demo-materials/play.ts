import type { Client } from '../../shared/api/client.ts';
import { type Clock, type Day, dayOf } from '../../shared/kernel/time.ts';
import type { BilingualText } from '../../shared/kernel/units.ts';
import { type AllocationRun, type Allotment, isReproducible } from '../../shared/materials/allocation.ts';
import type { MaterialRequest } from '../../shared/materials/material-request.ts';
import { systemClock } from '../../shared/platform/runtime.ts';
import { expectOk, listAllPages } from '../demo-client.ts';
import { type CollectedRequest, findDifferencesAtDepot, openCounter, type SignIn } from './counter.ts';

export type DemoMaterials = {
  readonly run: AllocationRun | undefined;
  readonly record: readonly Allotment[];
  readonly isRight: boolean;
  readonly collected: readonly CollectedRequest[];
  readonly absent: number;
  readonly differences: readonly string[];
  readonly sentence: BilingualText | undefined;
  readonly seconds: number;
};

const DEPOT = 'PBE-D1';
/** One in ten stays away; one in seven signs. */
const [STAYS_AWAY, SIGNS] = [10, 7];

type MaterialsOptions = {
  readonly admin: Client;
  readonly signInManager: (depot: string) => Promise<Client>;
  readonly runJob: () => Promise<void>;
  readonly signIn: SignIn;
  readonly clock?: Clock;
};

export const playMaterials = async ({
  admin,
  signInManager,
  runJob,
  signIn,
  clock = systemClock,
}: MaterialsOptions): Promise<DemoMaterials> => {
  const begun = performance.now();
  await runJob();
  const day = dayOf(clock.now());
  const { run, record } = await readRun(admin, day);

  const approved = (await readQueue(admin)).filter(({ state }) => state === 'approved');
  const { entry } = expectOk(await admin.getEntry({ path: { kind: 'depots', id: DEPOT } }));
  const manager = await signInManager(DEPOT);
  const seller = entry.sellers[0] ?? '';
  const counter = await openCounter({ depot: DEPOT, seller, admin, manager, signIn, clock });
  const collected: CollectedRequest[] = [];
  for (const [at, request] of approved.entries())
    if (at % STAYS_AWAY !== 0) collected.push(await counter.collect(request, at % SIGNS === 0 ? 'signature' : 'code'));

  const shared = approved.find((request) =>
    record.some((line) => line.request === request.request && line.share < line.asked),
  );
  return {
    run,
    record,
    isRight: run === undefined || isReproducible(run, record),
    collected,
    absent: approved.length - collected.length,
    differences: await findDifferencesAtDepot(admin, DEPOT, collected, await readQueue(admin)),
    sentence: (shared ?? approved[0])?.history.findLast(({ told }) => told)?.told,
    seconds: (performance.now() - begun) / 1000,
  };
};

const readQueue = (admin: Client): Promise<MaterialRequest[]> =>
  listAllPages(
    (query) => admin.listRequests({ path: { depot: DEPOT }, query }),
    (page) => page.requests,
  );

const readRun = async (admin: Client, day: Day): Promise<Pick<DemoMaterials, 'run' | 'record'>> => {
  const path = { depot: DEPOT, day };
  const first = await admin.getAllocation({ path });
  if (!first.ok && first.problem.code === 'NOT_FOUND') return { run: undefined, record: [] };
  const { allotments: _first, cursor: _cursor, ...run } = expectOk(first);
  const record = await listAllPages(
    (query) => admin.getAllocation({ path, query }),
    (page) => page.allotments,
  );
  return { run, record };
};
