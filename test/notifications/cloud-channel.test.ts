import { readFileSync } from 'node:fs';
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { type SNSClient, SNSServiceException } from '@aws-sdk/client-sns';
import { expect, it } from 'vitest';
import { AlertEvent } from '../../shared/alerts/alert-event.ts';
import { cloudChannel, snsClient } from '../../shared/notifications/cloud-channel.ts';
import { Notification, NotSentError, Recipient } from '../../shared/notifications/notification.ts';
import type { SmsRegistration } from '../../shared/notifications/sms.ts';

const message = Notification.parse({
  to: 'LKO-01',
  message: 'digest#2026-11-22',
  at: '2026-11-22T05:00:00.000Z',
  subject: { en: 'Bahi, LKO-01: 1 new alert', hi: 'बही' },
  text: { en: 'You have 2.', hi: 'आपके पास 2 है।' },
  sms: { kind: 'digest', en: 'Bahi: 1', hi: 'बही: 1' },
});

const registered: SmsRegistration = {
  sender: 'UPODOP',
  entity: '1701000000000000001',
  templates: { urgent: { hi: 'U-HI', en: 'U-EN' }, digest: { hi: 'D-HI', en: 'D-EN' } },
};

const event = AlertEvent.parse(JSON.parse(readFileSync('docs/events/alert.opened.v1.json', 'utf8')));

