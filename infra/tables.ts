import {
  AttributeType,
  Billing,
  type ITableV2,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  type TablePropsV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { TABLE_NAMES, TABLES, type TableDefinition, type TableName } from '../shared/platform/tables.ts';
import { removalPolicyOf, stageOf } from './stages.ts';

export type BahiTables = Readonly<Record<TableName, ITableV2>>;

export const bahiTables = (scope: Construct): BahiTables => {
  const restored = restoredTables(scope);
  return Object.fromEntries(
    TABLE_NAMES.map((name) => {
      const found = restored[name];
      const table = found
        ? TableV2.fromTableAttributes(scope, `Restored${name}`, found)
        : new TableV2(scope, name, tableOf(TABLES[name], scope));
      return [name, table] as const;
    }),
  ) as BahiTables;
};

type RestoredTable = { readonly tableName: string; readonly tableStreamArn?: string };

/**
 * `-c tables='{"Ledger":{"tableName":"…"}}'`: restored tables, in place of the stack's own.
 *
 * @throws Error with advice
 */
const restoredTables = ({ node }: Construct): Partial<Record<TableName, RestoredTable>> => {
  const text: unknown = node.tryGetContext('tables');
  if (typeof text !== 'string') return {};
  const tables = JSON.parse(text) as Record<string, RestoredTable | undefined>;
  for (const [name, table] of Object.entries(tables)) {
    const definition: TableDefinition | undefined = TABLES[name as TableName];
    if (!definition) throw new Error(`There is no table ${name}. Name one of ${TABLE_NAMES.join(', ')}.`);
    if (!table?.tableName) throw new Error(`The restored table ${name} needs its tableName.`);
    if (definition.stream && !table.tableStreamArn)
      throw new Error(
        `The restored table ${name} needs its tableStreamArn: enable its stream first (docs/runbook.md).`,
      );
  }
  return tables as Partial<Record<TableName, RestoredTable>>;
};

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
  // CloudTrail records each use of AWS's key, and nobody can delete it.
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
