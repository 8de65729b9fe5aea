import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  type TablePropsV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { TABLE_NAMES, TABLES, type TableDefinition, type TableName } from '../shared/platform/tables.ts';

export type BahiTables = Readonly<Record<TableName, TableV2>>;

/** The tables as the contract declares them. */
export const bahiTables = (scope: Construct): BahiTables =>
  Object.fromEntries(
    TABLE_NAMES.map((name) => [name, new TableV2(scope, name, tableOf(TABLES[name]))] as const),
  ) as BahiTables;

/** The book outlives its stack: whoever wants a table gone has to say so three times, and has 35 days to think again. */
const tableOf = ({ key, indexes, stream, ttlAttribute, backups = true }: TableDefinition): TablePropsV2 => ({
  ...keys(key),
  globalSecondaryIndexes: Object.entries(indexes).map(([indexName, index]) => ({
    indexName,
    ...keys(index.key),
    projectionType: ProjectionType[index.projection],
  })),
  billing: Billing.onDemand(),
  // AWS's key for this account: its use is in CloudTrail, and nobody can delete it, and with it every book.
  encryption: TableEncryptionV2.awsManagedKey(),
  ...(backups && {
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
  }),
  deletionProtection: true,
  removalPolicy: RemovalPolicy.RETAIN,
  ...(stream && { dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES }),
  ...(ttlAttribute !== undefined && { timeToLiveAttribute: ttlAttribute }),
});

const keys = ([partition, sort]: readonly [string, string]) => ({
  partitionKey: { name: partition, type: AttributeType.STRING },
  sortKey: { name: sort, type: AttributeType.STRING },
});
