import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { ALERT_QUEUE } from '../contract/environment.ts';
import type { JobMessage } from '../contract/jobs.ts';

export type JobQueue = { send(messages: readonly JobMessage[]): Promise<void> };

/** SQS takes ten messages a call. */
const BATCH = 10;

/** A message that SQS did not take is a failure of the whole: the planner is run again, and repeats harm nobody. */
export const jobQueue = (client: SQSClient, queueUrl: string | undefined): JobQueue => ({
  send: async (messages) => {
    if (queueUrl === undefined) throw new Error(`this function has no queue: set ${ALERT_QUEUE}`);
    for (let at = 0; at < messages.length; at += BATCH) {
      const Entries = messages
        .slice(at, at + BATCH)
        .map((message, n) => ({ Id: String(n), MessageBody: JSON.stringify(message) }));
      const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
      if (Failed.length > 0) throw new Error(`the queue refused ${Failed.length} messages: ${Failed[0]?.Message}`);
    }
  },
});
