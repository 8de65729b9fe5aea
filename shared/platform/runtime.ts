import { type Clock, instantOf } from '../kernel/time.ts';
import { type DynamoDbClient, dynamoDbClient, type Tables } from './dynamodb-client.ts';
import { Environment, tableVariable } from './environment.ts';
import type { TableName } from './tables.ts';
import { type CountMetric, countInMetrics, logger, traceCalls } from './telemetry.ts';

export type Runtime = {
  readonly environment: Environment;
  readonly clock: Clock;
  readonly count: CountMetric;
  readonly tables: Tables;
};

export type Dependencies<Deps> = (runtime: Runtime) => Deps;

type Parts = {
  readonly environment: Environment;
  readonly clock?: Clock;
  readonly count?: CountMetric;
  /** For tests, such as a client that loses answers. */
  readonly client?: DynamoDbClient;
};

/**
 * `services` replace cloud services, in tests and locally: `seals`, `exports`, `queue`, `messages`.
 *
 * @throws when the environment does not name a table in use.
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
  const connected = client ?? traceCalls(dynamoDbClient(environment.endpoint));
  return { environment, clock, count, tables: { client: connected, name, unreadable }, ...services };
};

let current: Runtime | undefined;

/** Made from `process.env` at first use, unless `useRuntime` set one. */
export const currentRuntime = (): Runtime => {
  current ??= runtimeOf({ environment: Environment.parse(process.env) });
  return current;
};

/** For tests and the local server. Affects every function of the process. */
export const useRuntime = <Services extends object>(parts: Parts, services?: Services): Runtime & Services => {
  const runtime = runtimeOf(parts, services);
  current = runtime;
  return runtime;
};

/** Made at the first call, and again after `useRuntime`. */
export const onCurrentRuntime = <Deps>(dependencies: Dependencies<Deps>): (() => Deps) => {
  const dependenciesOn = oncePer(dependencies);
  return () => dependenciesOn(currentRuntime());
};

export const systemClock: Clock = { now: () => instantOf(Date.now()) };

/**
 * Makes one value per key, at its first use. All functions of a process share it.
 *
 * @example
 * export const registryStore = oncePer((tables: Tables) => { … });
 */
export const oncePer = <Key extends object, Made>(make: (key: Key) => Made): ((key: Key) => Made) => {
  const made = new WeakMap<Key, { readonly value: Made }>();
  return (key) => {
    const known = made.get(key);
    if (known) return known.value;
    const value = make(key);
    made.set(key, { value });
    return value;
  };
};
