// npm run bench:festival: a tenth of all devices sync a Diwali day at once while others sell.
import '../../local/quiet.ts';
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openBahi } from '../../local/bahi.ts';
import { expectOk } from '../../local/demo-client.ts';
import { startTemporaryEngine } from '../../local/engine/engine.ts';
import { createClient } from '../../shared/api/client.ts';
import { addProof } from '../../shared/api/phone-key.ts';
import { dynamoDbClient } from '../../shared/platform/dynamodb-client.ts';
import { receipt, sale } from '../../test/kit/claims.ts';
import { fixedClock } from '../../test/kit/clock.ts';
import { dayBook, shelf } from '../../test/kit/read-all.ts';
import { REGISTRY_SEED } from '../../test/kit/registry-seed.ts';
import type { DeviceRequest, PhonesOrder, PhonesReport } from './phones.ts';

const { values } = parseArgs({
  options: {
    outlets: { type: 'string', default: '500' },
    backlog: { type: 'string', default: '60' },
    rate: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '20' },
  },
});
const [outlets, backlog, rate, seconds] = [values.outlets, values.backlog, values.rate, values.seconds].map(Number) as [
  number,
  number,
  number,
  number,
];

/** The share of devices that reconnect at once. */
const STORM_SHARE = 0.1;
/** As the app sends them. */
const VOUCHERS_PER_SYNC = 25;
const LIVE_OUTLETS = 20;
const ITEM = 'LKO-KURTA-01';
const [DAWN, EVENING, DAY] = ['2026-11-08T03:00:00Z', '2026-11-08T13:00:00Z', '2026-11-08'];
const STORM = Math.round(outlets * STORM_SHARE);

const engine = await startTemporaryEngine();
const clock = fixedClock();
clock.set(DAWN);
const client = dynamoDbClient(engine.endpoint);
const bahi = await openBahi({ endpoint: engine.endpoint, port: 0, streams: false, clock, client });
const tokenNow = () => bahi.issuer.token({ role: 'admin', scope: ['state'] });
const token = await tokenNow();
const admin = createClient(bahi.url, token, fetch, bahi.phone);

const idOf = (outlet: number): string =>
  `L${String.fromCharCode(65 + Math.floor(outlet / 2600), 65 + (Math.floor(outlet / 100) % 26))}-${String(outlet % 100).padStart(2, '0')}`;
const serialOf = (terminal: string, kind: string, serial: number): string =>
  `${terminal}${kind}${DAY.slice(2).replaceAll('-', '')}${String(serial).padStart(4, '0')}`;

const openOutlet = async (outlet: number) => {
  const location = idOf(outlet);
  const site = { name: `Stall ${outlet}`, station: 'LKO', district: 'LKO', sellers: ['LKO1'] };
  expectOk(await admin.putEntry({ path: { kind: 'outlets', id: location }, body: site }));
  return location;
};

/** Enrolled in the morning, with more than enough stock. */
const openStall = async (location: string) => {
  const { code } = expectOk(await admin.issueEnrolmentCode({ path: { location }, body: { seller: 'LKO1' } }));
  const enrolled = await admin.enrolTerminal({ path: { location }, body: { code, installation: randomUUID() } });
  const { terminal } = expectOk(enrolled);
  const body = receipt(clock, [{ item: ITEM, quantity: STOCK }], { confirmed: true });
  expectOk(await admin.recordVoucher({ path: { location, number: serialOf(terminal, 'R', 1) }, body }));
  return { location, terminal };
};
type Stall = Awaited<ReturnType<typeof openStall>>;
const STOCK = 10_000;

const sold = (at: number) => ({
  ...sale(clock, [{ item: ITEM, quantity: 1 }]),
  occurredAt: new Date(Date.parse(DAWN) + 60_000 + at * 120_000).toISOString(),
});

/** The backlog in order. The first batch is sent twice, as after a lost answer. */
const backlogOf = async ({ location, terminal }: Stall): Promise<DeviceRequest[]> => {
  const vouchers = Array.from({ length: backlog }, (_, at) => ({
    number: serialOf(terminal, 'S', at + 2),
    claim: sold(at),
  }));
  const batches = Array.from({ length: Math.ceil(backlog / VOUCHERS_PER_SYNC) }, (_, at) =>
    vouchers.slice(at * VOUCHERS_PER_SYNC, (at + 1) * VOUCHERS_PER_SYNC),
  );
  const requests = await Promise.all(
    batches.map(async (some) => {
      const body = await addProof('syncVouchers', { path: { location }, body: { vouchers: some } }, bahi.phone);
      return { method: 'POST', url: `${bahi.url}/locations/${location}/vouchers`, body: JSON.stringify(body) };
    }),
  );
  return requests.flatMap((one, at) => (at === 0 ? [one, one] : [one]));
};

