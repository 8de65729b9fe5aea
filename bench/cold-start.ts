// npm run bench:cold-start: size and time to the first answer of bundles, over a bare handler.
import '../local/quiet.ts';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { eventOf, lambdaContext } from '../local/gateway-event.ts';
import { tableNames } from '../local/tables.ts';
import { tableVariable } from '../shared/platform/environment.ts';
import { TABLE_NAMES } from '../shared/platform/tables.ts';
import { openStall } from './sale/stall.ts';

const ROUNDS = Number(process.env.ROUNDS ?? 15);
const root = fileURLToPath(new URL('..', import.meta.url));

/** The first request of each function: a read of one table. */
const FUNCTIONS: Readonly<Record<string, readonly [route: string, path: string, parameters: Record<string, string>]>> =
  {
    vouchers: [
      '/locations/{location}/days/{day}',
      '/locations/LKO-01/days/2026-11-22',
      { location: 'LKO-01', day: '2026-11-22' },
    ],
    stock: ['/locations/{location}/stock', '/locations/LKO-01/stock', { location: 'LKO-01' }],
    registry: ['/registry/{kind}', '/registry/districts', { kind: 'districts' }],
    alerts: ['/alerts', '/alerts', {}],
    requests: ['/producers/{producer}/requests', '/producers/P0042/requests', { producer: 'P0042' }],
  };

const BARE = `
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
const client = new DynamoDBClient({ endpoint: process.env.DYNAMODB_ENDPOINT });
export const handler = async () => {
  await client.send(new GetItemCommand({ TableName: process.env.TABLE_REGISTRY, Key: { kind: { S: 'x' }, id: { S: 'x' } } }));
  return { statusCode: 200 };
};`;

/** Bundles with the settings of infra/bahi-function.ts. */
const bundle = async (name: string, folder: string): Promise<string> => {
  const outfile = join(folder, `${name}.mjs`);
  const source =
    name === 'bare'
      ? { stdin: { contents: BARE, resolveDir: root } }
      : { entryPoints: [`${root}functions/${name}/index.ts`] };
  await build({
    ...source,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    charset: 'utf8',
    banner: { js: 'globalThis.__zod_globalConfig={jitless:true};' },
    external: ['*/hindi-messages.ts'],
    outfile,
    logLevel: 'error',
  });
  return outfile;
};

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;

const folder = mkdtempSync(join(tmpdir(), 'bahi-cold-'));
const stall = await openStall();
try {
  const names = tableNames('bahi');
  const env = {
    PATH: process.env.PATH,
    DYNAMODB_ENDPOINT: stall.endpoint,
    AWS_REGION: 'local',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: 'local',
    POWERTOOLS_LOG_LEVEL: 'ERROR',
    ...Object.fromEntries(TABLE_NAMES.map((table) => [tableVariable(table), names[table]])),
  };
  const cases = [];
  for (const name of ['bare', ...Object.keys(FUNCTIONS)]) {
    const file = await bundle(name, folder);
    const [route = '', path = '', pathParameters = {}] = FUNCTIONS[name] ?? [];
    const url = new URL(path, 'http://local');
    const event = eventOf({
      method: 'GET',
      url,
      headers: {},
      body: '',
      claims: stall.claims,
      key: `GET ${route}`,
      pathParameters,
    });
    const script = join(folder, `${name}-first.mjs`);
    writeFileSync(
      script,
      `import { handler } from ${JSON.stringify(file)};
const context = { ...${JSON.stringify(lambdaContext(name))}, getRemainingTimeInMillis: () => 10000 };
const { statusCode, body } = await handler(${JSON.stringify(event)}, context);
if (statusCode !== 200) throw new Error(body);
const { user, system } = process.cpuUsage();
console.log((user + system) / 1000);
process.exit(0);`,
    );
    cases.push({ name, script, bytes: statSync(file).size, times: [] as number[], cpu: [] as number[] });
  }
  // The first round warms the disk.
  for (let round = 0; round <= ROUNDS; round++)
    for (const { script, times, cpu } of cases) {
      const start = performance.now();
      const used = execFileSync(process.execPath, [script], { env, stdio: ['ignore', 'pipe', 'inherit'] });
      if (round === 0) continue;
      times.push(performance.now() - start);
      cpu.push(Number(String(used).trim().split('\n').at(-1)));
    }
  const [bare] = cases;
  if (!bare) throw new Error('nothing was bundled');
  console.log(
    `Process start to first answer, medians of ${ROUNDS} rounds in turns; a bare handler has only the SDK's client.\n`,
  );
  console.log('| bundle | time over bare | CPU over bare | KB | KB over bare |');
  console.log('| ------ | -------------: | ------------: | -: | -----------: |');
  for (const { name, bytes, times, cpu } of cases) {
    const ratio = median(times.map((time, at) => time / (bare.times[at] ?? 1)));
    const cpuRatio = median(cpu.map((used, at) => used / (bare.cpu[at] ?? 1)));
    const over = (bytes - bare.bytes) / 1_000;
    console.log(
      `| ${name} | ${ratio.toFixed(2)} | ${cpuRatio.toFixed(2)} | ${(bytes / 1_000).toFixed(0)} | ${over.toFixed(0)} |`,
    );
  }
  console.log(`\nBare: ${median(bare.times).toFixed(0)} ms, CPU ${median(bare.cpu).toFixed(0)} ms.`);
} finally {
  await stall.stop();
  rmSync(folder, { recursive: true, force: true });
}
