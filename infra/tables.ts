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
import { removalPolicyOf, stageOf } from './stages.ts';

export type BahiTables = Readonly<Record<TableName, TableV2>>;

export const bahiTables = (scope: Construct): BahiTables =>
  Object.fromEntries(
    TABLE_NAMES.map((name) => [name, new TableV2(scope, name, tableOf(TABLES[name], scope))] as const),
  ) as BahiTables;

/**
 * In production tables outlive their stack: removal needs three deliberate steps, and 35 days of
 * backups remain.
 */
const tableOf = (
  { key, indexes, stream, ttlAttribute, backups = true }: TableDefinition,
  scope: Construct,
): TablePropsV2 => ({
  ...keys(key),
  globalSecondaryIndexes: Object.entries(indexes).map(([indexName, index]) => ({
    indexName,
    ...keys(index.key),
    projectionType: ProjectionType[index.projection],
  })),
  billing: Billing.onDemand(),
  // Its use is in CloudTrail, and nobody can delete it.
  encryption: TableEncryptionV2.awsManagedKey(),
  ...(backups && {
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
  }),
  deletionProtection: stageOf(scope).keepsData,
  removalPolicy: removalPolicyOf(scope),
  ...(stream && { dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES }),
  ...(ttlAttribute !== undefined && { timeToLiveAttribute: ttlAttribute }),
});

const keys = ([partition, sort]: readonly [string, string]) => ({
  partitionKey: { name: partition, type: AttributeType.STRING },
  sortKey: { name: sort, type: AttributeType.STRING },
});
