import type { SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { Environment, queueVariable } from '../../shared/platform/environment.ts';
import { jobQueue } from '../../shared/platform/job-handler.ts';
import { JOBS, Job, JobMessage } from '../../shared/platform/jobs.ts';
import { at, listed, namesOf, type Resource, statementsIn, synthesize } from './synth.ts';

const { of, said } = synthesize().cloud;
const FAILED_GO_TO = 'DestinationConfig.OnFailure.Destination';
const named = (type: string, name: string) => of(type).find((resource) => resource.name === name)?.properties;
const seconds = (properties: Resource['properties'] | undefined, of: string) => Number(at(properties, of));

const lambda = (folder: string) =>
  of('AWS::Lambda::Function').find(({ properties }) => properties.Description === `functions/${folder}`)?.properties;
const mappings = of('AWS::Lambda::EventSourceMapping');
const mappingFrom = (source: string) =>
  mappings.find(({ properties }) => said(properties.EventSourceArn) === source)?.properties;

/** The queue that the planner puts this job's work on. */
const queueOf = (job: Job): string => said(at(lambda('plan-job'), `Environment.Variables.${queueVariable(job)}`));

describe.each(Job.options)('%s', (job) => {
  const queue = named('AWS::SQS::Queue', queueOf(job));

  it("It is due once by India's clock, and undelivered messages are kept.", () => {
    const due = of('AWS::Scheduler::Schedule').map(({ properties }) => properties);
    const [schedule, ...others] = due.filter((one) => at(one, 'Target.Input') === JSON.stringify({ job }));
    expect(others).toEqual([]);
    expect(schedule).toMatchObject({
      ScheduleExpression: JOBS[job].schedule,
      ScheduleExpressionTimezone: 'Asia/Kolkata',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { RetryPolicy: { MaximumEventAgeInSeconds: 1800, MaximumRetryAttempts: 5 } },
    });
    expect(said(at(schedule, 'Target.Arn'))).toBe('planjobFunction.Arn');
    expect(said(at(schedule, 'Target.DeadLetterConfig.Arn'))).toBe('PlansFailed.Arn');
  });

  it('It has its own queue, which its worker reads a few at a time.', () => {
    expect(queue, `a queue named by ${queueVariable(job)}`).toBeDefined();
    expect(Job.options.filter((other) => queueOf(other) === queueOf(job))).toEqual([job]);
    const mapping = mappingFrom(`${queueOf(job)}.Arn`);
    expect(named('AWS::Lambda::Function', said(mapping?.FunctionName))?.Description).toBe(`functions/${job}`);
    expect(mapping).toMatchObject({
      BatchSize: job === 'sweep-alerts' || job === 'plan-replenishment' ? 10 : 1,
      // SQS lets no queue have fewer than two; of the second the first one's version has no use.
      ScalingConfig: { MaximumConcurrency: job === 'update-demand-model' ? 2 : 5 },
    });
  });

  it('The visibility timeout is six times the run time, and retention covers all tries twice.', () => {
    const away = seconds(queue, 'VisibilityTimeout');
    expect(away).toBe(6 * seconds(lambda(job), 'Timeout'));
    const tries = Number(at(queue, 'RedrivePolicy.maxReceiveCount'));
    expect(seconds(queue, 'MessageRetentionPeriod')).toBeGreaterThanOrEqual(2 * tries * away);
  });

  it('The dead-letter alarm names its worker.', () => {
    const failed = said(at(queue, 'RedrivePolicy.deadLetterTargetArn')).replace(/\.Arn$/, '');
    const alarm = of('AWS::CloudWatch::Alarm').find(
      ({ properties }) => said(at(properties, 'Dimensions.0.Value')) === `${failed}.QueueName`,
    );
    expect(alarm?.properties.AlarmDescription).toContain(`the log of functions/${job},`);
  });
});

describe('Planner', () => {
  it('Every schedule belongs to a job, but for that of the canary.', () => {
    expect(of('AWS::Scheduler::Schedule')).toHaveLength(Job.options.length + 1);
  });

  it('A failed plan is retried and then kept: the schedule only hands over.', () => {
    const [invoked] = of('AWS::Lambda::EventInvokeConfig');
    expect(said(invoked?.properties.FunctionName)).toBe('planjobFunction');
    expect(invoked?.properties).toMatchObject({ MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 1800 });
    expect(said(at(invoked?.properties, FAILED_GO_TO))).toBe('PlansFailed.Arn');
  });

  it.each(Job.options)('It sends %s to the queue of that name, and names a missing queue.', async (job) => {
    const sent: unknown[] = [];
    const client = { send: async ({ input }: { input: { QueueUrl: string } }) => sent.push(input.QueueUrl) && {} };
    const message = JobMessage.parse({ job, location: 'PBE-D1', day: '2026-11-22' });
    const send = (environment: object) =>
      jobQueue(client as unknown as SQSClient, Environment.parse(environment).queues).send(job, [message]);
    await send(Object.fromEntries(Job.options.map((one) => [queueVariable(one), `queue of ${one}`])));
    expect(sent).toEqual([`queue of ${job}`]);
    await expect(send({})).rejects.toThrow(queueVariable(job));
  });
});

describe('Queues', () => {
  const queues = of('AWS::SQS::Queue');
  const lastResorts = [
    ...queues.map(({ properties }) => at(properties, 'RedrivePolicy.deadLetterTargetArn')),
    ...of('AWS::Scheduler::Schedule').map(({ properties }) => at(properties, 'Target.DeadLetterConfig.Arn')),
    ...of('AWS::Lambda::EventInvokeConfig').map(({ properties }) => at(properties, FAILED_GO_TO)),
    ...of('AWS::Lambda::EventSourceMapping').map(({ properties }) => at(properties, FAILED_GO_TO)),
  ].map(said);
  const dead = queues.filter(({ name }) => lastResorts.includes(`${name}.Arn`));

  it('Each queue has a dead-letter queue after a few tries, or is one.', () => {
    const living = queues.filter((queue) => !dead.includes(queue));
    const endless = living.filter(({ properties }) => !(Number(at(properties, 'RedrivePolicy.maxReceiveCount')) <= 5));
    expect(namesOf(endless)).toEqual([]);
  });

  it('A dead-letter queue keeps messages 14 days and rings when it is not empty.', () => {
    const short = dead.filter(({ properties }) => seconds(properties, 'MessageRetentionPeriod') !== 14 * 24 * 3600);
    expect(namesOf(short)).toEqual([]);
    const watched = of('AWS::CloudWatch::Alarm')
      .filter(({ properties }) => properties.MetricName === 'ApproximateNumberOfMessagesVisible')
      .map(({ properties }) => said(at(properties, 'Dimensions.0.Value')));
    expect(watched.sort()).toEqual(dead.map(({ name }) => `${name}.QueueName`).sort());
  });

  it('All queues are encrypted and closed to plain HTTP.', () => {
    expect(namesOf(queues.filter(({ properties }) => properties.SqsManagedSseEnabled !== true))).toEqual([]);
    const refusesPlain = { Effect: 'Deny', Action: 'sqs:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
    const closed = of('AWS::SQS::QueuePolicy').flatMap(({ properties }) => {
      expect(statementsIn(properties.PolicyDocument)).toContainEqual(expect.objectContaining(refusesPlain));
      return listed(properties.Queues).map(said);
    });
    expect(closed.sort()).toEqual(namesOf(queues).sort());
  });
});

describe('Consumers', () => {
  it('Consumers report which messages of a batch failed.', () => {
    const silent = mappings.filter(({ properties }) => {
      return !listed(properties.FunctionResponseTypes).includes('ReportBatchItemFailures');
    });
    expect(namesOf(silent)).toEqual([]);
    expect(mappings, 'of each job, and of two streams').toHaveLength(Job.options.length + 2);
  });

  it('A stream is read from its start, split on failure, given up in an hour, failures kept.', () => {
    const stream = mappingFrom('Stock.StreamArn');
    expect(stream).toMatchObject({
      StartingPosition: 'TRIM_HORIZON',
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 5,
      MaximumRecordAgeInSeconds: 3600,
    });
    expect(said(at(stream, FAILED_GO_TO))).toBe('StockWatchChangesFailed.Arn');
  });
});
