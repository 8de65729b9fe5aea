/** @module-tag long */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, expect, it } from 'vitest';
import { listAllPages } from '../../local/demo-client.ts';
import { createIssuer } from '../../local/issuer.ts';
import { demoPhone } from '../../local/stored-json.ts';
import { type Client, createClient } from '../../shared/api/client.ts';
import { sumOf } from '../../shared/kernel/quantity.ts';
import { dayOf } from '../../shared/kernel/time.ts';
import { systemClock } from '../../shared/platform/runtime.ts';
import { enrol, expectOk } from '../kit/book.ts';
import { kurtas, receipt, sale } from '../kit/claims.ts';
import { REGISTRY_SEED } from '../kit/registry-seed.ts';

const location = 'LKO-01';
const OPENING = 500;
const ENOUGH = 60;
const running: ChildProcess[] = [];

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

it('Killed during many sales, it keeps every acknowledged sale, and none in part.', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bahi-crash-'));
  const first = await startBahi(folder);
  for (const [kind, entries] of REGISTRY_SEED)
    for (const [id, body] of Object.entries(entries))
      expectOk(await first.admin.putEntry({ path: { kind, id }, body }));
  const terminal = await enrol(first, location, 'LKO1');
  const day = dayOf(systemClock.now());
  const number = (kind: string, serial: number) =>
    `${terminal}${kind}${day.slice(2).replaceAll('-', '')}${String(serial).padStart(4, '0')}`;
  const items = kurtas(3);
  const opening = receipt(
    systemClock,
    items.map((item) => ({ item, quantity: OPENING })),
  );
  expectOk(await first.admin.recordVoucher({ path: { location, number: number('R', 1) }, body: opening }));

  const acknowledged: string[] = [];
  let serial = 0;
  const sellUntilItDies = async () => {
    for (;;) {
      const path = { location, number: number('S', ++serial) };
      const answer = await first.admin
        .recordVoucher({
          path,
          body: sale(
            systemClock,
            items.map((item) => ({ item, quantity: 1 })),
          ),
        })
        .catch(() => undefined);
      if (!answer) return;
      if (answer.status === 201) acknowledged.push(path.number);
      if (acknowledged.length === ENOUGH) first.child.kill('SIGKILL');
    }
  };
  await Promise.all(Array.from({ length: 8 }, sellUntilItDies));

  const { admin } = await startBahi(folder);
  const vouchers = await listAllPages(
    (query) => admin.getDay({ path: { location, day }, query }),
    (page) => page.vouchers,
  );
  const sold = vouchers.filter(({ claim }) => claim.kind === 'S').map((voucher) => String(voucher.number));
  expect(acknowledged.length).toBeGreaterThanOrEqual(ENOUGH);
  expect(acknowledged.filter((one) => !sold.includes(one))).toEqual([]);
  const { stock } = expectOk(await admin.getLocationStock({ path: { location } }));
  expect(stock.map(({ onHand }) => onHand)).toEqual(items.map(() => OPENING - sold.length));
  expect(sumOf(stock.map(({ version }) => version))).toBe(items.length * (1 + sold.length));
  await rm(folder, { recursive: true, force: true });
});

const startBahi = async (folder: string): Promise<{ child: ChildProcess; admin: Client }> => {
  const fixture = new URL('fixtures/own-bahi.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [fixture, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  running.push(child);
  const [url] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const issuer = await createIssuer(join(folder, 'issuer.json'), systemClock);
  const phone = await demoPhone(join(folder, 'phone.json'));
  return { child, admin: createClient(url, await issuer.token({ role: 'admin', scope: ['state'] }), fetch, phone) };
};
