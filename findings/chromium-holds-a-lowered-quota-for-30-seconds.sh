#!/usr/bin/env bash
# Packages: playwright-core 1.65.1 (npm); the browser is Debian's Chromium at /usr/bin/chromium, seen with
# 156.0.8078.114. Without that browser the script says so and ends with 1. It takes about 40 seconds.
#
# Behaviour: the DevTools command `Storage.overrideQuotaForOrigin`, which people use to test a full phone, lowers no
# quota of IndexedDB for 30 seconds once the page has written there. Chromium measures the room at a write and goes on
# by that measure until it is 30 seconds old. The command reports success. Sent before the first write, it works.
# (Playwright's maintainers name the command for this test: microsoft/playwright issue 22092.)
#
# Output seen (a quota of 5 MB):
#   quota before the first write    0.5 MB: ok, 6 MB: QuotaExceededError
#   quota after a write of 0.1 MB   6 MB: ok
#   after 31 seconds                0.5 MB: QuotaExceededError
#
# Why it matters: a test "the phone fills up during the day, and no sale is lost" lowers the quota in the middle, sees
# each sale saved, and passes without a full storage. Lower it before the first write, and assert the error once.
set -euo pipefail
browser=/usr/bin/chromium
[ -x "$browser" ] || { echo "needs $browser (Debian's package chromium)"; exit 1; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm install --silent --no-audit --no-fund --prefix . playwright-core@1.65.1 >/dev/null
cat >probe.mjs <<'JS'
import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium } from 'playwright-core';

const server = createServer((_, reply) => reply.setHeader('content-type', 'text/html').end('<title>shop</title>'));
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const origin = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({ executablePath: process.argv[2], args: ['--no-sandbox'] });
console.log(`Chromium ${browser.version()}`);

const openPage = async () => {
  const page = await (await browser.newContext()).newPage();
  await page.goto(origin);
  const devTools = await page.context().newCDPSession(page);
  return { page, limit: (quotaSize) => devTools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize }) };
};
const write = (page, megabytes) =>
  page.evaluate(async (size) => {
    const database = await new Promise((done, fail) => {
      const request = indexedDB.open('sales', 1);
      request.onupgradeneeded = () => request.result.createObjectStore('rows', { autoIncrement: true });
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error);
    });
    const bytes = new Uint8Array(size);
    for (let start = 0; start < size; start += 65_536) crypto.getRandomValues(bytes.subarray(start, start + 65_536));
    const result = await new Promise((done) => {
      const transaction = database.transaction('rows', 'readwrite', { durability: 'strict' });
      transaction.objectStore('rows').add(bytes);
      transaction.oncomplete = () => done('ok');
      transaction.onabort = () => done(transaction.error.name);
    });
    database.close();
    return result;
  }, megabytes * 1_000_000);
const tell = async (page, megabytes) => `${megabytes} MB: ${await write(page, megabytes)}`;

const first = await openPage();
await first.limit(5_000_000);
const before = `${await tell(first.page, 0.5)}, ${await tell(first.page, 6)}`;
const second = await openPage();
await write(second.page, 0.1);
await second.limit(5_000_000);
const after = await tell(second.page, 6);
await wait(31_000);
const late = await tell(second.page, 0.5);
await browser.close();
server.close();

console.log(`quota before the first write    ${before}`);
console.log(`quota after a write of 0.1 MB   ${after}`);
console.log(`after 31 seconds                ${late}`);
const asSeen =
  before === '0.5 MB: ok, 6 MB: QuotaExceededError' && after === '6 MB: ok' && late === '0.5 MB: QuotaExceededError';
console.log(asSeen ? 'as described' : 'CHANGED');
process.exit(asSeen ? 0 : 1);
JS
node probe.mjs "$browser"