let liveSerial = 1;
const liveSales = async (stalls: readonly Stall[], each: number): Promise<DeviceRequest[][]> => {
  const from = liveSerial;
  liveSerial += each;
  return Promise.all(
    stalls.map(({ location, terminal }) =>
      Promise.all(
        Array.from({ length: each }, async (_, at) => {
          const number = serialOf(terminal, 'S', from + at + 1);
          const claim = { ...sale(clock, [{ item: ITEM, quantity: 1 }]), occurredAt: momentOf(from + at) };
          const body = await addProof('recordVoucher', { path: { location, number }, body: claim }, bahi.phone);
          return {
            method: 'PUT',
            url: `${bahi.url}/locations/${location}/vouchers/${number}`,
            body: JSON.stringify(body),
          };
        }),
      ),
    ),
  );
};
/** No two of a terminal at the same time. */
const momentOf = (serial: number): string => new Date(Date.parse(EVENING) - 60_000 + serial).toISOString();

const script = fileURLToPath(new URL('phones.ts', import.meta.url));
const [livePhones, stormPhones] = [fork(script), fork(script)];
const run = async (phones: typeof livePhones, order: PhonesOrder): Promise<PhonesReport> => {
  phones.send(order);
  const [report] = (await once(phones, 'message')) as [PhonesReport];
  return report;
};
const percentile = (latencies: readonly number[], part: number): number =>
  latencies.toSorted((a, b) => a - b)[Math.ceil(part * latencies.length) - 1] ?? Number.NaN;

try {
  for (const [kind, entries] of REGISTRY_SEED)
    for (const [id, body] of Object.entries(entries)) expectOk(await admin.putEntry({ path: { kind, id }, body }));
  const locations: string[] = [];
  for (let outlet = 0; outlet < outlets; outlet++) locations.push(await openOutlet(outlet));
  const stalls: Stall[] = [];
  for (const location of locations.slice(0, STORM + LIVE_OUTLETS)) stalls.push(await openStall(location));
  const [away, selling] = [stalls.slice(0, STORM), stalls.slice(STORM)];
  const backlogs = await Promise.all(away.map(backlogOf));
  clock.set(EVENING);
  const evening = await tokenNow();
  const each = Math.ceil((rate * seconds) / LIVE_OUTLETS);
  await run(livePhones, { token: evening, devices: await liveSales(selling, Math.ceil(each / 4)), rate });

  const calm = await run(livePhones, { token: evening, devices: await liveSales(selling, each), rate });
  const stormBegan = performance.now();
  const storming = run(stormPhones, { token: evening, devices: backlogs }).then((report) => ({
    ...report,
    seconds: (performance.now() - stormBegan) / 1_000,
  }));
  const during: number[] = [];
  const liveReports: PhonesReport[] = [];
  let isOver = false;
  storming.finally(() => {
    isOver = true;
  });
  // Live sales go on for as long as the storm lasts.
  while (!isOver) {
    const report = await run(livePhones, {
      token: evening,
      devices: await liveSales(selling, Math.ceil(each / 4)),
      rate,
    });
    liveReports.push(report);
    during.push(...report.latencies);
  }
  const storm = await storming;

  const reader = createClient(bahi.url, evening, fetch, bahi.phone);
  const wrong: string[] = [...calm.refused, ...storm.refused, ...liveReports.flatMap(({ refused }) => refused)];
  const check = async ({ location, terminal }: Stall, sales: number): Promise<void> => {
    const expected = Array.from({ length: sales }, (_, at) => serialOf(terminal, 'S', at + 2));
    const found = (await dayBook(reader, location, DAY))
      .map(({ number }) => number as string)
      .filter((one) => one[5] === 'S');
    if (found.toSorted().join() !== expected.join()) wrong.push(`${location}: ${found.length} of ${sales} sales`);
    const onHand = (await shelf(reader, location)).get(ITEM)?.onHand;
    if (onHand !== STOCK - sales) wrong.push(`${location}: ${onHand} on hand, not ${STOCK - sales}`);
  };
  for (const stall of away) await check(stall, backlog);
  for (const stall of selling) await check(stall, liveSerial - 1);

  const [before, within] = [calm.latencies, during].map((all) => percentile(all, 0.99)) as [number, number];
  console.log(
    `${outlets} outlets, scale ${outlets / 5_000} of 5,000; ${STORM} devices sync ${backlog} sales each, the first batch twice.`,
  );
  console.log(
    `The storm took ${storm.seconds.toFixed(1)} s, ${Math.round((STORM * backlog) / storm.seconds)} sales a second, with ${storm.busy} answers 503 and ${storm.later} to send the rest later.`,
  );
  console.log(
    `Live sales at ${rate} a second: p99 ${before.toFixed(0)} ms in calm (${calm.latencies.length}), ${within.toFixed(0)} ms in the storm (${during.length}): ${(within / before).toFixed(1)} times.`,
  );
  console.log(
    wrong.length === 0 ? 'Nothing is lost or doubled; stock adds up.' : `WRONG:\n${wrong.slice(0, 20).join('\n')}`,
  );
  process.exitCode = wrong.length === 0 ? 0 : 1;
} finally {
  livePhones.kill();
  stormPhones.kill();
  await bahi.stop();
  await engine.stop();
}
