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
        'Somewhere the book and its vouchers do not agree: someone counts on goods that are not there, or a voucher was changed. The ' +
        'log of functions/reconcile-ledger says Drift at which place, what, and what repairs it; its district has an alert.',
      topic,
    });
    alarm(this, 'WorkFails', {
      metric: countMetric('WorkFailed'),
      description:
        'The work of a job fails at some location, and its figures are old; the others go on. Its district has an alert, of type failed, ' +
        'that names the location, the job and the error. Mend the cause: the alert is resolved when the job succeeds there.',
      topic,
    });
    alarm(this, 'RowsUnreadable', {
      metric: countMetric('RowsUnreadable'),
      description:
        'A list or a report leaves something out, because a row in a table cannot be read: officers see less than there is. The log of ' +
        'the function says "left out", with the table and the key. Mend the row, or the schema that refuses it.',
      topic,
    });
  }
}
