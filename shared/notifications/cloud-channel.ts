import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { SNSClient } from '@aws-sdk/client-sns';
import { toExactJson } from '../kernel/exact-json.ts';
import { type Environment, MESSAGES_VARIABLES } from '../platform/environment.ts';
import type { Messages } from './channel.ts';
import { snsMessages } from './sns-channel.ts';

/** EventBridge takes ten events a call. */
const BATCH = 10;

/** SNS for people, and a bus of EventBridge for other systems. */
export const cloudMessages = (
  where: Environment['messages'],
  sns?: Pick<SNSClient, 'send'>,
  bridge: Pick<EventBridgeClient, 'send'> = new EventBridgeClient(),
): Messages => {
  const { bus } = where;
  return {
    ...snsMessages(where, sns),

    publish: async (events) => {
      if (events.length === 0) return;
      if (bus === undefined) throw new Error(`this function may not publish events: set ${MESSAGES_VARIABLES.bus}`);
      for (let at = 0; at < events.length; at += BATCH) {
        const Entries = events.slice(at, at + BATCH).map((event) => ({
          ...{ EventBusName: bus, Source: 'bahi', DetailType: event.type, Detail: toExactJson(event) },
        }));
        const { FailedEntryCount = 0 } = await bridge.send(new PutEventsCommand({ Entries }));
        if (FailedEntryCount > 0) throw new Error(`the bus refused ${FailedEntryCount} events`);
      }
    },
  };
};
