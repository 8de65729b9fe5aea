import { describe, expect, it } from 'vitest';
import { at, namesOf, synthesize } from './synth.ts';

const { of, said } = synthesize().cloud;
const aliases = of('AWS::Lambda::Alias');
const groups = of('AWS::CodeDeploy::DeploymentGroup');

describe.each(of('AWS::ApiGatewayV2::Integration'))('$name', ({ properties }) => {
  const alias = aliases.find(({ name }) => name === said(properties.IntegrationUri));

  it('The gateway calls the live version, which CodeDeploy moves.', () => {
    expect(alias?.properties.Name).toBe('live');
    expect(said(alias?.properties.FunctionVersion)).toMatch(/FunctionCurrentVersion[0-9a-fA-F]+\.Version$/);
    const moves = at(alias?.updatePolicy, 'CodeDeployLambdaAliasUpdate');
    expect(said(at(moves, 'DeploymentGroupName'))).toBe(`${alias?.name}Group`);
  });

  it('A tenth of the calls meets a new version for five minutes; the alarm rolls it back.', () => {
    const group = groups.find(({ name }) => name === `${alias?.name}Group`)?.properties;
    expect(group).toMatchObject({
      DeploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
      DeploymentStyle: { DeploymentOption: 'WITH_TRAFFIC_CONTROL', DeploymentType: 'BLUE_GREEN' },
      AlarmConfiguration: { Enabled: true, Alarms: [{ Name: expect.anything() }] },
      AutoRollbackConfiguration: {
        Enabled: true,
        Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_REQUEST', 'DEPLOYMENT_STOP_ON_ALARM'],
      },
    });
    expect(said(at(group, 'AlarmConfiguration.Alarms.0.Name'))).toBe('DeploymentFails');
  });
});

it('The alarm that stops a deployment rings within its five minutes.', () => {
  const alarm = of('AWS::CloudWatch::Alarm').find(({ name }) => name === 'DeploymentFails')?.properties;
  expect(alarm).toMatchObject({ MetricName: '5xx', Period: 60, EvaluationPeriods: 1, Threshold: 5 });
});

it('Every function of the API is deployed gradually, and has a group of its own.', () => {
  const functions = of('AWS::Lambda::Function').filter(
    ({ stack, properties }) => stack === 'BahiApi' && properties.Description !== 'functions/canary-sale',
  );
  expect(namesOf(groups).sort()).toEqual(functions.map(({ name }) => `${name}LiveGroup`).sort());
});

it('In a trial a new version gets all calls at once.', { tags: 'long' }, () => {
  const trial = synthesize('trial').cloud.of('AWS::CodeDeploy::DeploymentGroup');
  const configurations = new Set(trial.map(({ properties }) => properties.DeploymentConfigName));
  expect([...configurations]).toEqual(['CodeDeployDefault.LambdaAllAtOnce']);
});
