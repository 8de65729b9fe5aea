import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { type Environment, queueVariable } from './environment.ts';
import type { Job, JobMessage } from './jobs.ts';

/** Each job has its own queue. */
export type JobQueue = { send(job: Job, messages: readonly JobMessage[]): Promise<void> };

/** SQS's limit. */
const BATCH_SIZE = 10;

/** Any refused message is a failure: the planner runs again, and repeats are safe. */
export const jobQueue = (client: SQSClient, queues: Environment['queues']): JobQueue => ({
  send: async (job, messages) => {
    const QueueUrl = queues[job];
    if (QueueUrl === undefined) throw new Error(`this function has no queue for ${job}: set ${queueVariable(job)}`);
    for (let at = 0; at < messages.length; at += BATCH_SIZE) {
      const Entries = messages
        .slice(at, at + BATCH_SIZE)
        .map((message, n) => ({ Id: String(n), MessageBody: JSON.stringify(message) }));
      const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
      if (Failed.length > 0) throw new Error(`the queue refused ${Failed.length} messages: ${Failed[0]?.Message}`);
    }
  },
});
