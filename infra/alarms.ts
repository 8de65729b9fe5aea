import { Duration, Stack } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { Alarm, ComparisonOperator, type IMetric, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { METRIC_SOURCE, type MetricName } from '../shared/platform/metric-names.ts';
import { removalPolicyOf, stageOf } from './stages.ts';

/** On-duty staff subscribe. Its senders need the key's own policy. */
export const alarmTopic = (scope: Construct): Topic => {
  const conditions = { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } };
  const cloudWatch = new ServicePrincipal('cloudwatch.amazonaws.com', { conditions });
  const budgets = new ServicePrincipal('budgets.amazonaws.com', { conditions });
  const masterKey = new Key(scope, 'AlarmKey', {
    description: 'Alarms of Bahi',
    enableKeyRotation: true,
    removalPolicy: removalPolicyOf(scope),
  });
  masterKey.addToResourcePolicy(
    new PolicyStatement({
      principals: [cloudWatch, budgets],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
    }),
  );
  const topic = new Topic(scope, 'Alarms', { displayName: 'Bahi alarms', masterKey, enforceSSL: true });
  topic.addToResourcePolicy(
    new PolicyStatement({ principals: [cloudWatch, budgets], actions: ['sns:Publish'], resources: [topic.topicArn] }),
  );
  return topic;
};

type AlarmProps = {
  readonly metric: IMetric;
  /** The alarm text: it names the people affected and the first step. */
  readonly description: string;
  /** For `periods` five-minute periods in a row. */
  readonly above?: number;
  readonly periods?: number;
  readonly topic: ITopic;
};

export const FIVE_MINUTES = { period: Duration.minutes(5) };

/** As Powertools names it. */
export const countMetric = (metricName: MetricName, period = FIVE_MINUTES.period): IMetric =>
  new Metric({
    namespace: METRIC_SOURCE.namespace,
    metricName,
    dimensionsMap: { service: METRIC_SOURCE.service },
    period,
    statistic: 'Sum',
  });

/** An hour without requests is no alarm. */
export const alarm = (
  scope: Construct,
  id: string,
  { metric, description, above = 0, periods = 1, topic }: AlarmProps,
): Alarm => {
  const created = new Alarm(scope, id, {
    metric,
    alarmDescription: description,
    threshold: above,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: periods,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  created.addAlarmAction(new SnsAction(topic));
  return created;
};

/** Rings if the period has no data. */
export const silenceAlarm = (
  scope: Construct,
  id: string,
  { metric, description, topic }: Pick<AlarmProps, 'metric' | 'description' | 'topic'>,
): void => {
  const created = new Alarm(scope, id, {
    metric,
    alarmDescription: description,
    threshold: 1,
    comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: 1,
    treatMissingData: TreatMissingData.BREACHING,
  });
  created.addAlarmAction(new SnsAction(topic));
};

/** Percent of the budget: spent, and forecast for the month. */
const NOTICES = [
  { notificationType: 'ACTUAL', threshold: 80 },
  { notificationType: 'ACTUAL', threshold: 100 },
  { notificationType: 'FORECASTED', threshold: 100 },
];

/** Tells the person on duty. The budget counts what has the stage's tag. */
export const budget = (scope: Construct, topic: Topic): void => {
  const { monthlyDollars, name, resourcePrefix } = stageOf(scope);
  new CfnBudget(scope, 'Budget', {
    budget: {
      budgetName: resourcePrefix,
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      budgetLimit: { amount: monthlyDollars, unit: 'USD' },
      costFilters: { TagKeyValue: [`user:stage$${name}`] },
    },
    notificationsWithSubscribers: NOTICES.map(({ notificationType, threshold }) => ({
      notification: { notificationType, threshold, thresholdType: 'PERCENTAGE', comparisonOperator: 'GREATER_THAN' },
      subscribers: [{ subscriptionType: 'SNS', address: topic.topicArn }],
    })),
  });
};
