import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { EXPORT_COLUMNS, glueTypeOf } from '../shared/platform/parquet.ts';
import { removalPolicyOf, stageOf } from './stages.ts';

/** Books are kept 72 months from the year's return (CGST section 36). */
const KEPT = Duration.days(8 * 366);

/** A requested export ends after 7 days (shared/reports/export-request.ts). */
const REQUESTED_KEPT = Duration.days(8);

/** The bucket of exported vouchers, and a table over its Parquet files for Athena (ADR 42). */
export const voucherExports = (scope: Construct): Bucket => {
  const bucket = new Bucket(scope, 'VoucherExports', {
    ...(!stageOf(scope).keepsData && { autoDeleteObjects: true }),
    encryption: BucketEncryption.S3_MANAGED,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    lifecycleRules: [
      { expiration: KEPT, abortIncompleteMultipartUploadAfter: Duration.days(1) },
      { prefix: 'exports/', expiration: REQUESTED_KEPT },
    ],
    removalPolicy: removalPolicyOf(scope),
  });
  Validations.of(bucket).acknowledge({
    id: 'AwsSolutions-S1',
    reason: 'It holds copies without personal data; the ledger itself records who wrote it.',
  });
  const { account } = Stack.of(scope);
  const database = new CfnDatabase(scope, 'ExportCatalogue', { catalogId: account, databaseInput: { name: 'bahi' } });
  const table = new CfnTable(scope, 'ExportedVouchers', {
    catalogId: account,
    databaseName: 'bahi',
    tableInput: tableInputOf(bucket),
  });
  table.addResourceDependency(database);
  return bucket;
};

/** Athena computes the partitions from the month, so nobody adds them and no crawler runs. */
const tableInputOf = (bucket: Bucket): CfnTable.TableInputProperty => {
  const location = `s3://${bucket.bucketName}/vouchers/parquet/`;
  return {
    name: 'vouchers',
    tableType: 'EXTERNAL_TABLE',
    parameters: {
      classification: 'parquet',
      'projection.enabled': 'true',
      'projection.month.type': 'date',
      'projection.month.format': 'yyyy-MM',
      'projection.month.range': '2026-01,NOW',
      'projection.month.interval': '1',
      'projection.month.interval.unit': 'MONTHS',
      'storage.location.template': `${location}month=\${month}/`,
    },
    partitionKeys: [{ name: 'month', type: 'string' }],
    storageDescriptor: {
      location,
      columns: Object.entries(EXPORT_COLUMNS).map(([name, type]) => ({ name, type: glueTypeOf(type) })),
      inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
      outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
      serdeInfo: { serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
    },
  };
};
