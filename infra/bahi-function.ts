import { fileURLToPath } from 'node:url';
import { type Duration, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import {
  type BundlingOptions,
  type ICommandHooks,
  LogLevel,
  NodejsFunction,
  OutputFormat,
} from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { tableVariable } from '../shared/platform/environment.ts';
import { type FunctionName, tableGrants } from './grants.ts';
import { removalPolicyOf } from './stages.ts';
import type { BahiTables } from './tables.ts';

type BahiFunctionProps = {
  readonly tables: BahiTables;
  readonly timeout: Duration;
  /** All of one core is at 1769 MB. */
  readonly memorySize: number;
  /** Also its maximum. */
  readonly reservedConcurrentExecutions?: number;
  readonly environment?: Readonly<Record<string, string>>;
};

/** CERT-In's directions of April 2022 require 180 days of logs. */
export const LOG_RETENTION = RetentionDays.SIX_MONTHS;

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** All is bundled, so that the tested versions run. */
const BUNDLING: BundlingOptions = {
  format: OutputFormat.ESM,
  target: 'node24',
  mainFields: ['module', 'main'],
  minify: true,
  // zod's own compiler takes 5 % of a cold start, and gains 4 % for a sale of 40 lines.
  banner: 'globalThis.__zod_globalConfig={jitless:true};',
  // An escaped Hindi letter takes six bytes, not three. CDK 2.276 ignores its own `charset`.
  esbuildArgs: { '--charset': 'utf8' },
  sourceMap: true,
  sourcesContent: false,
  // A seventh of a bundle, which only Hindi answers need.
  externalModules: ['*/hindi-messages.ts'],
  logLevel: LogLevel.WARNING,
};

/** Files beside the bundles of single functions. */
const MORE_FILES: { readonly [Name in FunctionName]?: (folder: string) => string } = {
  service: (folder) => `"${process.execPath}" "${ROOT}local/open-api.ts" "${folder}/openapi.json" --redoc`,
  documents: (folder) => `"${process.execPath}" "${ROOT}local/typst-files.ts" "${folder}"`,
};

/** Node runs the Hindi messages as they are: it strips types. */
const writeFilesBeside = (name: FunctionName): ICommandHooks => ({
  beforeBundling: () => [],
  beforeInstall: () => [],
  afterBundling: (_input, folder) => [
    `cp "${ROOT}shared/kernel/hindi-messages.ts" "${folder}"`,
    ...[MORE_FILES[name]?.(folder) ?? []].flat(),
  ],
});

/** One folder of functions/ with its own role, grants and log. */
export const bahiFunction = (scope: Construct, name: FunctionName, props: BahiFunctionProps): NodejsFunction => {
  const { tables, environment, ...settings } = props;
  const functionScope = new Construct(scope, name);
  const logGroup = new LogGroup(functionScope, 'Logs', {
    retention: LOG_RETENTION,
    removalPolicy: removalPolicyOf(scope),
  });
  const role = new Role(functionScope, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  logGroup.grantWrite(role);
  const grants = tableGrants(name);
  for (const { table, statements } of grants)
    for (const { action, below } of statements)
      role.addToPolicy(new PolicyStatement({ actions: [action], resources: [tables[table].tableArn + below] }));

  Validations.of(role).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'The two X-Ray actions have no resources, so they can only be granted on *.',
  });
  return new NodejsFunction(functionScope, 'Function', {
    ...settings,
    description: `functions/${name}`,
    entry: `${ROOT}functions/${name}/index.ts`,
    projectRoot: ROOT,
    depsLockFilePath: `${ROOT}package-lock.json`,
    handler: 'handler',
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    bundling: {
      ...BUNDLING,
      commandHooks: writeFilesBeside(name),
    },
    tracing: Tracing.ACTIVE,
    logGroup,
    role,
    environment: {
      POWERTOOLS_LOG_LEVEL: 'INFO',
      ...Object.fromEntries(grants.map(({ table }) => [tableVariable(table), tables[table].tableName])),
      ...environment,
    },
  });
};
