import { type App, CfnOutput, Duration, Stack, Validations } from 'aws-cdk-lib';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { UserPool, UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectLockRetention, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { alarm, alarmTopic, budget, FIVE_MINUTES } from './alarms.ts';
import { identity } from './identity.ts';
import { safekeeping } from './safekeeping.ts';
import { removalPolicyOf, stageOf } from './stages.ts';
import { type BahiTables, bahiTables } from './tables.ts';
import { voucherExports } from './voucher-exports.ts';

/** The stack of tables, seals and sign-ins. In production deletion protection is on. */
export class DataStack extends Stack {
  readonly tables: BahiTables;
  readonly userPool: UserPool;
  readonly client: UserPoolClient;
  readonly signInUrl: string;
  readonly topic: Topic;
  readonly seals: Bucket;
  readonly exports: Bucket;

  constructor(app: App, id: string) {
    super(app, id, { description: 'Bahi: tables, people, alarms', terminationProtection: stageOf(app).keepsData });
    this.tables = bahiTables(this);
    this.seals = sealsBucket(this);
    this.exports = voucherExports(this);
    const { userPool, client, signInUrl } = identity(this, this.tables);
    this.userPool = userPool;
    this.client = client;
    this.signInUrl = signInUrl;
    this.topic = alarmTopic(this);
    budget(this, this.topic);
    if (stageOf(app).keepsData) safekeeping(this, this.tables);

    for (const name of ['Ledger', 'Stock'] as const)
      alarm(this, `${name}Throttled`, {
        metric: throttleMetric(this.tables[name]),
        above: 10,
        description:
          `Stalls wait or get BUSY, because DynamoDB throttles ${name}. Look for one location or item that everybody ` +
          'writes to; if the whole table is busy, raise its warm throughput.',
        topic: this.topic,
      });
    new CfnOutput(this, 'UserPoolId', { value: userPool.userPoolId });
    new CfnOutput(this, 'AppClientId', { value: client.userPoolClientId });
    new CfnOutput(this, 'AlarmTopic', { value: this.topic.topicArn });
  }
}

const throttleMetric = (table: ITableV2) => {
  const [reads, writes] = ['ReadThrottleEvents', 'WriteThrottleEvents'].map((metric) =>
    table.metric(metric, { ...FIVE_MINUTES, statistic: 'Sum' }),
  );
  return new MathExpression({
    expression: 'FILL(reads, 0) + FILL(writes, 0)',
    usingMetrics: { ...(reads && { reads }), ...(writes && { writes }) },
    label: 'throttled',
    ...FIVE_MINUTES,
  });
};

/** CGST section 36: six years from the year's return, at most eight from the day. */
const SEAL_RETENTION = Duration.days(8 * 366);

/** Last hashes of the close chains, read by reconciliation. */
const sealsBucket = (scope: Construct): Bucket => {
  const { keepsData } = stageOf(scope);
  const bucket = new Bucket(scope, 'Seals', {
    ...(keepsData
      ? { objectLockEnabled: true, objectLockDefaultRetention: ObjectLockRetention.compliance(SEAL_RETENTION) }
      : { autoDeleteObjects: true }),
    versioned: true,
    encryption: BucketEncryption.S3_MANAGED,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    removalPolicy: removalPolicyOf(scope),
  });
  Validations.of(bucket).acknowledge({
    id: 'AwsSolutions-S1',
    reason: 'It holds hashes, written once and locked, which reveal no data.',
  });
  return bucket;
};
