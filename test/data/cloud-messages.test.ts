import { readFileSync } from 'node:fs';
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { type SNSClient, SNSServiceException } from '@aws-sdk/client-sns';
import { expect, it } from 'vitest';
import { AlertEvent } from '../../shared/contract/events.ts';
import { cloudMessages } from '../../shared/data/cloud-messages.ts';
import { NotSent } from '../../shared/data/message-port.ts';
import { Message } from '../../shared/domain/messages/message.ts';

const message = Message.parse({
  ...{ to: 'LKO-01', message: 'digest#2026-11-22', at: '2026-11-22T05:00:00.000Z' },
  ...{ subject: { en: 'Bahi, LKO-01: 1 new alert', hi: 'बही' }, text: { en: 'You have 2.', hi: 'आपके पास 2 है।' } },
});
const event = AlertEvent.parse(JSON.parse(readFileSync('docs/events/alert.opened.v1.json', 'utf8')));
type Sent = { readonly constructor: { readonly name: string }; readonly input: Record<string, unknown> };

const cloud = (answer: (command: Sent) => unknown = () => ({})) => {
  const sent: Sent[] = [];
  const client = {
    send: async (command: Sent) => {
      sent.push(command);
      return { TopicArn: `arn:of:${command.input.Name}`, ...(answer(command) as object) };
    },
  };
  const where = { topics: 'bahi-alerts', bus: 'bahi' };
  return {
    sent,
    messages: cloudMessages(where, client as unknown as SNSClient, client as unknown as EventBridgeClient),
  };
};

it('a message goes to the topic of its recipient, which is made once, in both languages', async () => {
  const { sent, messages } = cloud();
  await messages.send(message);
  await messages.send(message);
  expect(sent.map((command) => command.constructor.name)).toEqual([
    'CreateTopicCommand',
    'PublishCommand',
    'PublishCommand',
  ]);
  expect(sent[0]?.input).toEqual({ Name: 'bahi-alerts-LKO-01' });
  expect(sent[1]?.input).toEqual({
    TopicArn: 'arn:of:bahi-alerts-LKO-01',
    Subject: 'Bahi, LKO-01: 1 new alert',
    Message: 'Bahi, LKO-01: 1 new alert\nYou have 2.\n\nबही\nआपके पास 2 है।',
  });
});

it('what SNS refuses was not sent; of what has no answer nobody knows', async () => {
  const refuses = new SNSServiceException({ name: 'Throttled', $fault: 'client', $metadata: {} });
  const failing = (error: Error, at: string) =>
    cloud((command) => {
      if (command.constructor.name === at) throw error;
      return {};
    }).messages.send(message);
  await expect(failing(refuses, 'PublishCommand')).rejects.toBeInstanceOf(NotSent);
  await expect(failing(new Error('no answer'), 'CreateTopicCommand')).rejects.toBeInstanceOf(NotSent);
  await expect(failing(new Error('no answer'), 'PublishCommand')).rejects.not.toBeInstanceOf(NotSent);
});

it('events go to the bus, ten at a time, and one that it does not take is a failure', async () => {
  const { sent, messages } = cloud();
  await messages.publish([]);
  await messages.publish(Array.from({ length: 12 }, () => event));
  expect(sent.map(({ input }) => (input.Entries as unknown[]).length)).toEqual([10, 2]);
  expect(sent.flatMap(({ input }) => input.Entries)[0]).toEqual({
    ...{ EventBusName: 'bahi', Source: 'bahi', DetailType: event.type, Detail: JSON.stringify(event) },
  });
  await expect(cloud(() => ({ FailedEntryCount: 1 })).messages.publish([event])).rejects.toThrow('refused 1');
});

it('a function that was not told where says so', async () => {
  const messages = cloudMessages({ topics: undefined, bus: undefined });
  await expect(messages.send(message)).rejects.toThrow();
  await expect(messages.publish([event])).rejects.toThrow('EVENTS_BUS');
});
