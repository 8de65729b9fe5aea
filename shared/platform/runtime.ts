import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Clock } from '../kernel/time.ts';
import { systemClock } from './clock.ts';
import { documentClient, dynamoDbClient, type Tables } from './dynamodb-client.ts';
import { Environment, tableVariable } from './environment.ts';
import { oncePer } from './once-per.ts';
import type { TableName } from './tables.ts';
import { type CountMetric, countInMetrics, logger, tracer } from './telemetry.ts';

/** What a process reaches. Each function makes its dependencies from it. */
export type Runtime = {
  readonly environment: Environment;
  readonly clock: Clock;
  readonly count: CountMetric;
  readonly tables: Tables;
};

/** How a function makes its dependencies. */
export type Dependencies<Deps> = (runtime: Runtime) => Deps;

type Parts = {
  readonly environment: Environment;
  readonly clock?: Clock;
  readonly count?: CountMetric;
  /** Another client, such as one that loses answers. */
  readonly client?: DynamoDBClient;
};

/**
 * `services` replace those of the cloud: `seals` for the bucket, `queue` for SQS, `messages` for SNS and EventBridge.
 * A function that uses one names it in the type of its runtime: `Runtime & { readonly seals?: Seals }`.
 *
 * @throws when a store asks for a table that the environment does not name.
 */
export const runtimeOf = <Services extends object>(
  { environment, clock = systemClock, count = countInMetrics, client }: Parts,
  services: Services = {} as Services,
): Runtime & Services => {
  const name = (table: TableName): string => {
    const found = environment.tables[table];
    if (found === undefined) throw new Error(`This function has no ${table} table: set ${tableVariable(table)}.`);
    return found;
  };
  const unreadable = (what: string, error: unknown) => {
    count('RowsUnreadable', 1);
    logger.error(`left out, as it cannot be read: ${what}`, { error });
  };
  const documents = documentClient(client ?? tracer.captureDynamoDb(dynamoDbClient(environment.endpoint)));
  return { environment, clock, count, tables: { client: documents, name, unreadable }, ...services };
};

let current: Runtime | undefined;

/** This process's runtime. Made from `process.env` at its first use, unless `useRuntime` set another. */
export const currentRuntime = (): Runtime => {
  current ??= runtimeOf({ environment: Environment.parse(process.env) });
  return current;
};

/** For tests and the local machine: from now on every function of this process uses these parts. */
export const useRuntime = <Services extends object>(parts: Parts, services?: Services): Runtime & Services => {
  const runtime = runtimeOf(parts, services);
  current = runtime;
  return runtime;
};

/** A function's dependencies on the current runtime: made at its first call, and again after `useRuntime`. */
export const onCurrentRuntime = <Deps>(dependencies: Dependencies<Deps>): (() => Deps) => {
  const dependenciesOn = oncePer(dependencies);
  return () => dependenciesOn(currentRuntime());
};
