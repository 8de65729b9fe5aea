import { describe, expect, it } from 'vitest';
import { ifAny, listed, type Resource, type Statement, statementsIn, synthesize } from './synth.ts';

const { of, said } = synthesize().cloud;

/** X-Ray takes segments for no resource in particular; AWS allows nothing but `*` here. */
const ON_ANYTHING = ['xray:PutTelemetryRecords *', 'xray:PutTraceSegments *'];

/** Topics of alerts, which are made when there is first something to say. */
const TOPICS = ['sns:CreateTopic', 'sns:GetTopicAttributes', 'sns:Publish', 'sns:Subscribe'].map(
  (action) => `${action} arn:AWS::Partition:sns:AWS::Region:AWS::AccountId:bahi-alerts-*`,
);

/** Telephones have no name in IAM: it is on whatever is no topic. */
const PHONES = 'sns:Publish not arn:*:sns:*:*:*';

describe('Permissions of each function', () => {
  const functions = of('AWS::Lambda::Function').map(({ name, properties }) => {
    const [folder, role] = [String(properties.Description).replace('functions/', ''), said(properties.Role)];
    return { name, folder, role: role.replace(/\.Arn$/, '') };
  });

  it('The list has all functions, each with a role of its own.', () => {
    expect(functions.map(({ folder }) => folder).sort()).toEqual(Object.keys(POWERS).sort());
    expect(new Set(functions.map(({ role }) => role)).size).toBe(functions.length);
  });

  it.each(functions)('$folder', ({ name, folder, role }) => {
    const log = `${name.replace(/Function$/, 'Logs')}.Arn`;
    const always = [`logs:CreateLogStream ${log}`, `logs:PutLogEvents ${log}`, ...ON_ANYTHING];
    const powers = policies.filter(({ roles }) => roles.includes(role)).flatMap((policy) => policy.powers);
    expect(powers.sort()).toEqual([...always, ...(POWERS[folder] ?? [])].sort());
  });
});

describe('Nobody may do more than is named', () => {
  it('No action or resource is a wildcard, but for X-Ray, seals, public pages, exports, alert topics and phones.', () => {
    const exports = [
      's3:GetObject VoucherExports.Arn/exports/*',
      ...['PutObject', 'AbortMultipartUpload'].flatMap((action) =>
        ['exports', 'vouchers'].map((prefix) => `s3:${action} VoucherExports.Arn/${prefix}/*`),
      ),
    ];
    const pages = ['GetObject', 'PutObject', 'DeleteObject'].map(
      (action) => `s3:${action} arn:aws:s3:::bahi-showcase-AWS::AccountId/*`,
    );
    const NAMED = ['s3:GetObject Seals.Arn/*', 's3:PutObject Seals.Arn/*', ...exports, ...pages, ...TOPICS, PHONES];
    const wide = policies.flatMap(({ name, powers }) =>
      powers
        .filter((power) => power.includes('*') && !ON_ANYTHING.includes(power) && !NAMED.includes(power))
        .map((power) => `${name}: ${power}`),
    );
    expect(wide).toEqual([]);
  });

  it('Roles get their permissions from these policies only, but for those of CodeDeploy and AWS Backup.', () => {
    const otherwise = of('AWS::IAM::Role').filter(
      ({ properties }) => properties.ManagedPolicyArns || properties.Policies,
    );
    const managed = otherwise.flatMap(({ name, properties }) =>
      listed(properties.ManagedPolicyArns).map((policy) => `${name}: ${said(policy).replace(/^.*policy\//, '')}`),
    );
    expect(managed).toEqual([
      'BackupsRole: service-role/AWSBackupServiceRolePolicyForBackup',
      'DeploymentRole: service-role/AWSCodeDeployRoleForLambdaLimited',
    ]);
  });

  it('No queue, topic or key is open to everybody.', () => {
    const documents = ({ properties }: Resource) => properties.PolicyDocument ?? properties.KeyPolicy;
    const open = ['AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy', 'AWS::KMS::Key']
      .flatMap(of)
      .filter((resource) =>
        statementsIn(documents(resource)).some(
          ({ Effect, Principal }) => Effect === 'Allow' && /^("\*"|\{"AWS":"\*"\})$/.test(JSON.stringify(Principal)),
        ),
      );
    expect(open.map(({ name }) => name)).toEqual([]);
  });
});

