import { planJobMessages, processMessages, withCounts } from '../../local/jobs.ts';
import { isAreaJob, type Job, type JobMessage } from '../../shared/platform/jobs.ts';
import { openScaleBook, type ScaleBook, type Size } from './book.ts';
import type { Used } from './used.ts';

type Step = { readonly name: string; readonly job: Job; readonly before?: (book: ScaleBook) => Promise<unknown> };

const comesLate = async (book: ScaleBook) => {
  await book.nextDay();
  await book.comesLate();
};

const STEPS: readonly Step[] = [
  { name: 'the first night', job: 'update-demand-model' },
  { name: 'the first night', job: 'plan-replenishment' },
  { name: 'after it', job: 'sweep-alerts' },
  { name: 'an hour later', job: 'sweep-alerts' },
  { name: 'the next night', job: 'update-demand-model', before: (book) => book.nextDay() },
  { name: 'the next night', job: 'plan-replenishment' },
  { name: 'after it', job: 'sweep-alerts' },
  { name: 'again, nothing changed', job: 'update-demand-model' },
  { name: 'again, nothing changed', job: 'plan-replenishment' },
  { name: 'a night later, 1 outlet 2 days late', job: 'update-demand-model', before: comesLate },
  { name: 'a night later, 1 outlet 2 days late', job: 'plan-replenishment' },
];

type Tally = Readonly<Record<string, number | undefined>>;
export type Measured = Pick<Step, 'name'> & {
  readonly job: Job | 'plan-job';
  readonly outlets: number;
  readonly used: Used;
  readonly counts: Tally;
};

/** Throws if a message fails. */
export const measure = async (endpoint: string, size: Size, tell: (step: Measured) => void = () => undefined) => {
  const book = await openScaleBook(endpoint, size);
  const all: Measured[] = [];
  const take = async (what: Omit<Measured, 'used' | 'counts'>, work: () => Promise<void>) => {
    let counts: Tally = {};
    book.startFunctions(); // cold start
    const used = await book.used.during(async () => {
      counts = await withCounts(work);
    });
    const measured = { ...what, used, counts };
    all.push(measured);
    tell(measured);
  };
  try {
    let planned: readonly JobMessage[] = [];
    await take({ name: 'a job for every outlet', job: 'plan-job', outlets: size.outlets }, async () => {
      planned = await planJobMessages('plan-replenishment');
    });
    for (const { name, job, before } of STEPS) {
      await before?.(book);
      const here = isAreaJob(job)
        ? await planJobMessages(job)
        : planned.flatMap((one) => ('location' in one && book.places.has(one.location) ? [{ ...one, job }] : []));
      await take({ name, job, outlets: isAreaJob(job) ? size.outlets : here.length }, async () => {
        const failed = await processMessages(job, here);
        if (failed > 0) throw new Error(`${failed} messages of ${job} failed`);
      });
    }
    return all;
  } finally {
    await book.close();
  }
};
