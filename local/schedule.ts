import { setTimeout as pause } from 'node:timers/promises';
import { JOBS, type Job } from '../shared/platform/jobs.ts';
import type { Bahi } from './bahi.ts';

/** Alerts open about as fast as in the cloud. */
const POLL_MILLISECONDS = 200;
const HOUR_MILLISECONDS = 3_600_000;

/** Runs each job hourly. */
export const startSchedule = ({
  drainQueue,
  drainStream,
  runJob,
  expireItems,
}: Pick<Bahi, 'drainQueue' | 'drainStream' | 'runJob' | 'expireItems'>): (() => Promise<void>) => {
  const ending = new AbortController();
  const { signal } = ending;
  const watching = (async () => {
    while (!signal.aborted) {
      await drainStream().catch(logFailedJob);
      await drainQueue().catch(logFailedJob);
      await pause(POLL_MILLISECONDS, undefined, { signal }).catch(() => undefined);
    }
  })();
  const hourly = setInterval(async () => {
    for (const job of Object.keys(JOBS) as Job[]) await runJob(job).catch(logFailedJob);
    await expireItems().catch(logFailedJob);
  }, HOUR_MILLISECONDS);
  return async () => {
    clearInterval(hourly);
    ending.abort();
    await watching;
  };
};

const logFailedJob = (error: unknown): void => console.error('a job failed and will be retried:', error);

const PARENT_POLL_MILLISECONDS = 500;

/** The end of npm changes our parent. Without npm nothing is watched. */
export const watchParent = (ended: () => void, environment: NodeJS.ProcessEnv = process.env): void => {
  if (environment.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    ended();
  }, PARENT_POLL_MILLISECONDS);
  timer.unref();
};
