// npm run bench:sale: local sales a second, sequential and eight at once.
import '../local/quiet.ts';
import { randomUUID } from 'node:crypto';
import { openBahi } from '../local/bahi.ts';
import { startTemporaryEngine } from '../local/engine/engine.ts';
import { createClient } from '../shared/api/client.ts';
import { kurtas, receipt, sale } from '../test/kit/claims.ts';
import { fixedClock } from '../test/kit/clock.ts';
import { REGISTRY_SEED } from '../test/kit/registry-seed.ts';

const LINES = [1, 3, 40];
const AT_ONCE = [1, 8];
/** Each round runs all cases, so that slow phases affect all. */
const MILLISECONDS = 1_200;
const ROUNDS = 5;
const location = 'LKO-01';

const engine = await startTemporaryEngine();
const clock = fixedClock();
const bahi = await openBahi({ endpoint: engine.endpoint, port: 0, streams: false, clock });
const admin = createClient(bahi.url, await bahi.issuer.token({ role: 'admin', scope: ['state'] }), fetch, bahi.phone);

const done = <Body>(answer: { ok: true; body: Body } | { ok: false; problem: unknown }): Body => {
  if (!answer.ok) throw new Error(JSON.stringify(answer.problem));
  return answer.body;
};

/** A phone has 9,999 numbers a day. */
const enrolPhone = async () => {
  const { code } = done(await admin.issueEnrolmentCode({ path: { location }, body: { seller: 'LKO1' } }));
  const enrolled = await admin.enrolTerminal({ path: { location }, body: { code, installation: randomUUID() } });
  const { terminal } = done(enrolled);
  let serial = 0;
  return (kind: string) => `${terminal}${kind}261122${String(++serial).padStart(4, '0')}`;
};

const measure = async (lines: number, parallel: number): Promise<number> => {
  const number = await enrolPhone();
  const body = sale(
    clock,
    kurtas(lines).map((item) => ({ item, quantity: 1 })),
  );
  const start = performance.now();
  let sold = 0;
  const sell = async () => {
    while (performance.now() - start < MILLISECONDS) {
      done(await admin.recordVoucher({ path: { location, number: number('S') }, body }));
      sold++;
    }
  };
  await Promise.all(Array.from({ length: parallel }, sell));
  return (1_000 * sold) / (performance.now() - start);
};

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;

try {
  for (const [kind, entries] of REGISTRY_SEED)
    for (const [id, body] of Object.entries(entries)) done(await admin.putEntry({ path: { kind, id }, body }));
  const number = await enrolPhone();
  const stock = kurtas(40).map((item) => ({ item, quantity: 10_000_000 }));
  done(await admin.recordVoucher({ path: { location, number: number('R') }, body: receipt(clock, stock) }));

  const cases = AT_ONCE.flatMap((parallel) => LINES.map((lines) => ({ lines, parallel, rates: [] as number[] })));
  for (const { lines, parallel } of cases) await measure(lines, parallel); // unmeasured warm-up
  for (let round = 0; round < ROUNDS; round++)
    for (const { lines, parallel, rates } of cases) rates.push(await measure(lines, parallel));

  const unit = median(cases[0]?.rates ?? []);
  const cell = (lines: number, parallel: number) => {
    const found = cases.find((one) => one.lines === lines && one.parallel === parallel);
    return (median(found?.rates ?? []) / unit).toFixed(2).padStart(13);
  };
  console.log('Sales a second, as a ratio to sales of 1 line one after the other:\n');
  console.log(`| lines |${AT_ONCE.map((parallel) => `${String(parallel).padStart(5)} at once |`).join('')}`);
  console.log(`| ----- |${AT_ONCE.map(() => ' ------------ |').join('')}`);
  for (const lines of LINES)
    console.log(`| ${String(lines).padStart(5)} |${AT_ONCE.map((parallel) => `${cell(lines, parallel)} |`).join('')}`);
  console.log(`\n1.00 was ${unit.toFixed(0)} sales a second here and now; medians of ${ROUNDS} rounds.`);
} finally {
  await bahi.stop();
  await engine.stop();
}
