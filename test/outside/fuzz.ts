// npm run fuzz:outside: schemathesis judges `npm start`. Needs Python and PyPI.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../local/engine/guarded-process.ts';

const [examples = '20', seed = '1'] = process.argv.slice(2);
const here = import.meta.dirname;
const root = join(here, '..', '..');
const folder = join(root, '.bahi', 'fuzz-outside');
const CALLERS = [
  { role: 'admin', scope: ['state'] },
  { role: 'officer', scope: ['district:LKO'] },
  { role: 'outlet', scope: ['location:LKO-01'] },
  { role: 'depot', scope: ['location:PBE-D1'] },
  { role: 'producer', scope: ['producer:P0042'] },
];
/**
 * `positive_data_acceptance`: the document does not say which ids exist. `unsupported_method`: API
 * Gateway, and so `npm start`, answers 404 to a method without a route.
 */
const NOT_CHECKED = 'positive_data_acceptance,unsupported_method';

const run = (program: string, args: readonly string[], options: object = {}): number =>
  spawnSync(program, args, { stdio: 'inherit', ...options }).status ?? 1;

mkdirSync(folder, { recursive: true });
const config = join(here, 'schemathesis.toml');
const st = join(folder, 'bin', 'st');
if (!existsSync(st)) {
  run('python3', ['-m', 'venv', folder]);
  const code = run(join(folder, 'bin', 'pip'), ['install', '--quiet', '-r', join(here, 'requirements.txt')]);
  if (code !== 0) throw new Error('PyPI gave no schemathesis. This run needs Python 3.10 and PyPI.');
}

const port = await freePort();
const url = `http://127.0.0.1:${port}`;
const server = spawn(process.execPath, [join(root, 'local', 'start.ts')], {
  cwd: root,
  env: { ...process.env, PORT: `${port}`, BAHI_DATA: 'memory' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
/** Ends when the invitation is printed, or the server. */
const started = async (): Promise<void> => {
  for await (const text of server.stdout) if (String(text).includes('is ready')) return;
};
let failed = 0;
try {
  await started();
  server.stdout.resume();
  for (const caller of CALLERS) {
    const answer = await fetch(`${url}/local/token`, { method: 'POST', body: JSON.stringify(caller) });
    const { token } = (await answer.json()) as { token: string };
    console.log(`As ${caller.role} of ${caller.scope}:`);
    const code = run(
      st,
      [
        '--config-file',
        config,
        'run',
        `${url}/openapi.json`,
        '--seed',
        seed,
        '-n',
        examples,
        '--continue-on-failure',
        '--checks',
        'all',
        '--exclude-checks',
        NOT_CHECKED,
      ],
      { cwd: folder, env: { ...process.env, BAHI_TOKEN: token } },
    );
    if (code !== 0) failed++;
  }
} finally {
  server.kill();
}
process.exitCode = failed > 0 ? 1 : 0;
