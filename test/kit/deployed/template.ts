import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { at, CDK_CONTEXT, cloudOf, ifAny, type Resource, statementsIn, type Template } from '../../infra/synth.ts';

export const ACCOUNT = '111122223333';
export const REGION = 'ap-south-1';

export type AllowStatement = {
  readonly actions: readonly string[];
  /** Globs, such as `Seals.Arn/*`. */
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
};

export type DeployedFunction = {
  readonly name: string;
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Seconds. */
  readonly timeout: number;
  /** MB. */
  readonly memory: number;
  readonly statements: AllowStatement[];
};

export type DeployedRoute = { readonly key: string; readonly isOpen: boolean; readonly function: string };

export type EventSource = { readonly function: string; readonly source: string; readonly batchSize: number };

export type Deployment = ReturnType<typeof readDeployment>;

/** Bundles and synthesizes the production stage as `npm run synth` does. */
export const synthesizeInto = (folder: string): void => {
  const context = JSON.stringify({ ...CDK_CONTEXT, stage: 'production' });
  const env = { ...process.env, CDK_OUTDIR: folder, CDK_CONTEXT_JSON: context };
  execFileSync(process.execPath, ['infra/app.ts'], { env, stdio: 'pipe' });
};

/** The deployment in these templates. Names are those in infra, without the CDK's hash. */
export const readDeployment = (folder: string) => {
  const templates = readdirSync(folder)
    .filter((name) => name.endsWith('.template.json'))
    .map((name) => [name, JSON.parse(readFileSync(join(folder, name), 'utf8')) as Template] as const);
  const cloud = cloudOf(templates);
  const said = (value: unknown): string =>
    cloud
      .said(value)
      .replaceAll('AWS::AccountId', ACCOUNT)
      .replaceAll('AWS::Region', REGION)
      .replaceAll('AWS::Partition', 'aws');

  const statementsOf = (role: string): AllowStatement[] =>
    cloud
      .of('AWS::IAM::Policy')
      .filter(({ properties }) => ifAny(properties.Roles).some((one) => said(one) === role))
      .flatMap(({ properties }) => statementsIn(properties.PolicyDocument))
      .map((statement) => {
        if (statement.Effect !== 'Allow' || 'Condition' in statement)
          throw new Error(`The emulated IAM knows no such statement: ${JSON.stringify(statement)}`);
        return {
          actions: ifAny(statement.Action).map(String),
          resources: ifAny(statement.Resource).map(said),
          notResources: ifAny(statement.NotResource).map(said),
        };
      });

  const functions = cloud
    .of('AWS::Lambda::Function')
    .filter(({ properties }) => String(properties.Description).startsWith('functions/'))
    .map(
      ({ properties }): DeployedFunction => ({
        name: String(properties.Description).replace('functions/', ''),
        folder: join(folder, `asset.${String(at(properties, 'Code.S3Key')).replace('.zip', '')}`),
        environment: Object.fromEntries(
          Object.entries(at(properties, 'Environment.Variables') ?? {}).map(([name, value]) => [name, said(value)]),
        ),
        timeout: Number(properties.Timeout),
        memory: Number(properties.MemorySize),
        statements: statementsOf(said(properties.Role).replace(/\.Arn$/, '')),
      }),
    );

  /** `closedayFunction`, `closedayFunctionLive` and `closedayFunction.Arn` are `close-day`. */
  const functionOf = (named: string): string => {
    const plain = named.replace(/(\.Arn|Live)$/g, '').replace(/Function$/, '');
    const found = functions
      .toSorted((a, b) => b.name.length - a.name.length)
      .find(({ name }) => plain.endsWith(name.replaceAll('-', '')));
    if (!found) throw new Error(`No function is ${named}.`);
    return found.name;
  };

  const integrations = new Map(
    cloud
      .of('AWS::ApiGatewayV2::Integration')
      .map((one) => [one.name, functionOf(said(one.properties.IntegrationUri))]),
  );
  const routes = cloud.of('AWS::ApiGatewayV2::Route').map(({ properties }): DeployedRoute => {
    const integration = said(properties.Target).replace('integrations/', '');
    return {
      key: String(properties.RouteKey),
      isOpen: properties.AuthorizationType !== 'JWT',
      function: integrations.get(integration) ?? '',
    };
  });

  const queues = cloud.of('AWS::SQS::Queue').map(({ name, properties }: Resource) => ({
    name,
    deadLetters: said(at(properties, 'RedrivePolicy.deadLetterTargetArn')).replace('.Arn', ''),
    maxReceiveCount: Number(at(properties, 'RedrivePolicy.maxReceiveCount')),
  }));
  const eventSources = cloud.of('AWS::Lambda::EventSourceMapping').map(
    ({ properties }): EventSource => ({
      function: functionOf(said(properties.FunctionName)),
      source: said(properties.EventSourceArn),
      batchSize: Number(properties.BatchSize),
    }),
  );
  const schedules = cloud.of('AWS::Scheduler::Schedule').map(({ properties }) => ({
    function: functionOf(said(at(properties, 'Target.Arn'))),
    input: at(properties, 'Target.Input') as string | undefined,
  }));
  return { functions: functions as readonly DeployedFunction[], routes, queues, eventSources, schedules };
};
