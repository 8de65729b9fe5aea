import { SQSClient } from '@aws-sdk/client-sqs';
import { type JobQueue, jobQueue, plannerHandler } from '../../shared/platform/job-handler.ts';
import type { Runtime } from '../../shared/platform/runtime.ts';
import { registryStore } from '../../shared/registry/registry-store.ts';
import { planJob } from './plan-job.ts';

const dependencies = (runtime: Runtime & { readonly queue?: JobQueue }) => {
  const { clock, count, environment, tables } = runtime;
  return {
    clock,
    count,
    queue: runtime.queue ?? jobQueue(new SQSClient(), environment.queues),
    registry: registryStore(tables),
  };
};

export const handler = plannerHandler(dependencies, planJob);
