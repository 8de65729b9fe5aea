import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { BackupPlan, BackupPlanRule, BackupResource, BackupVault } from 'aws-cdk-lib/aws-backup';
import { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { TABLE_NAMES, TABLES, type TableDefinition } from '../shared/platform/tables.ts';
import { removalPolicyOf, SECOND_REGION } from './stages.ts';
import type { BahiTables } from './tables.ts';

/** A backup outside the region, and a record of who wrote to a table (ADR 37). */
export const safekeeping = (stack: Construct, tables: BahiTables): void => {
  backups(new Construct(stack, 'Backups'), tables);
  trail(new Construct(stack, 'Trail'), tables);
};

const VAULT_NAME = 'bahi';
const BACKUP_POLICY = 'service-role/AWSBackupServiceRolePolicyForBackup';

/** Each is a whole copy, so they are few. Near ones are point-in-time recovery's. */
const KEPT_HERE = Duration.days(7);
const KEPT_THERE = Duration.days(15);

const backups = (scope: Construct, tables: BahiTables): void => {
  const vault = new BackupVault(scope, 'Vault', {
    backupVaultName: VAULT_NAME,
    blockRecoveryPointDeletion: true,
    removalPolicy: removalPolicyOf(scope),
  });
  const { account } = Stack.of(scope);
  const there = `arn:aws:backup:${SECOND_REGION}:${account}:backup-vault:${VAULT_NAME}`;
  const plan = new BackupPlan(scope, 'Plan', { backupVault: vault });
  plan.addRule(
    new BackupPlanRule({
      ruleName: 'weekly',
      // Sundays at 2:30 IST, after the closes of the day.
      scheduleExpression: Schedule.expression('cron(0 21 ? * SAT *)'),
      deleteAfter: KEPT_HERE,
      copyActions: [
        { destinationBackupVault: BackupVault.fromBackupVaultArn(scope, 'There', there), deleteAfter: KEPT_THERE },
      ],
    }),
  );
  const role = new Role(scope, 'Role', {
    assumedBy: new ServicePrincipal('backup.amazonaws.com'),
    managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName(BACKUP_POLICY)],
  });
  Validations.of(role).acknowledge({
    id: `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${BACKUP_POLICY}]`,
    reason: 'AWS keeps the policy up to date with what AWS Backup calls.',
  });
  const saved = TABLE_NAMES.filter((name) => (TABLES[name] as TableDefinition).backups !== false);
  plan.addSelection('Tables', {
    role: role.withoutPolicyUpdates(),
    resources: saved.map((name) => BackupResource.fromArn(tables[name].tableArn)),
  });
};

/** Records of writes are kept longer than a season's disputes last. */
const TRAIL_KEPT = Duration.days(400);

const trail = (scope: Construct, tables: BahiTables): void => {
  const bucket = new Bucket(scope, 'Events', {
    encryption: BucketEncryption.S3_MANAGED,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    lifecycleRules: [{ expiration: TRAIL_KEPT }],
    removalPolicy: removalPolicyOf(scope),
  });
  Validations.of(bucket).acknowledge({
    id: 'AwsSolutions-S1',
    reason: 'It is itself the log of accesses, of tables; a log of its own readers would have no reader.',
  });
  const cloudTrail = new ServicePrincipal('cloudtrail.amazonaws.com', {
    conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
  });
  const prefix = bucket.arnForObjects(`AWSLogs/${Stack.of(scope).account}/*`);
  for (const [action, resource] of [
    ['s3:GetBucketAcl', bucket.bucketArn],
    ['s3:PutObject', prefix],
  ] as const)
    bucket.addToResourcePolicy(
      new PolicyStatement({ principals: [cloudTrail], actions: [action], resources: [resource] }),
    );
  const writes = new CfnTrail(scope, 'Writes', {
    isLogging: true,
    enableLogFileValidation: true,
    s3BucketName: bucket.bucketName,
    advancedEventSelectors: [
      {
        name: 'Writes to the tables',
        fieldSelectors: [
          { field: 'eventCategory', equalTo: ['Data'] },
          { field: 'resources.type', equalTo: ['AWS::DynamoDB::Table'] },
          { field: 'readOnly', equalTo: ['false'] },
          { field: 'resources.ARN', equalTo: TABLE_NAMES.map((name) => tables[name].tableArn) },
        ],
      },
    ],
  });
  if (bucket.policy) writes.node.addDependency(bucket.policy);
};
