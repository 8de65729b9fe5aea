import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import { exportPart, queueLocations } from '../../functions/export-vouchers/requested-export.ts';
import { allStores } from '../../local/all-stores.ts';
import type { Client } from '../../shared/api/client.ts';
import { AreaId, LocationId } from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import { Day, daysIn, Instant } from '../../shared/kernel/time.ts';
import type { JobMessage } from '../../shared/platform/jobs.ts';
import { currentRuntime } from '../../shared/platform/runtime.ts';
import { ExportId, ExportMessage, exportPartKey, exportProgressOf } from '../../shared/reports/export-request.ts';
import { exportStore } from '../../shared/reports/export-store.ts';
import { Period, windowOf } from '../../shared/reports/period.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { recordDaysOfTrade } from '../kit/days-of-trade.ts';
import { cursorAfter } from '../kit/page-walk.ts';
import { ask, expectProblem, outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();
const book = useBook();
let officer: Client;
let state: Client;

describe('A requested export', () => {
  it('It waits, runs and is done, and its links give each voucher of the district once.', async () => {
    const made = await officer.requestExport({ body: LUCKNOW });
    expect([made.status, expectOk(made)]).toEqual([
      201,
      expect.objectContaining({ export: '2026-11-LKO-csv', state: 'waiting', written: 0, vouchers: 0, failed: [] }),
    ]);
    await book.bahi.drainQueue();
    const done = await read('2026-11-LKO-csv', {}, officer);
    expect(done).toMatchObject({ state: 'done', failed: [] });
    expect(done.written).toBe(done.locations);
    expect(done.files.map(({ location }) => location)).toEqual(['LKO-01', 'LKO-02']);
    for (const { location, link, vouchers, bytes } of done.files) {
      const file = await fetch(link);
      const body = Buffer.from(await file.arrayBuffer());
      expect([file.status, file.headers.get('content-type'), body.length]).toEqual([200, 'text/csv', bytes]);
      expect(file.headers.get('content-disposition')).toBe(`attachment; filename="vouchers-2026-11-${location}.csv"`);
      const numbers = (parse(body, { columns: true }) as Record<string, string>[]).map((row) => row.number);
      expect(numbers).toEqual(await numbersOf(location));
      expect(numbers).toHaveLength(vouchers);
    }
  });

  it('The same request gives the same export, and makes nothing twice.', async () => {
    const before = await read('2026-11-LKO-csv');
    await later(3_600);
    const again = await state.requestExport({ body: LUCKNOW });
    expect([again.status, expectOk(again).requestedAt]).toEqual([200, before.requestedAt]);
    await book.bahi.drainQueue();
    const after = await read('2026-11-LKO-csv');
    expect(after.files.map(({ writtenAt }) => writtenAt)).toEqual(before.files.map(({ writtenAt }) => writtenAt));
  });

  it('A link ends after 15 minutes, and cannot be made up.', async () => {
    const [{ link = '' } = {}] = (await read('2026-11-LKO-csv')).files;
    const forged = new URL(link);
    forged.searchParams.set('until', '9999999999999');
    expect((await fetch(forged)).status).toBe(404);
    expect((await fetch(link.replace('LKO-01', 'LKO-02'))).status).toBe(404);
    book.clock.forward(15 * 60);
    expect((await fetch(link)).status).toBe(403);
  });

  it('It expires after 7 days; then the same request makes it anew.', async () => {
    const { requestedAt } = await read('2026-11-LKO-csv');
    await later(WEEK);
    expect(outcomeOf(await state.getExport({ path: { export: '2026-11-LKO-csv' }, query: {} }))).toBe('404 NOT_FOUND');
    const anew = await state.requestExport({ body: LUCKNOW });
    expect(anew.status).toBe(201);
    expect(expectOk(anew).requestedAt).not.toBe(requestedAt);
    expect(await read('2026-11-LKO-csv')).toMatchObject({ state: 'waiting', written: 0, files: [] });
    await book.bahi.drainQueue();
    expect(await read('2026-11-LKO-csv')).toMatchObject({ state: 'done' });
  });

  it('A month that is not over, an unknown district and another district are refused.', async () => {
    const by = (client: Client, more: object) => client.requestExport({ body: { ...LUCKNOW, ...more } });
    expect(outcomeOf(await by(officer, { month: '2026-12' }))).toBe('409 PERIOD_OPEN');
    expect(outcomeOf(await by(state, { area: 'XYZ' }))).toBe('404 NOT_FOUND');
    expect(outcomeOf(await by(officer, { area: 'PBT' }))).toBe('403 FORBIDDEN');
    expect(outcomeOf(await by(officer, { area: 'state' }))).toBe('403 FORBIDDEN');
    const other = await officer.getExport({ path: { export: '2026-11-state-csv' }, query: {} });
    expect(outcomeOf(other)).toBe('403 FORBIDDEN');
    const token = await book.bahi.issuer.token({ role: 'officer', scope: ['state'] });
    await expectProblem(await ask(book, '/exports/november', { token }), 400, 'INVALID_REQUEST', 'export');
  });

  it('Its files come in pages.', async () => {
    expectOk(await state.requestExport({ body: { ...LUCKNOW, area: 'state', format: 'parquet' } }));
    await book.bahi.drainQueue();
    const all = await read('2026-11-state-parquet');
    expect(all.files.map(({ location }) => location)).toEqual(['LKO-01', 'LKO-02', 'PBE-01']);
    expect(all.cursor).toBeUndefined();
    const path = { export: '2026-11-state-parquet' };
    const rest = await read(path.export, { cursor: cursorAfter('getExport', { path, query: {} }, ['LKO-01']) });
    expect(rest.files.map(({ location }) => location)).toEqual(['LKO-02', 'PBE-01']);
  });
});

const NOVEMBER = Period.parse('2026-11');
const LUCKNOW = { month: '2026-11', area: 'LKO', format: 'csv' } as const;
beforeAll(async () => {
  await recordDaysOfTrade(book);
  book.clock.set('2026-12-01T05:00:00Z');
  await later(0);
});

/** Tokens are valid for an hour. */
const later = async (seconds: number): Promise<void> => {
  book.clock.forward(seconds);
  officer = await book.as('officer', 'district:LKO');
  state = await book.as('officer', 'state');
};
const WEEK = 8 * 86_400;

const numbersOf = async (location: string): Promise<string[]> => {
  const at = LocationId.parse(location);
  const days = daysIn(windowOf(NOVEMBER)).map((day) => allPages((after) => allStores().ledger.dayBook(at, day, after)));
  return (await Promise.all(days)).flat().map(({ number }) => number);
};

const read = async (id: string, query: { cursor?: string } = {}, by = state) => {
  const { files = [], ...rest } = expectOk(await by.getExport({ path: { export: id }, query }));
  return { ...rest, files };
};

/** A process that is killed before a step: neither that step nor any clean-up runs. */
const killedBefore = (step: number) => {
  let left = step;
  const dying = <Part extends object>(part: Part): Part =>
    new Proxy(part, {
      get: (of, name) => {
        const value: unknown = Reflect.get(of, name);
        if (typeof value !== 'function') return value;
        return (...given: unknown[]) => {
          if (left-- <= 0) throw new Error('killed');
          const result: unknown = Reflect.apply(value, of, given);
          return name === 'open' ? dying(result as object) : result;
        };
      },
    });
  return { dying, isDead: () => left < 0 };
};

const PBT: ExportId = ExportId.parse('2026-11-PBT-csv');
const requestedAt = () => Instant.parse(book.clock.now());

const depsOf = (dying: <Part extends object>(part: Part) => Part, sent: JobMessage[]) => {
  const { clock, count, ledger, registry } = allStores();
  return {
    clock,
    count,
    exports: dying(book.bahi.exports),
    exportRequests: dying(exportStore(currentRuntime().tables)),
    ledger: dying(ledger),
    queue: dying({ send: async (_job: string, messages: readonly JobMessage[]) => void sent.push(...messages) }),
    registry,
  };
};

describe('An export that is killed', () => {
  it('Killed before any step and repeated, it has each voucher once, and never half a file.', {
    tags: 'long',
  }, async () => {
    const store = exportStore(currentRuntime().tables);
    const place = LocationId.parse('PBE-01');
    const whole = (await numbersOf('PBE-01')).length;
    let finished = false;
    for (let step = 0; !finished; step++) {
      book.clock.forward(WEEK);
      const head = await store.create(PBT, 'test', requestedAt());
      if (!head) throw new Error('it had not expired');
      const about = { export: PBT, requestedAt: head.requestedAt, day: Day.parse('2026-12-01') };
      const split = { ...about, job: 'export-vouchers' as const, area: AreaId.parse('PBT') };
      const { dying, isDead } = killedBefore(step);
      const sent: JobMessage[] = [];
      const work = async (deps: ReturnType<typeof depsOf>) => {
        await queueLocations(split, deps);
        for (const message of sent.splice(0).map((one) => ExportMessage.parse(one)))
          if ('location' in message && 'export' in message) await exportPart(message, deps);
      };
      await work(depsOf(dying, sent)).catch((error: Error) => expect(error.message).toBe('killed'));
      finished = !isDead();

      const file = await book.bahi.exports.read(exportPartKey(PBT, place));
      if (file) expect(parse(Buffer.from(file), { columns: true })).toHaveLength(whole);
      sent.length = 0;
      await work(depsOf((part) => part, sent));
      const stored = (await store.find(PBT, requestedAt())) ?? head;
      const { state: end, files, failed } = exportProgressOf(stored, await store.parts(PBT));
      expect([step, end, files.reduce((sum, { vouchers }) => sum + vouchers, 0), failed]).toEqual([
        step,
        'done',
        whole,
        [],
      ]);
    }
  });

  it('A location that fails is named; the same request tries it again.', async () => {
    await later(WEEK);
    const body = { ...LUCKNOW, area: 'PBT' };
    expectOk(await state.requestExport({ body }));
    const { exports } = book.bahi;
    const open = exports.open;
    exports.open = (key, type) => {
      if (key.includes('PBE-01')) throw new Error('no room');
      return open(key, type);
    };
    await book.bahi.drainQueue();
    expect(await read(PBT)).toMatchObject({ state: 'failed', failed: ['PBE-01'], files: [] });
    exports.open = open;
    await later(60);
    expect(expectOk(await state.requestExport({ body })).state).toBe('running');
    await book.bahi.drainQueue();
    expect(await read(PBT)).toMatchObject({ state: 'done', failed: [], files: [{ location: 'PBE-01' }] });
  });
});
