// npm run bench:gstr1: the month of a seller with 1,000 outlets, against that of one with 100.
import '../local/quiet.ts';
import { openBahi } from '../local/bahi.ts';
import { startTemporaryEngine } from '../local/engine/engine.ts';
import { createClient } from '../shared/api/client.ts';
import { SellerDay, toSellerDayItems } from '../shared/day-close/seller-day.ts';
import { sellerDayStore } from '../shared/day-close/seller-day-store.ts';
import { sumSellerDays } from '../shared/day-close/seller-day-sum.ts';
import { SellerId } from '../shared/kernel/ids.ts';
import { daysIn } from '../shared/kernel/time.ts';
import { currentRuntime } from '../shared/platform/runtime.ts';
import { Period, windowOf } from '../shared/reports/period.ts';
import { fill } from '../test/kit/bulk-items.ts';
import { meteredClient } from '../test/kit/capacity.ts';
import { fixedClock } from '../test/kit/clock.ts';

const OUTLETS = [100, 1_000];
/** Items that an outlet sells on a day, of so many in all. */
const [LINES, ITEMS] = [15, 200];
/** Every seventh day of an outlet has a bill to a registered buyer. */
const DAYS_PER_BUYER = 7;
const ROUNDS = 5;
const window = windowOf(Period.parse('2026-10'));

const engine = await startTemporaryEngine();
const clock = fixedClock();
const meter = meteredClient(engine.endpoint);
const bahi = await openBahi({ endpoint: engine.endpoint, port: 0, streams: false, clock, client: meter.client });
const admin = createClient(bahi.url, await bahi.issuer.token({ role: 'admin', scope: ['state'] }), fetch, bahi.phone);

const done = <Body>(answer: { ok: true; body: Body } | { ok: false; problem: unknown }): Body => {
  if (!answer.ok) throw new Error(JSON.stringify(answer.problem));
  return answer.body;
};

const sellerOf = (outlets: number) => SellerId.parse(`S${outlets}`);
const CODES = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const letter = (at: number) => CODES[at % CODES.length] ?? '2';
const terminalOf = (outlet: number) =>
  `7${letter(outlet)}${letter(Math.floor(outlet / 30))}${letter(Math.floor(outlet / 900))}2`;

const sellerDayOf = (outlets: number, outlet: number, day: string): SellerDay => {
  const date = Number(day.slice(8));
  const series = `${terminalOf(outlet)}S${day.slice(2).replaceAll('-', '')}`;
  const money = (taxable: number) => ({ taxable, cgst: Math.round(taxable * 0.025), igst: 0 });
  const lines = Array.from({ length: LINES }, (_, at) => {
    const item = (outlet * 7 + date * 3 + at * 11) % ITEMS;
    const key = { item: `ITEM-${item}`, hsn: String(6200 + (item % 30)), uqc: 'PCS', gstBasisPoints: 500, place: '09' };
    const sold = { quantity: 2, ...money(171_238 + item * 100) };
    return { ...key, table: 'b2cs', sold, returned: { quantity: 0, taxable: 0, cgst: 0, igst: 0 } };
  });
  const documents =
    (outlet + date) % DAYS_PER_BUYER === 0
      ? [
          {
            number: `${series}0030`,
            table: 'b2b',
            buyer: '09XXXZC0002X1ZL',
            place: '09',
            value: 179_800,
            rates: [{ gstBasisPoints: 500, ...money(171_238) }],
          },
        ]
      : [];
  return SellerDay.parse({
    seller: sellerOf(outlets),
    location: `OUT${String.fromCharCode(65 + Math.floor(outlet / 100))}-${String(outlet % 100).padStart(2, '0')}`,
    day,
    edition: 1,
    closedAt: `${day}T19:00:00.000Z`,
    sales: 30,
    amount: 5_000_000,
    refunds: 0,
    refunded: 0,
    supplies: [
      {
        registration: 'regular',
        gstin: '09XXXZD0055X1Z7',
        lines,
        documents,
        issued: 30,
        series: [{ kind: 'S', first: `${series}0001`, last: `${series}0030`, total: 30, cancelled: 0 }],
      },
    ],
    series: [],
    incomplete: [],
    missing: { numbers: [], many: 0 },
  });
};

function* rowsOf(outlets: number) {
  for (const day of daysIn(window))
    for (let outlet = 0; outlet < outlets; outlet++) {
      const sellerDay = sellerDayOf(outlets, outlet, day);
      yield* toSellerDayItems(sellerDay, sellerDay);
    }
}

const names = { name: 'Lucknow', nameHi: 'लखनऊ', craft: 'craft', craftHi: 'शिल्प' };
done(await admin.putEntry({ path: { kind: 'districts', id: 'LKO' }, body: names }));
for (const outlets of OUTLETS) {
  const body = { name: 'Samiti', registration: 'regular' as const, gstin: '09XXXZD0055X1Z7', district: 'LKO' };
  done(await admin.putEntry({ path: { kind: 'sellers', id: sellerOf(outlets) }, body }));
  await fill(meter.client, bahi.tables.Ledger, rowsOf(outlets));
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;
const time = async (run: () => Promise<unknown>): Promise<number> => {
  const from = performance.now();
  await run();
  return performance.now() - from;
};

const days = sellerDayStore(currentRuntime().tables);
for (const outlets of OUTLETS) {
  const query = { seller: sellerOf(outlets), period: '2026-10' };
  const unsummed = await time(async () => done(await admin.getGstr1({ query })));
  const summing = await time(async () => {
    for (const day of daysIn(window))
      for (const sum of sumSellerDays(await days.onDays(sellerOf(outlets), [day], true))) await days.putSum(sum);
  });
  console.log(
    `${outlets} outlets: ${Math.round(unsummed)} ms before the days are summed; ` +
      `${Math.round(summing / daysIn(window).length)} ms a night to sum one`,
  );
}

const times = new Map(OUTLETS.map((outlets) => [outlets, { gstr1: [] as number[], statement: [] as number[] }]));
for (let round = 0; round < ROUNDS; round++)
  for (const outlets of OUTLETS) {
    const query = { seller: sellerOf(outlets), period: '2026-10' };
    times.get(outlets)?.gstr1.push(await time(async () => done(await admin.getGstr1({ query }))));
    times.get(outlets)?.statement.push(await time(async () => done(await admin.getStatement({ query }))));
  }

for (const outlets of OUTLETS) {
  const query = { seller: sellerOf(outlets), period: '2026-10' };
  let size = 0;
  const calls = await meter.callsOf(async () => {
    size = JSON.stringify(done(await admin.getGstr1({ query })).upload).length;
  });
  const units = calls.reduce((sum, call) => sum + Object.values(call.units).reduce((all, one) => all + one, 0), 0);
  const { gstr1 = [], statement = [] } = times.get(outlets) ?? {};
  console.log(
    `${outlets} outlets: ${calls.length} calls, ${units} read units, file of ${(size / 1e6).toFixed(2)} MB; ` +
      `GSTR-1 ${Math.round(median(gstr1))} ms, statement ${Math.round(median(statement))} ms`,
  );
}
const [small, large] = OUTLETS.map((outlets) => median(times.get(outlets)?.gstr1 ?? []));
console.log(`ten times the outlets take ${((large ?? 0) / (small ?? 1)).toFixed(1)} times as long`);
await bahi.stop();
await engine.stop();
