import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { lambdaContext } from '../../../local/gateway-event.ts';
import { API_VARIABLE } from '../../../shared/platform/environment.ts';
import type { FakeCloud } from './fake-cloud.ts';
import { ACCOUNT, type DeployedFunction, REGION } from './template.ts';

type Outcome = { readonly id: number; readonly result?: unknown; readonly error?: string; readonly megabytes?: number };

export class TimedOutError extends Error {}

/** The environment of Lambda, and the addresses of the fakes, beside the template's variables. */
const environmentOf = async (fn: DeployedFunction, cloud: FakeCloud, api: string): Promise<Record<string, string>> => {
  const { tables, queues, buckets, topics, events } = await cloud.endpoints(fn);
  const urls = Object.entries(fn.environment).map(([name, value]) => [
    name,
    name.startsWith('QUEUE_') ? `${queues}/${ACCOUNT}/${value}` : name === API_VARIABLE ? api : value,
  ]);
  return {
    ...Object.fromEntries(urls),
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: fn.name,
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SESSION_TOKEN: 'token',
    AWS_LAMBDA_FUNCTION_NAME: fn.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memory),
    DYNAMODB_ENDPOINT: tables,
    AWS_ENDPOINT_URL_S3: buckets,
    AWS_ENDPOINT_URL_SNS: topics,
    AWS_ENDPOINT_URL_EVENTBRIDGE: events,
    TZ: 'UTC',
  };
};

/** Each function in its own process, started at its first call, with its memory and timeout. */
export const deployedFunctions = (
  functions: readonly DeployedFunction[],
  { cloud, now, api }: { readonly cloud: FakeCloud; readonly now: () => number; readonly api: string },
) => {
  const processes = new Map<string, Promise<ChildProcess>>();
  const turns = new Map<string, Promise<unknown>>();
  const megabytes = new Map<string, number>();
  let calls = 0;

  const functionNamed = (name: string): DeployedFunction => {
    const found = functions.find((one) => one.name === name);
    if (!found) throw new Error(`The templates have no function ${name}.`);
    return found;
  };

  const answerOf = (child: ChildProcess, id: number): Promise<Outcome> =>
    new Promise((resolve, reject) => {
      const hear = (outcome: Outcome) => {
        if (outcome.id !== id) return;
        child.off('message', hear);
        child.off('exit', gone);
        resolve(outcome);
      };
      const gone = (code: number) => reject(new Error(`the process ended with ${code}`));
      child.on('message', hear).on('exit', gone);
    });

  const start = async (fn: DeployedFunction): Promise<ChildProcess> => {
    const script = join(import.meta.dirname, 'lambda-process.ts');
    const child = fork(script, [join(fn.folder, 'index.mjs')], {
      env: await environmentOf(fn, cloud, api),
      execArgv: [`--max-old-space-size=${fn.memory}`],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    await answerOf(child, 0);
    return child;
  };

  const invokeAlone = async (fn: DeployedFunction, event: unknown): Promise<unknown> => {
    const running = processes.get(fn.name) ?? start(fn);
    processes.set(fn.name, running);
    const child = await running;
    const id = ++calls;
    const remaining = 1_000 * fn.timeout;
    const context = { ...lambdaContext(fn.name), memoryLimitInMB: String(fn.memory), remaining };
    const answer = answerOf(child, id);
    child.send({ id, event, context: JSON.parse(JSON.stringify(context)), now: now() });
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        processes.delete(fn.name);
        child.kill();
        reject(new TimedOutError(`${fn.name} timed out after ${fn.timeout} s`));
      }, remaining);
    });
    const outcome = await Promise.race([answer, timeout]).finally(() => clearTimeout(timer));
    megabytes.set(fn.name, Math.max(megabytes.get(fn.name) ?? 0, outcome.megabytes ?? 0));
    if (outcome.error !== undefined) throw new Error(`${fn.name}: ${outcome.error}`);
    return outcome.result;
  };

  return {
    functionNamed,
    megabytes,
    /** One event at a time, as one instance of Lambda. */
    invoke: (name: string, event: unknown): Promise<unknown> => {
      const before = turns.get(name) ?? Promise.resolve();
      const turn = before.catch(() => undefined).then(() => invokeAlone(functionNamed(name), event));
      turns.set(name, turn);
      return turn;
    },
    stop: async (): Promise<void> => {
      for (const running of processes.values()) (await running).kill();
    },
  };
};
export type DeployedFunctions = ReturnType<typeof deployedFunctions>;
