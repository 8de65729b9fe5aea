import { describe, expect, it } from 'vitest';
import { ALERT_QUEUE } from '../../shared/contract/environment.ts';
import { JOBS } from '../../shared/contract/jobs.ts';
import { at, listed, namesOf, type Resource, statementsIn, synthesize } from './synth.ts';

const { of, said } = synthesize().cloud;
const FAILED_GO_TO = 'DestinationConfig.OnFailure.Destination';
const named = (type: string, name: string) => of(type).find((resource) => resource.name === name)?.properties;
const seconds = (properties: Resource['properties'] | undefined, of: string) => Number(at(properties, of));

describe('schedules', () => {
  it.each(Object.entries(JOBS))(
    '%s runs by the clock of India, once, and what is not delivered is kept',
    (job, declared) => {
      const due = of('AWS::Scheduler::Schedule').map(({ properties }) => properties);
      const [schedule, ...others] = due.filter((one) => at(one, 'Target.Input') === JSON.stringify({ job }));
      expect(others).toEqual([]);
      expect(schedule).toMatchObject({
        ScheduleExpression: declared.schedule,
        ScheduleExpressionTimezone: 'Asia/Kolkata',
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: { RetryPolicy: { MaximumEventAgeInSeconds: 1800, MaximumRetryAttempts: 5 } },
      });
      expect(said(at(schedule, 'Target.Arn'))).toBe('AlertSweepplanjobFunction.Arn');
      expect(said(at(schedule, 'Target.DeadLetterConfig.Arn'))).toBe('AlertSweepPlansFailed.Arn');
    },
  );

  it('there is none that no job asks for', () => {
    expect(of('AWS::Scheduler::Schedule')).toHaveLength(Object.keys(JOBS).length);
  });

  it('a planner that fails is run again, and then kept: the schedule only hands over', () => {
    const [invoked] = of('AWS::Lambda::EventInvokeConfig');
    expect(said(invoked?.properties.FunctionName)).toBe('AlertSweepplanjobFunction');
    expect(invoked?.properties).toMatchObject({ MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 1800 });
    expect(said(at(invoked?.properties, FAILED_GO_TO))).toBe('AlertSweepPlansFailed.Arn');
  });

  it('the planner knows the queue that the worker reads', () => {
    const planner = named('AWS::Lambda::Function', 'AlertSweepplanjobFunction');
    expect(said(at(planner, `Environment.Variables.${ALERT_QUEUE}`))).toBe('AlertSweepLocations');
  });
});

describe('queues', () => {
  const queues = of('AWS::SQS::Queue');
  const lastResorts = [
    ...queues.map(({ properties }) => at(properties, 'RedrivePolicy.deadLetterTargetArn')),
    ...of('AWS::Scheduler::Schedule').map(({ properties }) => at(properties, 'Target.DeadLetterConfig.Arn')),
    ...of('AWS::Lambda::EventInvokeConfig').map(({ properties }) => at(properties, FAILED_GO_TO)),
    ...of('AWS::Lambda::EventSourceMapping').map(({ properties }) => at(properties, FAILED_GO_TO)),
  ].map(said);
  const dead = queues.filter(({ name }) => lastResorts.includes(`${name}.Arn`));

  it('each has a dead-letter queue after a few tries, or is one', () => {
    const living = queues.filter((queue) => !dead.includes(queue));
    const endless = living.filter(({ properties }) => !(Number(at(properties, 'RedrivePolicy.maxReceiveCount')) <= 5));
    expect(namesOf(endless)).toEqual([]);
  });

  it('a dead-letter queue keeps for 14 days, and rings when it is not empty', () => {
    const short = dead.filter(({ properties }) => seconds(properties, 'MessageRetentionPeriod') !== 14 * 24 * 3600);
    expect(namesOf(short)).toEqual([]);
    const watched = of('AWS::CloudWatch::Alarm')
      .filter(({ properties }) => properties.MetricName === 'ApproximateNumberOfMessagesVisible')
      .map(({ properties }) => said(at(properties, 'Dimensions.0.Value')));
    expect(watched.sort()).toEqual(dead.map(({ name }) => `${name}.QueueName`).sort());
  });

  it('all are encrypted, and closed to plain HTTP', () => {
    expect(namesOf(queues.filter(({ properties }) => properties.SqsManagedSseEnabled !== true))).toEqual([]);
    const refusesPlain = { Effect: 'Deny', Action: 'sqs:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
    const closed = of('AWS::SQS::QueuePolicy').flatMap(({ properties }) => {
      expect(statementsIn(properties.PolicyDocument)).toContainEqual(expect.objectContaining(refusesPlain));
      return listed(properties.Queues).map(said);
    });
    expect(closed.sort()).toEqual(namesOf(queues).sort());
  });
});

describe('consumers', () => {
  const mappings = of('AWS::Lambda::EventSourceMapping');
  const from = (source: string) =>
    mappings.find(({ properties }) => said(properties.EventSourceArn) === source)?.properties;

  it('tell which of a batch failed', () => {
    const silent = mappings.filter(({ properties }) => {
      return !listed(properties.FunctionResponseTypes).includes('ReportBatchItemFailures');
    });
    expect(namesOf(silent)).toEqual([]);
    expect(mappings).toHaveLength(2);
  });

  it('the worker is bounded, and a message stays away six times as long as it may take', () => {
    expect(from('AlertSweepLocations.Arn')).toMatchObject({ BatchSize: 10, ScalingConfig: { MaximumConcurrency: 5 } });
    const timeout = seconds(named('AWS::Lambda::Function', 'AlertSweepraisealertsFunction'), 'Timeout');
    const away = seconds(named('AWS::SQS::Queue', 'AlertSweepLocations'), 'VisibilityTimeout');
    expect(away).toBeGreaterThanOrEqual(6 * timeout);
  });

  it('the stream is read from its start, split when it fails, given up within the hour, and what is given up is kept', () => {
    const stream = from('Stock.StreamArn');
    expect(stream).toMatchObject({
      StartingPosition: 'TRIM_HORIZON',
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 5,
      MaximumRecordAgeInSeconds: 3600,
    });
    expect(said(at(stream, FAILED_GO_TO))).toBe('StockWatchChangesFailed.Arn');
  });
});
