import { openBahi } from '../local/bahi.ts';
import { expectOk } from '../local/demo-client.ts';
import { startTemporaryEngine } from '../local/engine/engine.ts';
import { createClient } from '../shared/api/client.ts';
import { isReproducible } from '../shared/materials/allocation.ts';
import { MaterialRequest, RequestClaim } from '../shared/materials/material-request.ts';
import { concurrently } from '../shared/platform/tasks.ts';
import { receipt } from '../test/kit/claims.ts';
import { fixedClock } from '../test/kit/clock.ts';
import { seededRandom } from '../test/kit/random.ts';
import { REGISTRY_SEED } from '../test/kit/registry-seed.ts';

// npm run bench:allocation: allocation time as requests grow tenfold.
import '../local/quiet.ts';

const SIZES = [1_000, 10_000];
const [DEPOT, ITEM, DAY, PART] = ['PBE-D1', 'PBT-BAMBOO', '2026-11-22', 1_000];
const clock = fixedClock();
const engine = await startTemporaryEngine();

/** Half of the requested total is in stock. */
const bookOf = async (count: number) => {
  const bahi = await openBahi({ endpoint: engine.endpoint, port: 0, streams: false, clock, book: `bench-${count}` });
  const admin = createClient(bahi.url, await bahi.issuer.token({ role: 'admin', scope: ['state'] }), fetch, bahi.phone);
  for (const [kind, entries] of REGISTRY_SEED)
    for (const [id, body] of Object.entries(entries)) expectOk(await admin.putEntry({ path: { kind, id }, body }));
  const path = { kind: 'items', id: ITEM } as const;
  const { entry, version } = expectOk(await admin.getEntry({ path }));
  const entitled = { ...entry, entitlement: { per: 'members' as const, quantity: 24_000 } };
  expectOk(await admin.putEntry({ path, body: entitled, ifMatch: version }));

  const random = seededRandom(7).next;
  const producers = Array.from({ length: count }, (_, at) => `P${String(at + 1).padStart(5, '0')}`);
  for (let at = 0; at < count; at += PART) {
    const lines = producers
      .slice(at, at + PART)
      .map((id) => `${id},Maker,कारीगर,PBT,Flute,members=${1 + Math.floor(random() * 4)}`);
    const body = ['id,name,nameHi,district,craft,means', ...lines].join('\n');
    expectOk(await admin.importEntries({ path: { kind: 'producers' }, body }));
  }
  const { requests } = bahi.startFunctions();
  let wanted = 0;
  await concurrently(16, producers.entries(), async ([at, producer]) => {
    const asked = 1_000 + Math.floor(random() * 8_000);
    wanted += asked;
    const terminal = `7KQ2${at < 9_999 ? 'M' : 'N'}`;
    const number = `${terminal}Q261122${String((at % 9_999) + 1).padStart(4, '0')}`;
    const common = { depot: DEPOT, neededBy: '2026-12-01' };
    const request = MaterialRequest.parse({
      ...common,
      request: number,
      producer,
      season: '2026-27',
      via: 'counter',
      state: 'submitted',
      version: 1,
      lines: [{ item: ITEM, asked, approved: 0, issued: 0 }],
      submittedAt: clock.now(),
      history: [{ did: 'submit', at: clock.now(), by: 'bench' }],
    });
    const claim = RequestClaim.parse({
      ...common,
      kind: 'Q',
      occurredAt: clock.now(),
      by: 'S001',
      previous: null,
      lines: [{ item: ITEM, quantity: asked }],
    });
    await requests.submit(request, claim);
  });
  const place = { location: DEPOT };
  const { code } = expectOk(await admin.issueEnrolmentCode({ path: place, body: { seller: 'PBT1' } }));
  const { terminal } = expectOk(
    await admin.enrolTerminal({ path: place, body: { code, installation: `bench-${count}-terminal` } }),
  );
  const lot = { item: ITEM, quantity: Math.floor(wanted / 2), lot: 'B-1' };
  const path2 = { location: DEPOT, number: `${terminal}R2611220001` };
  expectOk(await admin.recordVoucher({ path: path2, body: receipt(clock, [lot]) }));
  return { bahi, admin };
};

/** Seconds. Throws if the run's record does not add up. */
const measure = async (count: number): Promise<number> => {
  const { bahi, admin } = await bookOf(count);
  const start = performance.now();
  const { failed } = await bahi.runJob('allocate-materials');
  const seconds = (performance.now() - start) / 1_000;
  const record = [];
  let run = expectOk(await admin.getAllocation({ path: { depot: DEPOT, day: DAY } }));
  record.push(...run.allotments);
  while (run.cursor) {
    run = expectOk(await admin.getAllocation({ path: { depot: DEPOT, day: DAY }, query: { cursor: run.cursor } }));
    record.push(...run.allotments);
  }
  const isRight = failed === 0 && run.state === 'done' && record.length === count && isReproducible(run, record);
  if (!isRight)
    throw new Error(`the run of ${count} is not right: ${failed} failed, ${run.state}, ${record.length} lines`);
  await bahi.stop();
  return seconds;
};

try {
  await measure(100); // unmeasured warm-up
  const times: number[] = [];
  for (const size of SIZES) times.push(await measure(size));
  const [few = 0, many = 0] = times;
  console.log(
    `A depot's run for ${SIZES[1]} requests takes ${(many / few).toFixed(1)} times as long as for ${SIZES[0]}.`,
  );
  console.log(`Here and now ${few.toFixed(1)} and ${many.toFixed(1)} s, accounts opened in it.`);
} finally {
  await engine.stop();
}
