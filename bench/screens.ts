// npm run bench:screens: the stall's screens on a cheap phone, as Chromium imitates it.
import '../local/quiet.ts';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { createSecureServer, type IncomingHttpHeaders } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium, type Page } from 'playwright-core';
import { openBahi } from '../local/bahi.ts';
import { startTemporaryEngine } from '../local/engine/engine.ts';
import { createClient } from '../shared/api/client.ts';
import { dynamoDbClient } from '../shared/platform/dynamodb-client.ts';
import { fill } from '../test/kit/bulk-items.ts';
import { registryItems } from '../test/kit/registry-seed.ts';
import { buildWeb, stopBuilding } from '../web/build/build.ts';

const ITEMS = 900;
const ROUNDS = 5;
const CPU_SLOWDOWN = 6;
/** Lighthouse's slow 3G, as Chromium's own tools throttle: bytes a second and milliseconds. */
const SLOW_3G = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };

const engine = await startTemporaryEngine();
const bahi = await openBahi({ endpoint: engine.endpoint, port: 0, streams: false, web: await buildWeb() });
const seeding = dynamoDbClient(engine.endpoint);
await fill(seeding, bahi.tables.Registry, registryItems());
const admin = createClient(bahi.url, await bahi.issuer.token({ role: 'admin', scope: ['state'] }), fetch, bahi.phone);

const columns = 'id,name,nameHi,product,seller,unit,hsn,reorderPoint,price_rupees,mrp_rupees,gst_percent';
const rows = Array.from(
  { length: ITEMS },
  (_, at) => `BENCH-${at},Kurta ${at},कुर्ता ${at},KURTA,LKO1,piece,6211,0,899,999,5`,
);
for (let at = 0; at < ITEMS; at += 450) {
  const body = [columns, ...rows.slice(at, at + 450)].join('\n');
  const answer = await admin.importEntries({ path: { kind: 'items' }, body });
  if (!answer.ok) throw new Error(JSON.stringify(answer.problem).slice(0, 400));
}

/** A key for this run. */
const selfSigned = () => {
  const folder = mkdtempSync(join(tmpdir(), 'bahi-bench-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-nodes', '-days', '1', '-subj', '/CN=localhost', '-keyout', key, '-out', cert];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', ...subject], { stdio: 'ignore' });
  const read = { key: readFileSync(key), cert: readFileSync(cert) };
  rmSync(folder, { recursive: true });
  return read;
};

const withoutPseudo = (headers: IncomingHttpHeaders) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(':')));

/** HTTP/2 and gzip, as CloudFront answers. The local server has neither. */
const { port: target } = new URL(bahi.url);
const edge = createSecureServer(selfSigned(), (incoming, outgoing) => {
  const { method, url, headers } = incoming;
  const forwarded = request({ port: target, method, path: url, headers: withoutPseudo(headers) }, async (answer) => {
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk as Buffer);
    const {
      'content-length': _length,
      connection: _c,
      'keep-alive': _k,
      'transfer-encoding': _t,
      ...rest
    } = answer.headers;
    const body = Buffer.concat(chunks);
    const isCompressed = rest['content-encoding'] !== undefined;
    outgoing.writeHead(answer.statusCode ?? 502, { ...rest, 'content-encoding': 'gzip' });
    outgoing.end(isCompressed ? body : gzipSync(body));
  });
  // A reload ends requests that are under way.
  for (const one of [incoming, forwarded]) one.on('error', () => outgoing.destroy());
  incoming.pipe(forwarded);
});
await new Promise<void>((listening) => edge.listen(0, '127.0.0.1', listening));
const address = edge.address();
const url = `https://localhost:${typeof address === 'object' && address ? address.port : 0}`;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--ignore-certificate-errors'],
});
const openPage = async (): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 }, locale: 'hi-IN' });
  context.setDefaultTimeout(120_000);
  return context.newPage();
};
const throttle = async (page: Page): Promise<void> => {
  const tools = await page.context().newCDPSession(page);
  await tools.send('Network.enable');
  await tools.send('Network.emulateNetworkConditions', SLOW_3G);
  await tools.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
};
const time = async (run: () => Promise<unknown>): Promise<number> => {
  const from = performance.now();
  await run();
  return performance.now() - from;
};
const report = (name: string, limit: number, all: readonly number[]): void => {
  const sorted = all.toSorted((one, other) => one - other).map((one) => Math.round(one));
  console.log(`| ${name} | ${limit} | ${sorted[sorted.length >> 1]} | ${sorted[0]} to ${sorted.at(-1)} |`);
};

console.log('| measure | limit, ms | median | range |\n| --- | ---: | ---: | ---: |');
const cold: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  const page = await openPage();
  await throttle(page);
  cold.push(
    await time(async () => {
      await page.goto(url, { waitUntil: 'commit' });
      await page.getByRole('button', { name: /आशा/ }).waitFor();
    }),
  );
  await page.context().close();
}
report('first visit, until the list of people can be pressed', 3_000, cold);

const page = await openPage();
await page.goto(url);
await page.getByRole('button', { name: /आशा/ }).click();
await page.getByRole('button', { name: 'अभ्यास: अधिकारी का कोड लें' }).click();
await page.getByRole('button', { name: 'फ़ोन जोड़ें' }).click();
await page.locator('.item-pick').first().waitFor();
await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
await throttle(page);
const warm: number[] = [];
for (let round = 0; round < ROUNDS; round++)
  warm.push(
    await time(async () => {
      await page.reload({ waitUntil: 'commit' });
      await page.locator('.item-pick').first().waitFor();
    }),
  );
report(`opened again, until goods can be sold, ${ITEMS} items`, 1_000, warm);

/** Inside the page: from the press to the drawing that shows it. */
const taps = await page.evaluate(async (rounds) => {
  const drawn = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const all: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const button = document.querySelectorAll<HTMLButtonElement>('.item-pick')[round];
    const from = performance.now();
    button?.click();
    await drawn();
    all.push(performance.now() - from);
  }
  return all;
}, ROUNDS * 2);
report('tap, until the line is on the bill', 100, taps);

await page.goto(`${url}/#/count`);
await page.locator('.line').first().waitFor();
const longest = await page.evaluate(async (lines) => {
  const tasks: number[] = [0];
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
    type: 'longtask',
  });
  const from = performance.now();
  while (document.querySelectorAll('.line').length < lines && performance.now() - from < 60_000) {
    scrollBy(0, 400);
    await new Promise((next) => requestAnimationFrame(next));
  }
  await new Promise((later) => setTimeout(later, 500));
  return {
    tasks: tasks.sort((one, other) => other - one).slice(0, 5),
    lines: document.querySelectorAll('.line').length,
  };
}, ITEMS);
report(`longest tasks while a count of ${longest.lines} lines scrolls`, 50, longest.tasks);

await browser.close();
edge.close();
await bahi.stop();
seeding.destroy();
await engine.stop();
await stopBuilding();
