import { type App, Stack } from 'aws-cdk-lib';
import { Job } from '../shared/platform/jobs.ts';
import { alarm, countMetric } from './alarms.ts';
import { alertNotifications } from './alert-notifications.ts';
import type { DataStack } from './data-stack.ts';
import { jobWorker } from './job-worker.ts';
import { planner } from './planner.ts';
import { stockEvaluation } from './stock-evaluation.ts';

/** Scheduled jobs, and the functions on the streams of stock and alerts. */
export class JobsStack extends Stack {
  constructor(app: App, id: string, { tables, topic, seals }: DataStack) {
    super(app, id, { description: 'Bahi: schedules, queues and streams' });
    const queues = new Map(Job.options.map((job) => [job, jobWorker(this, job, { tables, topic, seals })]));
    planner(this, { tables, topic, queues });
    stockEvaluation(this, tables, topic);
    alertNotifications(this, tables, topic);
    alarm(this, 'BooksDrift', {
      metric: countMetric('DriftsFound'),
      description:
        'Balances and vouchers disagree somewhere: stock may be missing, or a voucher was changed. The log of ' +
        'functions/reconcile-ledger says Drift, with the location, the figures and the repair; its district has an alert.',
      topic,
    });
    alarm(this, 'WorkFails', {
      metric: countMetric('WorkFailed'),
      description:
        'A job fails at some location, whose figures are old; other locations are not affected. Its district has an alert of type ' +
        'failed that names the location, the job and the error. Fix the cause: the alert resolves when the job succeeds there.',
      topic,
    });
    alarm(this, 'RowsUnreadable', {
      metric: countMetric('RowsUnreadable'),
      description:
        'A list or report is incomplete, because a row in a table cannot be read. The log of the function says "left out", ' +
        'with the table and the key. Fix the row, or the schema that refuses it.',
      topic,
    });
  }
}
