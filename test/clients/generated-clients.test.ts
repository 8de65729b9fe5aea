import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApi } from '../../shared/api/openapi.ts';
import { dayOf } from '../../shared/kernel/time.ts';
import { type Book, openBook } from '../kit/book.ts';
import { openStall, type Stall } from '../kit/stall.ts';

const isAsked = process.env.GENERATED_CLIENTS === 'true';

const READ_DAY_TS = `
import type { components, paths } from './bahi.ts';
type Day = paths['/locations/{location}/days/{day}']['get']['responses']['200']['content']['application/json'];
const [url = '', token = ''] = process.argv.slice(2);
const day = (await (await fetch(url, { headers: { authorization: 'Bearer ' + token } })).json()) as Day;
/** Compiles only if the kinds are told apart. */
const amountOf = (claim: components['schemas']['VoucherClaim']): number => {
  if ('cancelled' in claim) return 0;
  return claim.kind === 'S' ? claim.payments.reduce((sum, { amount }) => sum + amount, 0) : 0;
};
console.log(JSON.stringify({ kinds: day.vouchers.map(({ claim }) => claim.kind), amount: day.vouchers.reduce((sum, { claim }) => sum + amountOf(claim), 0) }));
`;

describe.runIf(isAsked)('a client that a stranger generates from /openapi.json', () => {
  let book: Book;
  let stall: Stall;
  let address: { readonly url: string; readonly token: string; readonly day: string };

  beforeAll(async () => {
    book = await openBook();
    stall = await openStall(book, 'LKO-01', 'LKO1');
    await stall.receive({ item: 'LKO-KURTA-01', quantity: 5 });
    await stall.sell({ item: 'LKO-KURTA-01', quantity: 2 });
    await stall.sell({ item: 'LKO-KURTA-01', quantity: 1 });
    const { clock, bahi } = book;
    const cancelled = { kind: 'C' as const, occurredAt: clock.now(), by: 'S001', previous: null, cancelled: 'torn' };
    await book.admin.recordVoucher({ path: { location: 'LKO-01', number: stall.number('C') }, body: cancelled });
    const token = await bahi.issuer.token({ role: 'officer', scope: ['state'] });
    address = { url: bahi.url, token, day: dayOf(clock.now()) };
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'openapi.json'), JSON.stringify(openApi()));
  });
  afterAll(() => book.close());

  it('reads a day book back in TypeScript, by openapi-typescript', async ({ skip }) => {
    const missing = await complaintOf('npm', ['view', TYPESCRIPT_GENERATOR, 'version']);
    skip(missing !== undefined, `NOT RUN: npm has no generator here: ${missing}`);
    await run('npx', ['--yes', TYPESCRIPT_GENERATOR, 'openapi.json', '-o', 'bahi.ts'], { cwd: folder });
    writeFileSync(join(folder, 'read-day.ts'), READ_DAY_TS);
    const options = [
      '--noEmit',
      '--strict',
      '--allowImportingTsExtensions',
      '--module',
      'nodenext',
      '--target',
      'es2022',
    ];
    await run('npx', ['tsc', '--ignoreConfig', ...options, '--types', 'node', join(folder, 'read-day.ts')], {
      cwd: root,
    });
    const { url, token, day } = address;
    const stdout = await run(process.execPath, ['read-day.ts', `${url}/locations/LKO-01/days/${day}`, token], {
      cwd: folder,
    });
    expect(JSON.parse(stdout)).toEqual({ kinds: ['C', 'R', 'S', 'S'], amount: 75_000 });
  });

  it('reads a day book back in Python, by openapi-python-client', async ({ skip }) => {
    const python = join(folder, 'venv', 'bin', 'python');
    const noPython = await complaintOf('python3', ['-m', 'venv', 'venv']);
    skip(noPython !== undefined, `NOT RUN: python3 makes no venv here: ${noPython}`);
    const noPackage = await complaintOf(python, ['-m', 'pip', 'install', '--quiet', PYTHON_GENERATOR]);
    skip(noPackage !== undefined, `NOT RUN: PyPI has no generator here: ${noPackage}`);
    // It sends CSV and PDF as bytes.
    writeFileSync(
      join(folder, 'python.yml'),
      'content_type_overrides: { text/csv: application/octet-stream, application/pdf: application/octet-stream }\npost_hooks: []\n',
    );
    const generate = [
      'generate',
      '--path',
      'openapi.json',
      '--output-path',
      'bahi_client',
      '--overwrite',
      '--meta',
      'none',
    ];
    await run(python, ['-m', 'openapi_python_client', ...generate, '--config', 'python.yml', '--fail-on-warning'], {
      cwd: folder,
    });
    await run(python, ['-m', 'compileall', '-q', 'bahi_client'], { cwd: folder });
    writeFileSync(join(folder, 'read_day.py'), READ_DAY_PY);
    const { url, token, day } = address;
    const stdout = await run(python, ['read_day.py', url, token, 'LKO-01', day], { cwd: folder });
    expect(JSON.parse(stdout)).toEqual({ same: true, claims: ['CancelledClaim', 'Receipt', 'Sale', 'Sale'] });
  });
});

// `npm run test:clients`: needs npm and PyPI. Elsewhere these tests are counted as skipped.
const execute = promisify(execFile);

const run = async (program: string, args: readonly string[], options: { readonly cwd?: string } = {}) => {
  const { stdout } = await execute(program, args, options);
  return stdout;
};

/** The error of a program, else `undefined`. */
const complaintOf = (program: string, args: readonly string[]): Promise<string | undefined> =>
  run(program, args, { cwd: folder }).then(() => undefined, String);

const root = join(import.meta.dirname, '..', '..');

const folder = join(root, '.bahi', 'clients');

// Not a dependency: it wants TypeScript 5 beside it.
const TYPESCRIPT_GENERATOR = 'openapi-typescript@7.13.0';

const PYTHON_GENERATOR = 'openapi-python-client==0.29.1';

const READ_DAY_PY = `
import json, sys
from bahi_client import AuthenticatedClient
from bahi_client.api.vouchers import get_day
from datetime import date, datetime
url, token, location, day = sys.argv[1:]
reply = get_day.sync_detailed(location, date.fromisoformat(day), client=AuthenticatedClient(base_url=url, token=token))
def moments(node):
    """Python writes +00:00 where Bahi writes Z."""
    if isinstance(node, dict): return {key: moments(value) for key, value in node.items()}
    if isinstance(node, list): return [moments(one) for one in node]
    try: return datetime.fromisoformat(node).timestamp()
    except (TypeError, ValueError): return node
same = moments(reply.parsed.to_dict()) == moments(json.loads(reply.content))
print(json.dumps({"same": same, "claims": [type(v.claim).__name__ for v in reply.parsed.vouchers]}))
`;
