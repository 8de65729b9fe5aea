import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as after } from 'node:timers/promises';
import { engineOnPath } from '../../local/engine/engine-program.ts';
import { freePort, startGuarded } from '../../local/engine/guarded-process.ts';

// `npm run test:second-engine [-- vitest arguments]`: tests of stores and HTTP on another engine.
// SECOND_ENGINE=dynoxide (the default) or moto.
type SecondEngine = {
  /** The program, or undefined where it is not installed. */
  readonly program: () => string | undefined;
  readonly args: (port: string) => readonly string[];
  readonly install: string;
  /** Whether it counts capacity units as DynamoDB does. */
  readonly countsUnits: boolean;
};

const found = (program: string): string | undefined =>
  spawnSync(program, ['--help'], { stdio: 'ignore' }).error ? undefined : program;

const ENGINES: Readonly<Record<string, SecondEngine>> = {
  dynoxide: {
    program: engineOnPath,
    args: (port) => ['serve', '--host', '127.0.0.1', '--port', port],
    install: 'cargo install --locked --version 3.2.0 dynoxide-rs',
    countsUnits: true,
  },
  moto: {
    program: () => found('moto_server'),
    args: (port) => ['-H', '127.0.0.1', '-p', port],
    install: "pip install 'moto[server]==5.2.5'",
    countsUnits: false,
  },
};

const START_SECONDS = 300;

const start = async (name: string) => {
  const engine = ENGINES[name];
  if (!engine) throw new Error(`SECOND_ENGINE is one of ${Object.keys(ENGINES).join(', ')}, not "${name}".`);
  const program = engine.program();
  if (program === undefined) throw new Error(`${name} is not on the PATH. Install it: ${engine.install}`);
  const port = `${await freePort()}`;
  const endpoint = `http://127.0.0.1:${port}`;
  const guarded = startGuarded(program, engine.args(port));
  const deadline = AbortSignal.timeout(START_SECONDS * 1_000);
  const ended = guarded.ended.then(() => true);
  while (!(await answers(endpoint))) {
    if (deadline.aborted) await guarded.stop();
    if (await Promise.race([ended, after(20, false)]))
      throw new Error(`${name} did not start. It said:\n${guarded.output()}`);
  }
  return { endpoint, countsUnits: engine.countsUnits, stop: guarded.stop };
};

const answers = (endpoint: string) =>
  fetch(endpoint).then(
    () => true,
    () => false,
  );

const runTests = async (endpoint: string, countsUnits: boolean): Promise<number> => {
  const files = process.argv.slice(2);
  const aws = { AWS_REGION: 'ap-south-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
  const tests = spawn('vitest', ['run', ...(files.length > 0 ? files : ['--project', 'together'])], {
    stdio: 'inherit',
    env: { ...process.env, ...aws, DYNAMODB_ENDPOINT: endpoint, COUNTS_UNITS: `${countsUnits}` },
  });
  const [code] = await once(tests, 'exit');
  return code ?? 1;
};

try {
  const name = process.env.SECOND_ENGINE ?? 'dynoxide';
  const { endpoint, countsUnits, stop } = await start(name);
  console.log(`${name} answers at ${endpoint}`);
  process.exitCode = await runTests(endpoint, countsUnits).finally(stop);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
