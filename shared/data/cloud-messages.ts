import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { CreateTopicCommand, PublishCommand, SNSClient, SNSServiceException } from '@aws-sdk/client-sns';
import { type Environment, MESSAGES_VARIABLES } from '../contract/environment.ts';
import type { Recipient } from '../domain/messages/message.ts';
import { type Messages, NotSent } from './message-port.ts';

/** EventBridge takes ten events a call. */
const BATCH = 10;
/** SNS puts it in the subject line of an e-mail: ASCII, under 100 characters. */
const MOST_SUBJECT = 99;

/** SNS, a topic a recipient, made when there is first something to say; and a bus of EventBridge. */
export const cloudMessages = (
  { topics, bus }: Environment['messages'],
  sns: Pick<SNSClient, 'send'> = new SNSClient(),
  bridge: Pick<EventBridgeClient, 'send'> = new EventBridgeClient(),
): Messages => {
  const arns = new Map<Recipient, string | undefined>();
  const arnOf = async (to: Recipient): Promise<string | undefined> => {
    if (topics === undefined) throw new Error(`this function may not send messages: set ${MESSAGES_VARIABLES.topics}`);
    // Making one that is there gives it back.
    if (!arns.has(to)) arns.set(to, (await sns.send(new CreateTopicCommand({ Name: `${topics}-${to}` }))).TopicArn);
    return arns.get(to);
  };
  return {
    send: async ({ to, subject, text }) => {
      const Subject = subject.en.replace(/[^\x20-\x7e]/g, '').slice(0, MOST_SUBJECT);
      const Message = `${subject.en}\n${text.en}\n\n${subject.hi}\n${text.hi}`;
      const TopicArn = await arnOf(to).catch((error: unknown) => {
        throw new NotSent('the topic could not be found', { cause: error });
      });
      await sns.send(new PublishCommand({ TopicArn, Subject, Message })).catch((error: unknown) => {
        throw error instanceof SNSServiceException ? new NotSent('SNS refused it', { cause: error }) : error;
      });
    },

    publish: async (events) => {
      if (events.length === 0) return;
      if (bus === undefined) throw new Error(`this function may not publish events: set ${MESSAGES_VARIABLES.bus}`);
      for (let at = 0; at < events.length; at += BATCH) {
        const Entries = events.slice(at, at + BATCH).map((event) => ({
          ...{ EventBusName: bus, Source: 'bahi', DetailType: event.type, Detail: JSON.stringify(event) },
        }));
        const { FailedEntryCount = 0 } = await bridge.send(new PutEventsCommand({ Entries }));
        if (FailedEntryCount > 0) throw new Error(`the bus refused ${FailedEntryCount} events`);
      }
    },
  };
};