/**
 * The powers of each function, beside its log and its traces. By hand and not taken from
 * infra/grants.ts: a wider power must be written twice, and a reviewer sees it.
 */
const POWERS: Readonly<Record<string, readonly string[]>> = {
  vouchers: [
    'dynamodb:BatchGetItem Ledger.Arn',
    'dynamodb:BatchGetItem Registry.Arn',
    'dynamodb:BatchGetItem Requests.Arn',
    'dynamodb:BatchGetItem Stock.Arn',
    'dynamodb:BatchGetItem Transfers.Arn',
    'dynamodb:ConditionCheckItem Ledger.Arn',
    'dynamodb:GetItem Alerts.Arn',
    'dynamodb:GetItem Customers.Arn',
    'dynamodb:GetItem Ledger.Arn',
    'dynamodb:GetItem Requests.Arn',
    'dynamodb:GetItem Transfers.Arn',
    'dynamodb:PutItem Alerts.Arn',
    'dynamodb:PutItem Customers.Arn',
    'dynamodb:PutItem Ledger.Arn',
    'dynamodb:PutItem Registry.Arn',
    'dynamodb:PutItem Transfers.Arn',
    'dynamodb:Query Customers.Arn',
    'dynamodb:Query Ledger.Arn',
    'dynamodb:Query Ledger.Arn/index/stillHeld',
    'dynamodb:Query Registry.Arn',
    'dynamodb:Query Registry.Arn/index/byPlace',
    'dynamodb:Query Requests.Arn/index/openAt',
    'dynamodb:Query Transfers.Arn/index/openTo',
    'dynamodb:UpdateItem Customers.Arn',
    'dynamodb:UpdateItem Ledger.Arn',
    'dynamodb:UpdateItem Passbook.Arn',
    'dynamodb:UpdateItem Requests.Arn',
    'dynamodb:UpdateItem Stock.Arn',
    'dynamodb:UpdateItem Transfers.Arn',
  ],
  requests: [
    'dynamodb:BatchGetItem Passbook.Arn',
    'dynamodb:BatchGetItem Registry.Arn',
    'dynamodb:BatchGetItem Requests.Arn',
    'dynamodb:BatchGetItem Stock.Arn',
    'dynamodb:GetItem Alerts.Arn',
    'dynamodb:GetItem Passbook.Arn',
    'dynamodb:GetItem Registry.Arn',
    'dynamodb:GetItem Requests.Arn',
    'dynamodb:PutItem Alerts.Arn',
    'dynamodb:PutItem Passbook.Arn',
    'dynamodb:PutItem Registry.Arn',
    'dynamodb:PutItem Requests.Arn',
    'dynamodb:Query Ledger.Arn/index/byProducer',
    'dynamodb:Query Passbook.Arn',
    'dynamodb:Query Requests.Arn/index/byProducer',
    'dynamodb:Query Requests.Arn/index/openAt',
    'dynamodb:UpdateItem Passbook.Arn',
    'dynamodb:UpdateItem Registry.Arn',
    'dynamodb:UpdateItem Requests.Arn',
    'dynamodb:UpdateItem Stock.Arn',
  ],
  stock: [
    'dynamodb:BatchGetItem Registry.Arn',
    'dynamodb:BatchGetItem Stock.Arn',
    'dynamodb:BatchGetItem Transfers.Arn',
    'dynamodb:GetItem Ledger.Arn',
    'dynamodb:GetItem Transfers.Arn',
    'dynamodb:Query Ledger.Arn',
    'dynamodb:Query Registry.Arn',
    'dynamodb:Query Registry.Arn/index/bySeller',
    'dynamodb:Query Stock.Arn',
    'dynamodb:Query Stock.Arn/index/byItem',
    'dynamodb:Query Transfers.Arn/index/byReceiver',
    'dynamodb:Query Transfers.Arn/index/bySender',
    'dynamodb:Query Transfers.Arn/index/openFrom',
    'dynamodb:Query Transfers.Arn/index/openTo',
  ],
  registry: [
    'dynamodb:BatchGetItem Registry.Arn',
    'dynamodb:DeleteItem Registry.Arn',
    'dynamodb:GetItem Registry.Arn',
    'dynamodb:PutItem Registry.Arn',
    'dynamodb:Query Registry.Arn',
    'dynamodb:Query Registry.Arn/index/byPlace',
    'dynamodb:UpdateItem Registry.Arn',
  ],
  alerts: [
    'dynamodb:BatchGetItem Registry.Arn',
    'dynamodb:GetItem Alerts.Arn',
    'dynamodb:PutItem Alerts.Arn',
    'dynamodb:Query Alerts.Arn',
    'dynamodb:Query Alerts.Arn/index/byArea',
    'dynamodb:Query Alerts.Arn/index/openAt',
    'dynamodb:Query Registry.Arn',
  ],
  documents: [
    'dynamodb:BatchGetItem Ledger.Arn',
    'dynamodb:BatchGetItem Registry.Arn',
    'dynamodb:GetItem Ledger.Arn',
    'dynamodb:GetItem Transfers.Arn',
    'dynamodb:PutItem Statements.Arn',
    'dynamodb:Query Ledger.Arn',
    'dynamodb:Query Registry.Arn',
    'dynamodb:Query Registry.Arn/index/bySeller',
  ],
  bills: [
    'dynamodb:BatchGetItem Ledger.Arn',
    'dynamodb:BatchGetItem Registry.Arn',
    'dynamodb:GetItem Ledger.Arn',
    'dynamodb:GetItem Transfers.Arn',
    'dynamodb:Query Ledger.Arn',
  ],
  reports: [
    'dynamodb:BatchGetItem Ledger.Arn',
    'dynamodb:BatchGetItem Registry.Arn',
    'dynamodb:BatchGetItem Requests.Arn',
    'dynamodb:BatchGetItem Transfers.Arn',
    'dynamodb:GetItem Exports.Arn',
    'dynamodb:GetItem Ledger.Arn',
    'dynamodb:PutItem Exports.Arn',
    'dynamodb:PutItem Statements.Arn',
    'dynamodb:Query Exports.Arn',
    'dynamodb:Query Ledger.Arn',
    'dynamodb:Query Paces.Arn',
    'dynamodb:Query Registry.Arn',
    'dynamodb:Query Registry.Arn/index/bySeller',
    'dynamodb:Query Transfers.Arn/index/openTo',
    'dynamodb:UpdateItem Exports.Arn',
    's3:GetObject VoucherExports.Arn/exports/*',
    'sqs:SendMessage Queueexportvouchers.Arn',
  ],
  service: ['dynamodb:BatchGetItem Registry.Arn', 'dynamodb:GetItem Statements.Arn'],
  'canary-sale': [],
  'plan-job': [
    'dynamodb:Query Registry.Arn',
    'sqs:GetQueueAttributes PlansFailed.Arn',
    'sqs:GetQueueUrl PlansFailed.Arn',
    'sqs:SendMessage PlansFailed.Arn',
    'sqs:SendMessage Queueallocatematerials.Arn',
    'sqs:SendMessage Queuereconcileledger.Arn',
    'sqs:SendMessage Queuebuildshowcase.Arn',
    'sqs:SendMessage Queuecloseday.Arn',
    'sqs:SendMessage Queueexportvouchers.Arn',
    'sqs:SendMessage Queueupdatedemandmodel.Arn',
    'sqs:SendMessage Queueplanreplenishment.Arn',
    'sqs:SendMessage Queuesweepalerts.Arn',
    'sqs:SendMessage Queuesenddigest.Arn',
    'sqs:SendMessage Queuesumdays.Arn',
    'sqs:SendMessage Queueexpirereservations.Arn',
  ],
  'sweep-alerts': [
    'dynamodb:BatchGetItem Ledger.Arn',
    'dynamodb:BatchGetItem Registry.Arn',
    'dynamodb:BatchGetItem Transfers.Arn',
    'dynamodb:DeleteItem Ledger.Arn',
    'dynamodb:GetItem Alerts.Arn',
    'dynamodb:GetItem Ledger.Arn',
    'dynamodb:GetItem Registry.Arn',
    'dynamodb:GetItem Stock.Arn',
    'dynamodb:GetItem Transfers.Arn',
    'dynamodb:PutItem Alerts.Arn',
    'dynamodb:Query Alerts.Arn',
    'dynamodb:Query Alerts.Arn/index/openAt',
    'dynamodb:Query Ledger.Arn',
    'dynamodb:Query Ledger.Arn/index/stillHeld',
    'dynamodb:Query Stock.Arn',
    'dynamodb:Query Transfers.Arn/index/openTo',
    'dynamodb:Query Transfers.Arn/index/unsaid',
    'dynamodb:UpdateItem Transfers.Arn',
    'sqs:ChangeMessageVisibility Queuesweepalerts.Arn',
    'sqs:DeleteMessage Queuesweepalerts.Arn',
    'sqs:GetQueueAttributes Queuesweepalerts.Arn',
    'sqs:GetQueueUrl Queuesweepalerts.Arn',
    'sqs:ReceiveMessage Queuesweepalerts.Arn',
  ],
  'update-demand-model': [
    'dynamodb:BatchGetItem Registry.Arn',
    'dynamodb:GetItem Alerts.Arn',
    'dynamodb:GetItem Paces.Arn',
    'dynamodb:PutItem Alerts.Arn',
    'dynamodb:PutItem Paces.Arn',
    'dynamodb:Query Ledger.Arn',
    'dynamodb:Query Paces.Arn',
    'dynamodb:Query Registry.Arn',
    'sqs:ChangeMessageVisibility Queueupdatedemandmodel.Arn',
    'sqs:DeleteMessage Queueupdatedemandmodel.Arn',
    'sqs:GetQueueAttributes Queueupdatedemandmodel.Arn',
    'sqs:GetQueueUrl Queueupdatedemandmodel.Arn',
    'sqs:ReceiveMessage Queueupdatedemandmodel.Arn',
  ],
  'export-vouchers': [
    'dynamodb:BatchGetItem Registry.Arn',
    'dynamodb:GetItem Alerts.Arn',
    'dynamodb:GetItem Exports.Arn',
    'dynamodb:PutItem Alerts.Arn',
    'dynamodb:PutItem Exports.Arn',
    'dynamodb:Query Exports.Arn',
    'dynamodb:Query Ledger.Arn',
    'dynamodb:Query Registry.Arn',
    'dynamodb:UpdateItem Exports.Arn',
    's3:AbortMultipartUpload VoucherExports.Arn/exports/*',
    's3:AbortMultipartUpload VoucherExports.Arn/vouchers/*',
    's3:PutObject VoucherExports.Arn/exports/*',
    's3:PutObject VoucherExports.Arn/vouchers/*',
    'sqs:SendMessage Queueexportvouchers.Arn',
    'sqs:ChangeMessageVisibility Queueexportvouchers.Arn',
    'sqs:DeleteMessage Queueexportvouchers.Arn',
    'sqs:GetQueueAttributes Queueexportvouchers.Arn',
    'sqs:GetQueueUrl Queueexportvouchers.Arn',
    'sqs:ReceiveMessage Queueexportvouchers.Arn',
  ],
  'plan-replenishment': [
    'dynamodb:BatchGetItem Registry.Arn',
    'dynamodb:BatchGetItem Transfers.Arn',
    'dynamodb:GetItem Alerts.Arn',
    'dynamodb:GetItem Paces.Arn',
    'dynamodb:PutItem Alerts.Arn',
    'dynamodb:Query Ledger.Arn',
    'dynamodb:Query Paces.Arn',
    'dynamodb:Query Registry.Arn',
    'dynamodb:Query Stock.Arn',
    'dynamodb:Query Transfers.Arn/index/byReceiver',
    'dynamodb:Query Transfers.Arn/index/openTo',
    'dynamodb:UpdateItem Stock.Arn',
    'sqs:ChangeMessageVisibility Queueplanreplenishment.Arn',
    'sqs:DeleteMessage Queueplanreplenishment.Arn',
    'sqs:GetQueueAttributes Queueplanreplenishment.Arn',
    'sqs:GetQueueUrl Queueplanreplenishment.Arn',
    'sqs:ReceiveMessage Queueplanreplenishment.Arn',
  ],
  'sum-days': [
    'dynamodb:BatchGetItem Ledger.Arn',
    'dynamodb:BatchGetItem Registry.Arn',
    'dynamodb:DeleteItem Ledger.Arn',
    'dynamodb:GetItem Alerts.Arn',
    'dynamodb:GetItem Ledger.Arn',
    'dynamodb:PutItem Alerts.Arn',
    'dynamodb:PutItem Ledger.Arn',
    'dynamodb:Query Ledger.Arn',
    'dynamodb:Query Registry.Arn',
    'dynamodb:UpdateItem Ledger.Arn',
    'sqs:ChangeMessageVisibility Queuesumdays.Arn',
    'sqs:DeleteMessage Queuesumdays.Arn',
    'sqs:GetQueueAttributes Queuesumdays.Arn',
    'sqs:GetQueueUrl Queuesumdays.Arn',
    'sqs:ReceiveMessage Queuesumdays.Arn',
  ],
  'expire-reservations': [
    'dynamodb:BatchGetItem Registry.Arn',
    'dynamodb:BatchGetItem Requests.Arn',
    'dynamodb:GetItem Alerts.Arn',
    'dynamodb:GetItem Requests.Arn',
    'dynamodb:GetItem Stock.Arn',
    'dynamodb:PutItem Alerts.Arn',
    'dynamodb:Query Requests.Arn/index/openAt',
    'dynamodb:Query Stock.Arn',
    'dynamodb:UpdateItem Passbook.Arn',
    'dynamodb:UpdateItem Requests.Arn',
    'dynamodb:UpdateItem Stock.Arn',
    'sqs:ChangeMessageVisibility Queueexpirereservations.Arn',
    'sqs:DeleteMessage Queueexpirereservations.Arn',
    'sqs:GetQueueAttributes Queueexpirereservations.Arn',
    'sqs:GetQueueUrl Queueexpirereservations.Arn',
    'sqs:ReceiveMessage Queueexpirereservations.Arn',
  ],
  'allocate-materials': [
    'dynamodb:BatchGetItem Passbook.Arn',
    'dynamodb:BatchGetItem Registry.Arn',
    'dynamodb:BatchGetItem Requests.Arn',
    'dynamodb:BatchGetItem Stock.Arn',
    'dynamodb:GetItem Alerts.Arn',
    'dynamodb:GetItem Requests.Arn',
    'dynamodb:PutItem Alerts.Arn',
    'dynamodb:PutItem Passbook.Arn',
    'dynamodb:PutItem Requests.Arn',
    'dynamodb:Query Requests.Arn/index/openAt',
    'dynamodb:UpdateItem Passbook.Arn',
    'dynamodb:UpdateItem Requests.Arn',
    'dynamodb:UpdateItem Stock.Arn',
    'sqs:ChangeMessageVisibility Queueallocatematerials.Arn',
    'sqs:DeleteMessage Queueallocatematerials.Arn',
    'sqs:GetQueueAttributes Queueallocatematerials.Arn',
    'sqs:GetQueueUrl Queueallocatematerials.Arn',
    'sqs:ReceiveMessage Queueallocatematerials.Arn',
  ],
  'build-showcase': [
    'dynamodb:BatchGetItem Registry.Arn',
    'dynamodb:BatchGetItem Stock.Arn',
    'dynamodb:GetItem Alerts.Arn',
    'dynamodb:GetItem Registry.Arn',
    'dynamodb:PutItem Alerts.Arn',
    'dynamodb:Query Registry.Arn',
    'dynamodb:Query Stock.Arn/index/byItem',
    's3:DeleteObject arn:aws:s3:::bahi-showcase-AWS::AccountId/*',
    's3:GetObject arn:aws:s3:::bahi-showcase-AWS::AccountId/*',
    's3:ListBucket arn:aws:s3:::bahi-showcase-AWS::AccountId',
    's3:PutObject arn:aws:s3:::bahi-showcase-AWS::AccountId/*',
    'sqs:ChangeMessageVisibility Queuebuildshowcase.Arn',
    'sqs:DeleteMessage Queuebuildshowcase.Arn',
    'sqs:GetQueueAttributes Queuebuildshowcase.Arn',
    'sqs:GetQueueUrl Queuebuildshowcase.Arn',
    'sqs:ReceiveMessage Queuebuildshowcase.Arn',
  ],
  'close-day': [
    'dynamodb:BatchGetItem Ledger.Arn',
    'dynamodb:BatchGetItem Registry.Arn',
    'dynamodb:ConditionCheckItem Ledger.Arn',
    'dynamodb:DeleteItem Ledger.Arn',
    'dynamodb:GetItem Alerts.Arn',
    'dynamodb:GetItem Ledger.Arn',
    'dynamodb:GetItem Transfers.Arn',
    'dynamodb:PutItem Alerts.Arn',
    'dynamodb:PutItem Ledger.Arn',
    'dynamodb:Query Ledger.Arn',
    'dynamodb:Query Registry.Arn',
    'dynamodb:UpdateItem Ledger.Arn',
    's3:GetObject Seals.Arn/*',
    's3:PutObject Seals.Arn/*',
    'sqs:ChangeMessageVisibility Queuecloseday.Arn',
    'sqs:DeleteMessage Queuecloseday.Arn',
    'sqs:GetQueueAttributes Queuecloseday.Arn',
    'sqs:GetQueueUrl Queuecloseday.Arn',
    'sqs:ReceiveMessage Queuecloseday.Arn',
  ],
  'reconcile-ledger': [
    'dynamodb:BatchGetItem Registry.Arn',
    'dynamodb:BatchGetItem Requests.Arn',
    'dynamodb:BatchGetItem Transfers.Arn',
    'dynamodb:GetItem Alerts.Arn',
    'dynamodb:GetItem Ledger.Arn',
    'dynamodb:GetItem Registry.Arn',
    'dynamodb:GetItem Requests.Arn',
    'dynamodb:PutItem Alerts.Arn',
    'dynamodb:PutItem Ledger.Arn',
    'dynamodb:Query Ledger.Arn',
    'dynamodb:Query Ledger.Arn/index/byProducer',
    'dynamodb:Query Passbook.Arn',
    'dynamodb:Query Registry.Arn',
    'dynamodb:Query Requests.Arn/index/openAt',
    'dynamodb:Query Stock.Arn',
    'dynamodb:Query Transfers.Arn/index/byReceiver',
    'dynamodb:Query Transfers.Arn/index/bySender',
    'dynamodb:Query Transfers.Arn/index/openTo',
    's3:GetObject Seals.Arn/*',
    's3:ListBucket Seals.Arn',
    'sqs:ChangeMessageVisibility Queuereconcileledger.Arn',
    'sqs:DeleteMessage Queuereconcileledger.Arn',
    'sqs:GetQueueAttributes Queuereconcileledger.Arn',
    'sqs:GetQueueUrl Queuereconcileledger.Arn',
    'sqs:ReceiveMessage Queuereconcileledger.Arn',
  ],
  'send-digest': [
    'dynamodb:BatchGetItem Registry.Arn',
    'dynamodb:DeleteItem Messages.Arn',
    'dynamodb:GetItem Alerts.Arn',
    'dynamodb:GetItem Messages.Arn',
    'dynamodb:PutItem Alerts.Arn',
    'dynamodb:PutItem Messages.Arn',
    'dynamodb:Query Alerts.Arn/index/byArea',
    'dynamodb:Query Messages.Arn',
    'dynamodb:Query Registry.Arn',
    'dynamodb:UpdateItem Messages.Arn',
    ...TOPICS,
    PHONES,
    'sqs:ChangeMessageVisibility Queuesenddigest.Arn',
    'sqs:DeleteMessage Queuesenddigest.Arn',
    'sqs:GetQueueAttributes Queuesenddigest.Arn',
    'sqs:GetQueueUrl Queuesenddigest.Arn',
    'sqs:ReceiveMessage Queuesenddigest.Arn',
  ],
  'pre-token-generation': ['cognito-idp:AdminGetUser People.Arn'],
  'notify-alerts': [
    'dynamodb:BatchGetItem Registry.Arn',
    'dynamodb:DeleteItem Messages.Arn',
    'dynamodb:DescribeStream Alerts.StreamArn',
    'dynamodb:GetItem Alerts.Arn',
    'dynamodb:GetRecords Alerts.StreamArn',
    'dynamodb:GetShardIterator Alerts.StreamArn',
    'dynamodb:ListStreams Alerts.StreamArn',
    'dynamodb:PutItem Messages.Arn',
    'dynamodb:Query Registry.Arn',
    'dynamodb:UpdateItem Messages.Arn',
    'events:PutEvents AlertWatchEvents.Arn',
    ...TOPICS,
    PHONES,
    'sqs:GetQueueAttributes AlertWatchNewsFailed.Arn',
    'sqs:GetQueueUrl AlertWatchNewsFailed.Arn',
    'sqs:SendMessage AlertWatchNewsFailed.Arn',
  ],
  'evaluate-stock': [
    'dynamodb:BatchGetItem Registry.Arn',
    'dynamodb:BatchGetItem Requests.Arn',
    'dynamodb:BatchGetItem Transfers.Arn',
    'dynamodb:DescribeStream Stock.StreamArn',
    'dynamodb:GetItem Requests.Arn',
    'dynamodb:GetItem Stock.Arn',
    'dynamodb:GetRecords Stock.StreamArn',
    'dynamodb:GetShardIterator Stock.StreamArn',
    'dynamodb:ListStreams Stock.StreamArn',
    'dynamodb:PutItem Alerts.Arn',
    'dynamodb:Query Alerts.Arn',
    'dynamodb:Query Requests.Arn/index/openAt',
    'dynamodb:Query Transfers.Arn/index/openTo',
    'dynamodb:UpdateItem Passbook.Arn',
    'dynamodb:UpdateItem Requests.Arn',
    'dynamodb:UpdateItem Stock.Arn',
    'sqs:GetQueueAttributes StockWatchChangesFailed.Arn',
    'sqs:GetQueueUrl StockWatchChangesFailed.Arn',
    'sqs:SendMessage StockWatchChangesFailed.Arn',
  ],
};

const powersIn = ({ Action, Resource, NotResource }: Statement) =>
  listed(Action).flatMap((action) => [
    ...ifAny(Resource).map((resource) => `${action} ${said(resource)}`),
    ...ifAny(NotResource).map((resource) => `${action} not ${said(resource)}`),
  ]);

const policies = of('AWS::IAM::Policy').map(({ name, properties }) => ({
  name,
  roles: listed(properties.Roles).map(said),
  powers: statementsIn(properties.PolicyDocument).flatMap(powersIn),
}));
