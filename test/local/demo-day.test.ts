import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Bahi, openBahi } from '../../local/bahi.ts';
import { randomFrom } from '../../local/demo-client.ts';
import { findDifferences, type OnHandByItem, readOnHand } from '../../local/demo-day/compare.ts';
import { type DemoPhone, openPhone } from '../../local/demo-day/phone.ts';
import { type DemoDay, playDay } from '../../local/demo-day/play.ts';
import { printBill, reportDay } from '../../local/demo-reports.ts';
import { type Client, createClient } from '../../shared/api/client.ts';
import { phoneClock } from '../../shared/api/phone-clock.ts';
import { dayOf } from '../../shared/kernel/time.ts';
import { systemClock } from '../../shared/platform/runtime.ts';
import { enrol, expectOk } from '../kit/book.ts';
import { kurtas, receipt } from '../kit/claims.ts';
import { REGISTRY_SEED } from '../kit/registry-seed.ts';

// A small day of `npm run demo`, by the wall clock: three stalls, forty customers each.
const STALLS = { 'LKO-01': 'LKO1', 'LKO-02': 'LKO1', 'PBE-01': 'PBT1' };
let bahi: Bahi;
let admin: Client;
let day: DemoDay;
const before = new Map<string, OnHandByItem>();

beforeAll(async () => {
  bahi = await openBahi({ endpoint: inject('endpoint'), port: 0, book: `test-${randomUUID()}`, streams: false });
  const token = await bahi.issuer.token({ role: 'admin', scope: ['state'] });
  admin = createClient(bahi.url, token, fetch, bahi.phone);
  for (const [kind, entries] of REGISTRY_SEED)
    for (const [id, body] of Object.entries(entries)) expectOk(await admin.putEntry({ path: { kind, id }, body }));
  const relief = { name: 'Ravi', looksAfter: ['state' as const] };
  expectOk(await admin.putEntry({ path: { kind: 'staff', id: 'S042' }, body: relief }));
  for (const [location, seller] of Object.entries(STALLS)) {
    const terminal = await enrol({ admin }, location, seller);
    const number = `${terminal}R${dayOf(systemClock.now()).slice(2).replaceAll('-', '')}0001`;
    const items = seller === 'PBT1' ? ['PBT-FLUTE-C'] : kurtas(20);
    const body = receipt(
      systemClock,
      items.map((item) => ({ item, quantity: 6 })),
    );
    expectOk(await admin.recordVoucher({ path: { location, number }, body }));
    before.set(location, await readOnHand(admin, location));
  }
  day = await playDay(bahi.url, token, admin, { outlets: 3, customers: 40 });
});
afterAll(() => bahi.stop());

it('Over links that drop, phones and ledger agree.', () => {
  expect(day.phones.map(({ sold, spoiled }) => sold.size + spoiled.size)).toEqual([40, 40, 40]);
  expect(day.lost).toBeGreaterThan(0);
  expect(day.differences).toEqual([]);
  expect(reportDay(day)).toMatch(/phones and ledger differ nowhere/);
});

it('A bill of the day is printed as a PDF, or the demo says what it lacks.', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bahi-demo-'));
  const token = await bahi.issuer.token({ role: 'admin', scope: ['state'] });
  expect(await printBill(bahi.url, token, day, folder)).toContain('BILL_INCOMPLETE');
  for (const id of new Set(Object.values(STALLS))) {
    const path = { kind: 'sellers' as const, id };
    const { entry, version } = expectOk(await admin.getEntry({ path }));
    expectOk(await admin.putEntry({ path, body: { ...entry, address: '12 Chowk, Lucknow' }, ifMatch: version }));
  }
  expect(await printBill(bahi.url, token, day, folder)).toContain(join(folder, 'bill.pdf'));
  expect((await readFile(join(folder, 'bill.pdf'))).subarray(0, 5).toString()).toBe('%PDF-');
  await rm(folder, { recursive: true });
});

it('The day sells, runs out and spoils numbers.', () => {
  const answers = new Set(day.phones.flatMap((phone) => [...phone.answers.keys()]));
  expect(answers).toEqual(new Set(['201', '200', 'sent again', 'INSUFFICIENT_STOCK']));
  expect(day.phones.flatMap(({ spoiled }) => [...spoiled]).length).toBeGreaterThan(0);
});

describe('Differences are shown', () => {
  const firstOf = ({ sold }: DemoPhone) => {
    const [first] = sold;
    if (!first) throw new Error('nothing was sold');
    return first;
  };
  const believing = (phone: DemoPhone, sold: DemoPhone['sold']) =>
    findDifferences(admin, { ...phone, sold }, before.get(phone.location) ?? new Map());

  it.each(Object.keys(STALLS))('At %s an amount, a line, a missing sale and an extra number are shown.', async (at) => {
    const phone = day.phones.find(({ location }) => location === at);
    if (!phone) throw new Error(`no phone sold at ${at}`);
    const [number, sale] = firstOf(phone);
    const [line] = sale.lines;
    if (!line) throw new Error('a sale of nothing');
    const { sold } = phone;
    expect(await believing(phone, sold)).toEqual([]);
    expect(await believing(phone, new Map([...sold, [number, { ...sale, amount: sale.amount + 1 }]]))).toEqual([
      number,
    ]);
    expect(await believing(phone, new Map([...sold, [number, { ...sale, lines: [...sale.lines, line] }]]))).toEqual([
      line.item,
    ]);
    expect(await believing(phone, new Map([...sold, ['another', { amount: 1, lines: [] }]]))).toEqual(['another']);
    const less = new Map([...sold].filter(([one]) => one !== number));
    expect((await believing(phone, less)).toSorted()).toEqual(
      [number, ...sale.lines.map(({ item }) => item)].toSorted(),
    );
  });
});

describe('Phone', () => {
  const gateway = (status: number) => new Response('{"message":"from the gateway"}', { status });
  const phoneOver = async (link: typeof fetch) => {
    const token = await bahi.issuer.token({ role: 'admin', scope: ['state'] });
    const clock = phoneClock();
    const client = createClient(bahi.url, token, clock.measuring(link), bahi.phone);
    return openPhone('LKO-02', { admin, client, clock, key: bahi.phone.key, random: randomFrom(1) });
  };

  it('A phone resends what the gateway was too busy for.', async () => {
    let busy = 2;
    const phone = await phoneOver(async (...sent) => (busy-- > 0 ? gateway(503) : fetch(...sent)));
    await phone.serve();
    expect(phone.answers.get('BUSY')).toBe(2);
    expect(phone.sold.size + phone.spoiled.size).toBe(1);
  });

  it('A phone without a login is refused instead of resending for ever.', async () => {
    const phone = await phoneOver(async () => gateway(401));
    await phone.serve();
    expect([...phone.answers.keys()]).toEqual(['UNAUTHENTICATED']);
    const dead = await phoneOver(() => Promise.reject(new TypeError('no link')));
    await expect(dead.serve()).rejects.toThrow('Bahi did not answer LKO-02');
  });
});
