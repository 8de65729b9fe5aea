import { createHash } from 'node:crypto';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateTopicCommand,
  GetTopicAttributesCommand,
  PublishCommand,
  type PublishCommandInput,
  SNSClient,
  SNSServiceException,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { toExactJson } from '../kernel/json.ts';
import type { Language } from '../kernel/units.ts';
import { type Environment, MESSAGES_VARIABLES } from '../platform/environment.ts';
import type { Contact } from '../registry/staff.ts';
import {
  type DeliveryMethod,
  type Notification,
  type NotificationChannel,
  NotSentError,
  type Recipient,
} from './notification.ts';
import { parseSmsRegistration, type Sms } from './sms.ts';

/** SNS's limit. */
const MAX_SUBJECT_LENGTH = 99;

const TOPIC_LANGUAGE: Language = 'hi';

/** A retry may send twice. */
export const snsClient = (): SNSClient => new SNSClient({ maxAttempts: 1 });

/** One topic per audience and e-mail address, created at first use. */
const snsChannel = (
  { topics, sms }: Environment['messages'],
  sns: Pick<SNSClient, 'send'> = snsClient(),
): Omit<NotificationChannel, 'publish'> => {
  const registered = sms === undefined ? undefined : parseSmsRegistration(sms);
  const arns = new Map<string, string | undefined>();
  const arnOf = async (name: string): Promise<string | undefined> => {
    if (topics === undefined) throw new Error(`this function may not send messages: set ${MESSAGES_VARIABLES.topics}`);
    // Returns an existing topic.
    if (!arns.has(name))
      arns.set(name, (await sns.send(new CreateTopicCommand({ Name: `${topics}-${name}` }))).TopicArn);
    return arns.get(name);
  };

  /** Without registration: the international route. */
  const attributesOf = (kind: Sms['kind'], language: Language): PublishCommandInput['MessageAttributes'] => {
    const values = {
      'AWS.SNS.SMS.SMSType': 'Transactional',
      ...(registered && {
        'AWS.SNS.SMS.SenderID': registered.sender,
        'AWS.MM.SMS.EntityId': registered.entity,
        'AWS.MM.SMS.TemplateId': registered.templates[kind][language],
      }),
    };
    return Object.fromEntries(
      Object.entries(values).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
    );
  };

  const PUBLISH: Record<DeliveryMethod, (message: Notification) => Promise<PublishCommandInput>> = {
    topic: async ({ to, subject, text, sms }) => {
      const whole = `${subject.en}\n${text.en}\n\n${subject.hi}\n${text.hi}`;
      return {
        TopicArn: await arnOf(to),
        Subject: subjectOf(subject.en.replace(/[^\x20-\x7e]/g, '')),
        MessageStructure: 'json',
        Message: JSON.stringify({ default: whole, sms: sms[TOPIC_LANGUAGE] }),
        MessageAttributes: attributesOf(sms.kind, TOPIC_LANGUAGE),
      };
    },
    email: async ({ to, subject, text, contact }) => {
      const { email, language } = contactOf(contact);
      const TopicArn = await arnOf(topicNameOf(to, email ?? ''));
      return { TopicArn, Subject: subjectOf(subject[language]), Message: text[language] };
    },
    sms: async ({ sms, contact }) => {
      const { phone, language } = contactOf(contact);
      return { PhoneNumber: phone, Message: sms[language], MessageAttributes: attributesOf(sms.kind, language) };
    },
  };

  return {
    send: async (message, way) => {
      const publish = await PUBLISH[way](message).catch((error: unknown) => {
        throw new NotSentError('the topic could not be found', { cause: error });
      });
      await sns.send(new PublishCommand(publish)).catch((error: unknown) => {
        throw isSnsRefusal(error) ? notSentError(error, way) : error;
      });
    },

    hasConfirmed: async (to, email) => {
      const TopicArn = await arnOf(topicNameOf(to, email));
      const { Attributes = {} } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
      return Number(Attributes.SubscriptionsConfirmed ?? 0) > 0;
    },

    invite: async (to, email) => {
      const TopicArn = await arnOf(topicNameOf(to, email));
      await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: email })).catch((error: unknown) => {
        throw isSnsRefusal(error) ? notSentError(error, 'email') : error;
      });
    },
  };
};

const contactOf = (contact: Notification['contact']): Contact => {
  if (!contact) throw new Error('only a person has a telephone or an address');
  return contact;
};

/** Hashed, as topic names are widely visible. */
const topicNameOf = (to: Recipient, email: string): string =>
  `${to.replace(':', '-')}-${createHash('sha256').update(email).digest('hex').slice(0, 12)}`;

const subjectOf = (subject: string): string => subject.slice(0, MAX_SUBJECT_LENGTH);

/** Only a client error proves that nothing was sent. */
const isSnsRefusal = (error: unknown): error is SNSServiceException =>
  error instanceof SNSServiceException && error.$fault === 'client';

/** SNS messages contain phone numbers and addresses; keep only the error's name. */
const notSentError = (error: SNSServiceException, way: DeliveryMethod): NotSentError =>
  new NotSentError(`SNS refused it: ${error.name}`, way === 'topic' ? { cause: error } : {});

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
          EventBusName: bus,
          Source: 'bahi',
          DetailType: event.type,
          Detail: toExactJson(event),
        }));
        const { FailedEntryCount = 0 } = await bridge.send(new PutEventsCommand({ Entries }));
        if (FailedEntryCount > 0) throw new Error(`the bus refused ${FailedEntryCount} events`);
      }
    },
  };
};
