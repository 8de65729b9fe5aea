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

it('A job that runs twice at once works twice, and each run counts its own.', async () => {
  const runs = await Promise.all([book.bahi.runJob('sweep-alerts'), book.bahi.runJob('sweep-alerts')]);
  const whole = {
    job: 'sweep-alerts',
    did: { LocationsPlanned: 42, LocationsSwept: 42, AreasPlanned: 3, AreasSwept: 3 },
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
  const { did, failed } = await book.bahi.runJob(job);
  const { LocationsPlanned = 0, AreasPlanned = 0 } = did;
  expect({ planned: LocationsPlanned + AreasPlanned, failed }).toEqual({ planned: planned.length, failed: 0 });
});