it("A message goes to its recipient's topic, created once, in both languages.", async () => {
  const { sent, messages } = cloud();
  await messages.send(message, 'topic');
  await messages.send(message, 'topic');
  expect(sent.map((command) => command.constructor.name)).toEqual([
    'CreateTopicCommand',
    'PublishCommand',
    'PublishCommand',
  ]);
  expect(sent[0]?.input).toEqual({ Name: 'bahi-alerts-LKO-01' });
  expect(sent[1]?.input).toEqual({
    TopicArn: 'arn:of:bahi-alerts-LKO-01',
    Subject: 'Bahi, LKO-01: 1 new alert',
    MessageStructure: 'json',
    Message: JSON.stringify({
      default: 'Bahi, LKO-01: 1 new alert\nYou have 2.\n\nबही\nआपके पास 2 है।',
      sms: 'बही: 1',
    }),
    MessageAttributes: { 'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: 'Transactional' } },
  });
});

it('A message that SNS refuses was not sent; without an answer it is unknown.', async () => {
  const refuses = new SNSServiceException({ name: 'Throttled', $fault: 'client', $metadata: {} });
  const failing = (error: Error, at: string) =>
    cloud((command) => {
      if (command.constructor.name === at) throw error;
      return {};
    }).messages.send(message, 'topic');
  await expect(failing(refuses, 'PublishCommand')).rejects.toBeInstanceOf(NotSentError);
  await expect(failing(new Error('no answer'), 'CreateTopicCommand')).rejects.toBeInstanceOf(NotSentError);
  await expect(failing(new Error('no answer'), 'PublishCommand')).rejects.not.toBeInstanceOf(NotSentError);
});

it("An SMS is short, in the phone's language, with its registered template.", async () => {
  const { sent, messages } = cloud(undefined, registered);
  await messages.send(toPerson({ phone: '+919800000001', language: 'en' }), 'sms');
  const text = (StringValue: string) => ({ DataType: 'String', StringValue });
  expect(sent.map(({ input }) => input)).toEqual([
    {
      PhoneNumber: '+919800000001',
      Message: 'Bahi: 1',
      MessageAttributes: {
        'AWS.SNS.SMS.SMSType': text('Transactional'),
        'AWS.SNS.SMS.SenderID': text('UPODOP'),
        'AWS.MM.SMS.EntityId': text('1701000000000000001'),
        'AWS.MM.SMS.TemplateId': text('D-EN'),
      },
    },
  ]);
});

it('An e-mail goes in one language to a topic of one address, once it is confirmed.', async () => {
  let confirmed = '0';
  const { sent, messages } = cloud(() => ({ Attributes: { SubscriptionsConfirmed: confirmed } }));
  const [to, email] = [Recipient.parse('staff:DO-1'), 'meena@example.in'];
  expect(await messages.hasConfirmed(to, email)).toBe(false);
  await messages.invite(to, email);
  confirmed = '1';
  expect(await messages.hasConfirmed(to, email)).toBe(true);
  await messages.send(toPerson({ email, language: 'hi' }), 'email');
  await messages.hasConfirmed(to, 'meena.new@example.in');
  const [made, other] = sent.filter((command) => command.constructor.name === 'CreateTopicCommand');
  expect(made?.input.Name).toMatch(/^bahi-alerts-staff-DO-1-[0-9a-f]{12}$/);
  expect(made?.input.Name).not.toBe(other?.input.Name);
  const TopicArn = `arn:of:${made?.input.Name}`;
  expect(
    sent.filter((command) => /Subscribe|Publish/.test(command.constructor.name)).map(({ input }) => input),
  ).toEqual([
    { TopicArn, Protocol: 'email', Endpoint: email },
    { TopicArn, Subject: 'बही', Message: 'आपके पास 2 है।' },
  ]);
});

it('An SNS failure leaves the outcome unknown, and no log has the phone number.', async () => {
  const failing = (name: string, $fault: 'client' | 'server') =>
    cloud(() => {
      throw new SNSServiceException({ name, message: '+919800000001 is not valid', $fault, $metadata: {} });
    }).messages.send(toPerson({ phone: '+919800000001', language: 'hi' }), 'sms');
  await expect(failing('InternalError', 'server')).rejects.not.toBeInstanceOf(NotSentError);
  const refused = await failing('InvalidParameter', 'client').catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(NotSentError);
  expect([String(refused), (refused as Error).cause]).toEqual(['NotSent: SNS refused it: InvalidParameter', undefined]);
});

it('The client does not resend, since the first message may have gone.', async () => {
  const sns = snsClient();
  expect(await sns.config.maxAttempts()).toBe(1);
});

it('Events go to the bus ten at a time, and a rejected one is a failure.', async () => {
  const { sent, messages } = cloud();
  await messages.publish([]);
  await messages.publish(Array.from({ length: 12 }, () => event));
  expect(sent.map(({ input }) => (input.Entries as unknown[]).length)).toEqual([10, 2]);
  expect(sent.flatMap(({ input }) => input.Entries)[0]).toEqual({
    EventBusName: 'bahi',
    Source: 'bahi',
    DetailType: event.type,
    Detail: JSON.stringify(event),
  });
  await expect(cloud(() => ({ FailedEntryCount: 1 })).messages.publish([event])).rejects.toThrow('refused 1');
});

it('A function without a configured topic says so.', async () => {
  const messages = cloudChannel({ topics: undefined, bus: undefined, sms: undefined });
  await expect(messages.send(message, 'topic')).rejects.toThrow();
  await expect(messages.publish([event])).rejects.toThrow('EVENTS_BUS');
});

const toPerson = (contact: object) => Notification.parse({ ...message, to: 'staff:DO-1', contact });

type Sent = { readonly constructor: { readonly name: string }; readonly input: Record<string, unknown> };

const cloud = (answer: (command: Sent) => unknown = () => ({}), sms: SmsRegistration | undefined = undefined) => {
  const sent: Sent[] = [];
  const client = {
    send: async (command: Sent) => {
      sent.push(command);
      return { TopicArn: `arn:of:${command.input.Name}`, ...(answer(command) as object) };
    },
  };
  const where = { topics: 'bahi-alerts', bus: 'bahi', sms: sms && JSON.stringify(sms) };
  return {
    sent,
    messages: cloudChannel(where, client as unknown as SNSClient, client as unknown as EventBridgeClient),
  };
};
