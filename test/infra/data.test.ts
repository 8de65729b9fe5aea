import { describe, expect, it } from 'vitest';
import { TABLE_NAMES, TABLES, type TableDefinition, type TableName } from '../../shared/platform/tables.ts';
import { at, namesOf, synthesize } from './synth.ts';

const { of, said } = synthesize().cloud;

describe('Tables', () => {
  const tables = of('AWS::DynamoDB::GlobalTable');

  it('The stack has the tables of the contract.', () => {
    expect(namesOf(tables).sort()).toEqual([...TABLE_NAMES].sort());
    expect(of('AWS::DynamoDB::Table'), 'all are of the newer kind').toEqual([]);
  });

  it.each(tables)('$name is as declared, and retained.', ({ name, properties, deletionPolicy }) => {
    const { key, indexes, stream, ttlAttribute, backups = true }: TableDefinition = TABLES[name as TableName];
    expect(deletionPolicy, 'deleting the stack must leave it').toBe('Retain');
    expect(properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: schemaOf(key),
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      Replicas: [
        {
          DeletionProtectionEnabled: true,
          ...(backups && {
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
          }),
        },
      ],
    });
    if (!backups) expect(JSON.stringify(properties)).not.toContain('"PointInTimeRecoveryEnabled":true');
    const declared = Object.entries(indexes).map(([IndexName, index]) => ({
      IndexName,
      KeySchema: schemaOf(index.key),
      Projection: { ProjectionType: index.projection },
    }));
    expect(properties.GlobalSecondaryIndexes ?? []).toEqual(declared);
    expect(properties.StreamSpecification).toEqual(stream ? { StreamViewType: 'NEW_AND_OLD_IMAGES' } : undefined);
    expect(properties.TimeToLiveSpecification).toEqual(ttlAttribute && { AttributeName: ttlAttribute, Enabled: true });
  });
});

it('Only codes, try counts, unstarted runs, customer phones, old messages, demand models and statements expire.', () => {
  const lapsing = of('AWS::DynamoDB::GlobalTable').filter(({ properties }) => properties.TimeToLiveSpecification);
  expect(lapsing.map(({ name }) => name).sort()).toEqual([
    'Customers',
    'Exports',
    'Messages',
    'Paces',
    'Registry',
    'Requests',
    'Statements',
  ]);
});

const schemaOf = ([partition, sort]: readonly [string, string]) => [
  { AttributeName: partition, KeyType: 'HASH' },
  { AttributeName: sort, KeyType: 'RANGE' },
];

describe('Cognito users', () => {
  it('Users cannot register themselves, and are not lost.', () => {
    const [pool, ...others] = of('AWS::Cognito::UserPool');
    expect(others).toEqual([]);
    expect(pool?.deletionPolicy).toBe('Retain');
    expect(pool?.properties).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      DeletionProtection: 'ACTIVE',
      Schema: [{ Name: 'scope', AttributeDataType: 'String', Mutable: true }],
    });
  });

  it('Users cannot widen their own scope, which their ID token carries.', () => {
    const [app, ...others] = of('AWS::Cognito::UserPoolClient');
    expect(others, 'one app').toEqual([]);
    expect(app?.properties).toMatchObject({
      GenerateSecret: false,
      ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      AllowedOAuthFlowsUserPoolClient: false,
    });
    expect(app?.properties.ReadAttributes, 'what is not read is not in the token').toContain('custom:scope');
    expect(app?.properties.WriteAttributes, 'named, or all may be written').toEqual(['locale']);
  });

  it('The token trigger demands a second factor of officers and admins.', () => {
    const [pool] = of('AWS::Cognito::UserPool');
    expect(pool?.properties).toMatchObject({
      MfaConfiguration: 'OPTIONAL',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      LambdaConfig: { PreTokenGeneration: expect.anything() },
    });
    expect(said(at(pool?.properties, 'LambdaConfig.PreTokenGeneration'))).toBe('pretokengenerationFunction.Arn');
  });

  it('There is one group for each role.', () => {
    const groups = of('AWS::Cognito::UserPoolGroup').map(({ properties }) => properties.GroupName);
    expect(groups).toEqual(['outlet', 'depot', 'producer', 'officer', 'admin']);
  });
});

it('Seals are written once: their bucket is locked for eight years and outlives its stack.', () => {
  const [bucket, ...others] = of('AWS::S3::Bucket').filter(({ name }) => name === 'Seals');
  expect(others).toEqual([]);
  expect(bucket?.properties).toMatchObject({
    ObjectLockEnabled: true,
    ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 2928 } } },
    VersioningConfiguration: { Status: 'Enabled' },
    PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
  });
});
