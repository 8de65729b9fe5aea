import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { SNSClient } from '@aws-sdk/client-sns';
import { toExactJson } from '../kernel/exact-json.ts';
import { type Environment, MESSAGES_VARIABLES } from '../platform/environment.ts';
import type { NotificationChannel } from './notification-channel.ts';
import { snsChannel } from './sns-channel.ts';

/** EventBridge's limit. */
const MAX_EVENTS_PER_CALL = 10;

/** SNS for people, EventBridge for other systems. */
export const cloudChannel = (
  where: Environment['messages'],
  sns?: Pick<SNSClient, 'send'>,
  bridge: Pick<EventBridgeClient, 'send'> = new EventBridgeClient(),
): NotificationChannel => {
  const { bus } = where;
  return {
    ...snsChannel(where, sns),

    publish: async (events) => {
      if (events.length === 0) return;
      if (bus === undefined) throw new Error(`this function may not publish events: set ${MESSAGES_VARIABLES.bus}`);
      for (let at = 0; at < events.length; at += MAX_EVENTS_PER_CALL) {
        const Entries = events.slice(at, at + MAX_EVENTS_PER_CALL).map((event) => ({
          ...{ EventBusName: bus, Source: 'bahi', DetailType: event.type, Detail: toExactJson(event) },
        }));
        const { FailedEntryCount = 0 } = await bridge.send(new PutEventsCommand({ Entries }));
        if (FailedEntryCount > 0) throw new Error(`the bus refused ${FailedEntryCount} events`);
      }
    },
  };
};
