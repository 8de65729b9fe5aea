/** @module-tag long */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { REDOC_FILE } from '../../shared/api/docs-page.ts';
import { Bill } from '../../shared/billing/bill.ts';
import { getBill } from '../../shared/billing/bill-contract.ts';
import { billDocumentOf } from '../../shared/billing/bill-document.ts';
import { pdfRenderer, TYPST_FILE_NAMES } from '../../shared/billing/document-pdf-service.ts';
import { CDK_CONTEXT } from './synth.ts';

// The app as `cdk synth` runs it, bundles and AWS's checks included.
const folder = mkdtempSync(join(tmpdir(), 'bahi-cdk-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
execFileSync(process.execPath, ['infra/app.ts'], {
  env: {
    ...process.env,
    CDK_OUTDIR: folder,
    CDK_CONTEXT_JSON: JSON.stringify({ ...CDK_CONTEXT, stage: 'production' }),
  },
  stdio: 'pipe',
});

const bundles = readdirSync(folder)
  .filter((name) => name.startsWith('asset.'))
  .map((name) => {
    const file = join(folder, name, 'index.mjs');
    const code = readFileSync(file, 'utf8');
    const sources: string[] = JSON.parse(readFileSync(`${file}.map`, 'utf8')).sources;
    const entry = sources.findLast((source) => /functions\/[^/]+\/index\.ts$/.test(source)) ?? name;
    return { name: entry.replace(/^.*functions\/([^/]+)\/index\.ts$/, '$1'), file, code, sources };
  });

it('There is one bundle for each folder of functions/.', () => {
  expect(bundles.map(({ name }) => name).sort()).toEqual(readdirSync('functions').sort());
});

describe.each(bundles)('$name', ({ file, code, sources }) => {
  it('The bundle loads in Node as in Lambda and exports its handler.', () => {
    const load = `const { handler } = await import(${JSON.stringify(file)}); console.log(typeof handler);`;
    const said = execFileSync(process.execPath, ['--input-type=module', '--eval', load], {
      env: { ...process.env, AWS_REGION: 'ap-south-1' },
      encoding: 'utf8',
    });
    expect(said.trim()).toBe('function');
  });

  it('The bundle holds nothing that exists only on this machine.', () => {
    const ours = sources.filter((source) => !source.includes('node_modules/'));
    expect(ours.length).toBeGreaterThan(0);
    expect(ours.filter((source) => /(^|\/)(local|test|bench|infra)\//.test(source))).toEqual([]);
    expect(code).not.toMatch(/\/local\/(token|jobs)/);
  });

  it('The bundle carries the tested libraries, and no DynamoDB client of the SDK.', () => {
    expect(code.match(/from\s*"@(aws-sdk|smithy)\//g), "the runtime's own SDK").toBeNull();
    expect(sources.filter((source) => /\/(client-dynamodb|lib-dynamodb|aws-xray-sdk-core)\//.test(source))).toEqual([]);
  });
});

/** The answer of a bundle to a GET, and what it logs. */
const ask = (name: string, event: object, authorizer = {}) => {
  const file = bundles.find((one) => one.name === name)?.file;
  const requestContext = { requestId: 'one', timeEpoch: 1, authorizer };
  const whole = { headers: { 'accept-language': 'hi' }, requestContext, ...event };
  const code = `const { handler } = await import(${JSON.stringify(file)});
    const context = { getRemainingTimeInMillis: () => 9000 };
    console.log((await handler(${JSON.stringify(whole)}, context)).body);`;
  const printed = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
    env: { ...process.env, AWS_REGION: 'ap-south-1', POWERTOOLS_DEV: 'false' },
    encoding: 'utf8',
  });
  const body = printed.stdout.trim().split('\n').at(-1) ?? '';
  return { problem: JSON.parse(body), printed: printed.stdout + printed.stderr };
};

it('A Hindi answer comes from the file beside the bundle.', () => {
  const { problem } = ask('vouchers', { routeKey: 'GET /nothing' });
  expect(problem.detail).toBe('GET /nothing यहाँ नहीं है।');
});

it('The log of a fault names the places in the sources.', () => {
  const claims = { sub: 'one', 'cognito:groups': '[outlet]', 'custom:scope': '[location:LKO-01]' };
  const routeKey = 'GET /locations/{location}/days/{day}';
  const pathParameters = { location: 'LKO-01', day: '2026-11-22' };
  const { problem, printed } = ask('vouchers', { routeKey, pathParameters }, { jwt: { claims } });
  expect(problem.code).toBe('INTERNAL');
  expect(printed).toContain('set TABLE_');
  expect(printed).toMatch(/"location":"[^"]*shared\/platform\/runtime\.ts:\d+"/);
  expect(printed).toMatch(/shared\/platform\/http-response\.ts:\d+:\d+/);
});

it('A PDF is made with the files beside the bundle of documents, without a network.', async () => {
  const folder = bundles.find(({ name }) => name === 'documents')?.file.replace('index.mjs', '') ?? '';
  const beside = (name: string) => pathToFileURL(join(folder, name)).href;
  const { worker, compiler, template, fonts } = TYPST_FILE_NAMES;
  const render = pdfRenderer({
    worker: beside(worker),
    compiler: beside(compiler),
    template: beside(template),
    fonts: fonts.map(beside),
  });
  const pdf = await render(billDocumentOf(Bill.parse(getBill.example.reply), 'hi'));
  expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-');
});

const SIZES = 'test/infra/bundle-sizes.json';
const GROWTH = 1.05;

/** Cold starts grow with bundles. A growth that is meant is written anew and stands in the diff. */
it('No bundle grew by 5 % unsaid. If meant: WRITE_SIZES=true npx vitest run test/infra/bundles.long.test.ts', () => {
  const sizes: Record<string, number> = Object.fromEntries(
    bundles.map(({ name, code }) => [name, Buffer.byteLength(code)]).sort(),
  );
  if (process.env.WRITE_SIZES === 'true') writeFileSync(SIZES, `${JSON.stringify(sizes, undefined, 2)}\n`);
  const committed: Record<string, number> = JSON.parse(readFileSync(SIZES, 'utf8'));
  expect(Object.keys(committed)).toEqual(Object.keys(sizes));
  const grown = Object.entries(sizes).filter(([name, bytes]) => bytes > GROWTH * (committed[name] ?? 0));
  expect(grown).toEqual([]);
});

it('writes the OpenAPI document beside the service, and bundles its generator into no function.', () => {
  const generated = bundles.filter(({ sources }) => sources.some((source) => source.includes('/zod-openapi/')));
  expect(generated.map(({ name }) => name)).toEqual([]);
  const written = bundles.filter(({ file }) => existsSync(file.replace('index.mjs', 'openapi.json')));
  expect(written.map(({ name }) => name)).toEqual(['service']);
  const [service] = written;
  const redoc = readFileSync(service?.file.replace('index.mjs', REDOC_FILE) ?? '');
  expect(gunzipSync(redoc).toString()).toContain('Redoc');
  const document = JSON.parse(readFileSync(service?.file.replace('index.mjs', 'openapi.json') ?? '', 'utf8'));
  expect(Object.keys(document.paths)).toContain('/openapi.json');
});

/** Phones wait for what a function loads, and who lacks a client fails in the cloud alone. */
it('Only bundles that need it use more AWS services than DynamoDB.', () => {
  const carry = (client: string) =>
    bundles
      .filter(({ sources }) => sources.some((source) => source.includes(`/@aws-sdk/${client}/`)))
      .map(({ name }) => name)
      .sort();
  expect({ s3: carry('client-s3'), sqs: carry('client-sqs'), sns: carry('client-sns') }).toEqual({
    s3: ['build-showcase', 'close-day', 'export-vouchers', 'reconcile-ledger'],
    sqs: ['export-vouchers', 'plan-job', 'reports'],
    sns: ['notify-alerts', 'send-digest'],
  });
});
