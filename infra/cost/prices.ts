/** A public record of the Price List API, a stored copy of AWS's page, or neither. */
type Evidence = 'record' | 'page' | 'no';

/** Dollars for `per` units. `read`: the source's day. */
export type Price = {
  readonly part: string;
  readonly unit: string;
  readonly dollars: number;
  readonly per: number;
  readonly source: string;
  readonly read: string;
  readonly verified: Evidence;
};

const MILLION = 1_000_000;
const RECORD = 'AWS Price List API, usage type';

/** Of ap-south-1 (Mumbai), without free tiers. */
export const PRICES = {
  write: {
    part: 'DynamoDB writes',
    unit: 'write request units',
    dollars: 0.71,
    per: MILLION,
    source: `${RECORD} APS3-WriteRequestUnits`,
    read: '2026-09-17',
    verified: 'record',
  },
  read: {
    part: 'DynamoDB reads',
    unit: 'read request units',
    dollars: 0.1425,
    per: MILLION,
    source: `${RECORD} APS3-ReadRequestUnits`,
    read: '2026-09-17',
    verified: 'record',
  },
  stored: {
    part: 'DynamoDB storage',
    unit: 'GB months',
    dollars: 0.285,
    per: 1,
    source: `${RECORD} APS3-TimedStorage-ByteHrs of AmazonDynamoDB`,
    read: '2026-09-17',
    verified: 'record',
  },
  recovery: {
    part: 'DynamoDB point-in-time recovery',
    unit: 'GB months',
    dollars: 0.228,
    per: 1,
    source: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
    read: 'not read',
    verified: 'no',
  },
  backup: {
    part: 'AWS Backup, in two regions',
    unit: 'GB months',
    dollars: 0.114,
    per: 1,
    source: 'https://aws.amazon.com/backup/pricing/',
    read: 'not read',
    verified: 'no',
  },
  compute: {
    part: 'Lambda time',
    unit: 'GB seconds, ARM',
    dollars: 0.0000133334,
    per: 1,
    source: `${RECORD} APS3-Lambda-GB-Second-ARM`,
    read: '2026-09-17',
    verified: 'record',
  },
  run: {
    part: 'Lambda requests',
    unit: 'requests',
    dollars: 0.2,
    per: MILLION,
    source: `${RECORD} APS3-Request`,
    read: '2026-09-17',
    verified: 'record',
  },
  request: {
    part: 'API Gateway',
    unit: 'HTTP API requests',
    dollars: 1.05,
    per: MILLION,
    source: `${RECORD} APS3-ApiGatewayHttpRequest`,
    read: '2026-09-17',
    verified: 'record',
  },
  queue: {
    part: 'SQS',
    unit: 'requests, idle polls among them',
    dollars: 0.4,
    per: MILLION,
    source: 'https://aws.amazon.com/sqs/pricing/',
    read: 'not read',
    verified: 'no',
  },
  event: {
    part: 'EventBridge events',
    unit: 'events',
    dollars: 1,
    per: MILLION,
    source: 'https://aws.amazon.com/eventbridge/pricing/',
    read: 'not read',
    verified: 'no',
  },
  logged: {
    part: 'CloudWatch logs, taken in',
    unit: 'GB',
    dollars: 0.67,
    per: 1,
    source: `${RECORD} APS3-DataProcessing-Bytes`,
    read: '2026-09-18',
    verified: 'record',
  },
  logKept: {
    part: 'CloudWatch logs, kept',
    unit: 'GB months',
    dollars: 0.03,
    per: 1,
    source: `${RECORD} APS3-TimedStorage-ByteHrs of AmazonCloudWatch`,
    read: '2026-09-18',
    verified: 'record',
  },
  metric: {
    part: 'CloudWatch metrics',
    unit: 'custom metrics',
    dollars: 0.3,
    per: 1,
    source: 'https://aws.amazon.com/cloudwatch/pricing/',
    read: 'not read',
    verified: 'no',
  },
  alarm: {
    part: 'CloudWatch alarms',
    unit: 'alarms',
    dollars: 0.1,
    per: 1,
    source: 'https://aws.amazon.com/cloudwatch/pricing/',
    read: 'not read',
    verified: 'no',
  },
  dashboard: {
    part: 'CloudWatch dashboards',
    unit: 'dashboards',
    dollars: 3,
    per: 1,
    source: 'https://aws.amazon.com/cloudwatch/pricing/',
    read: 'not read',
    verified: 'no',
  },
  trace: {
    part: 'X-Ray',
    unit: 'traces',
    dollars: 5,
    per: MILLION,
    source: 'https://aws.amazon.com/xray/pricing/',
    read: 'not read',
    verified: 'no',
  },
  trail: {
    part: 'CloudTrail data events',
    unit: 'events',
    dollars: 0.1,
    per: 100_000,
    source: 'https://aws.amazon.com/cloudtrail/pricing/',
    read: '2026-11-30',
    verified: 'page',
  },
  user: {
    part: 'Cognito, plan Plus',
    unit: 'users that sign in',
    dollars: 0.02,
    per: 1,
    source: 'https://aws.amazon.com/cognito/pricing/',
    read: 'not read',
    verified: 'no',
  },
  sms: {
    part: 'SMS',
    unit: 'message parts, registered in India',
    dollars: 0.00278,
    per: 1,
    source: 'https://aws.amazon.com/sns/sms-pricing/',
    read: 'not read',
    verified: 'no',
  },
  mail: {
    part: 'E-mail by SNS',
    unit: 'e-mails',
    dollars: 2,
    per: 100_000,
    source: 'https://aws.amazon.com/sns/pricing/',
    read: 'not read',
    verified: 'no',
  },
  out: {
    part: 'Data to the internet',
    unit: 'GB',
    dollars: 0.1093,
    per: 1,
    source: 'https://aws.amazon.com/ec2/pricing/on-demand/',
    read: 'not read',
    verified: 'no',
  },
  key: {
    part: 'KMS',
    unit: 'keys',
    dollars: 1,
    per: 1,
    source: `${RECORD} ap-south-1-KMS-Keys`,
    read: '2026-09-17',
    verified: 'record',
  },
  seal: {
    part: 'S3, seals written',
    unit: 'PUT requests',
    dollars: 0.005,
    per: 1_000,
    source: 'https://aws.amazon.com/s3/pricing/',
    read: 'not read',
    verified: 'no',
  },
} as const satisfies Record<string, Price>;

export type PriceName = keyof typeof PRICES;
