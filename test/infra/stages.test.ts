import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { bahiApp } from '../../infra/app.ts';
import { STAGES } from '../../infra/stages.ts';
import { CDK_CONTEXT, namesOf, synthesize } from './synth.ts';

const trial = synthesize('trial');
const production = synthesize('production');

/** Types whose resources hold what people entered, or what they were told. */
const WITH_DATA = [
  'AWS::DynamoDB::GlobalTable',
  'AWS::Cognito::UserPool',
  'AWS::S3::Bucket',
  'AWS::Logs::LogGroup',
  'AWS::KMS::Key',
];

it.each([undefined, 'prod', 'Production', ''])(
  'The stage %j is refused, and the advice names those that are.',
  (stage) => {
    const context = { ...CDK_CONTEXT, ...(stage !== undefined && { stage }) };
    expect(() => bahiApp({ context })).toThrow('Name one of production, trial: npx cdk synth -c stage=trial.');
  },
);

describe('A trial', () => {
  const { all, of } = trial.cloud;

  it('Nothing of a trial is kept or protected from deletion.', () => {
    expect(namesOf(all.filter(({ deletionPolicy }) => deletionPolicy?.startsWith('Retain')))).toEqual([]);
    expect(namesOf(of('AWS::S3::Bucket').filter(({ properties }) => properties.ObjectLockEnabled))).toEqual([]);
    expect(of('AWS::Cognito::UserPool')[0]?.properties.DeletionProtection).toBe('INACTIVE');
    const replicas = of('AWS::DynamoDB::GlobalTable').flatMap(({ properties }) => properties.Replicas);
    expect(replicas).toHaveLength(12);
    for (const replica of replicas) expect(replica).toMatchObject({ DeletionProtectionEnabled: false });
    expect(trial.stacks.filter(({ terminationProtection }) => terminationProtection)).toEqual([]);
  });

  it('Its bucket is emptied before it is deleted.', () => {
    expect(of('Custom::S3AutoDeleteObjects')).toHaveLength(of('AWS::S3::Bucket').length);
  });

  it('It shares no stack and no name with production, so both can be in one account.', () => {
    const names = ({ cloud }: typeof trial) => [
      ...cloud.templates.map(([stack]) => stack),
      ...cloud.all.flatMap(({ properties: { Name, TableName, FunctionName, TopicName, QueueName, BucketName } }) =>
        [Name, TableName, FunctionName, TopicName, QueueName, BucketName].filter((name) => typeof name === 'string'),
      ),
    ];
    expect(names(trial)).not.toEqual([]);
    const shared = names(trial).filter((name) => names(production).includes(name));
    expect([...new Set(shared)], 'the authorizer of an API, and the alias of a function').toEqual(['SignedIn', 'live']);
  });

  it("AWS's own checks pass on it too.", () => {
    const found = new AwsSolutionsChecks(trial.app, { verbose: true })
      .validateScope(trial.app)
      .violations.flatMap(({ ruleName, violatingResources }) =>
        violatingResources.map(({ constructPath }) => `${ruleName} at ${constructPath}`),
      );
    expect(found).toEqual([]);
  });
});

describe('Production', () => {
  const { of } = production.cloud;

  it('What people entered outlives the stack.', () => {
    const lost = WITH_DATA.flatMap(of).filter(({ deletionPolicy }) => deletionPolicy !== 'Retain');
    expect(namesOf(lost)).toEqual([]);
    expect(production.stacks.filter(({ terminationProtection }) => terminationProtection)).toMatchObject([
      { stackName: 'BahiData' },
    ]);
  });

  it('Only production locks its seals.', () => {
    expect(of('AWS::S3::Bucket').filter(({ properties }) => properties.ObjectLockEnabled)).toHaveLength(1);
  });
});

it.each([
  ['production', production],
  ['trial', trial],
] as const)('A synth of %s says loudly what becomes of its data.', (stage, { stacks }) => {
  const warnings = stacks.flatMap(({ messages }) => messages.map(({ entry }) => String(entry.data)));
  expect(warnings.filter((warning) => warning.includes(STAGES[stage].warning))).toHaveLength(1);
  expect(STAGES[stage].warning).toContain(stage === 'production' ? 'COMPLIANCE' : 'deletes all tables');
});

it('Every stage is excused from the same checks, but for what only one of them has.', () => {
  const excused = ({ app }: typeof trial) =>
    app.node
      .findAll()
      .flatMap(({ node }) =>
        node.metadata
          .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
          .flatMap(({ data }) => Object.keys(data).map((rule) => `${rule} at ${node.path}`)),
      )
      .map((rule) => rule.replaceAll('BahiTrial', 'Bahi').replaceAll('bahi-trial', 'bahi'))
      .filter((rule) => !/Custom::S3AutoDeleteObjects|BahiData\/(Backups|Trail)\//.test(rule))
      .sort();
  expect(excused(trial)).toEqual(excused(production));
});
