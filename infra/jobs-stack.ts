import { type App, Stack } from 'aws-cdk-lib';
import { alertSweep } from './alert-sweep.ts';
import type { DataStack } from './data-stack.ts';
import { stockWatch } from './stock-watch.ts';

/** What runs without anyone asking: by the clock, and on every change of stock. */
export class JobsStack extends Stack {
  constructor(app: App, id: string, { tables, topic }: DataStack) {
    super(app, id, { description: 'Bahi: schedules, queues and streams' });
    alertSweep(this, tables, topic);
    stockWatch(this, tables, topic);
  }
}
