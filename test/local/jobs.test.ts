import { beforeAll, expect, it } from 'vitest';
import { planJobMessages } from '../../local/jobs.ts';
import { Job } from '../../shared/platform/jobs.ts';
import { expectOk, useBook } from '../kit/book.ts';

const book = useBook();
beforeAll(async () => {
  // More places than a queue hands out at once, so that two runs meet in it.
  const path = { kind: 'outlets', id: 'LKO-01' } as const;
  const { entry: body } = expectOk(await book.admin.getEntry({ path }));
  for (let stall = 3; stall <= 40; stall++) {
    const id = `LKO-${String(stall).padStart(2, '0')}`;
    expectOk(await book.admin.putEntry({ path: { ...path, id }, body }));
  }
});

it('A job that runs twice at once works twice, and each run counts its own.', { tags: 'long' }, async () => {
  const runs = await Promise.all([book.bahi.runJob('sweep-alerts'), book.bahi.runJob('sweep-alerts')]);
  const whole = {
    job: 'sweep-alerts',
    counts: { LocationsPlanned: 42, LocationsSwept: 42, AreasPlanned: 3, AreasSwept: 3 },
    failed: 0,
  };
  expect(runs).toEqual([whole, whole]);
});

it.each(['expire-reservations', 'allocate-materials'] as const)(
  '%s is planned for depots alone, for the day in India.',
  async (job) => {
    book.clock.set('2026-11-22T18:29:59Z');
    expect(await planJobMessages(job)).toEqual([{ job, location: 'PBE-D1', day: '2026-11-22' }]);
    book.clock.set('2026-11-22T18:30:00Z');
    expect(await planJobMessages(job)).toEqual([{ job, location: 'PBE-D1', day: '2026-11-23' }]);
  },
);

it.each(Job.options)('%s has a local worker, which processes everything that is planned.', async (job) => {
  const planned = await planJobMessages(job);
  const { counts, failed } = await book.bahi.runJob(job);
  const { LocationsPlanned = 0, AreasPlanned = 0 } = counts;
  expect({ planned: LocationsPlanned + AreasPlanned, failed }).toEqual({ planned: planned.length, failed: 0 });
});

it.each(['?day=2026-11-21', '?'])('A job or audit takes no parameter (%s), and says so.', async (query) => {
  for (const path of ['jobs/close-day', 'audit/LKO-01']) {
    const response = await fetch(`${book.bahi.url}/local/${path}${query}`, { method: 'POST' });
    if (query === '?') expect(response.status).toBe(200);
    else
      expect([response.status, await response.json()]).toMatchObject([
        400,
        { detail: expect.stringContaining('takes no parameters'), fields: [{ path: 'day' }] },
      ]);
  }
  const body = JSON.stringify({ day: '2026-11-21' });
  const named = await fetch(`${book.bahi.url}/local/jobs/close-day`, { method: 'POST', body });
  expect([named.status, await named.json()]).toMatchObject([400, { fields: [{ path: 'day' }] }]);
});
