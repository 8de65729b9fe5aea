import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { allPages } from '../../local/all-pages.ts';
import { type Client, clientOf } from '../../shared/contract/client.ts';
import type { RegistryKind } from '../../shared/contract/registry-kinds.ts';
import { dayOf } from '../../shared/domain/time.ts';
import { systemClock } from '../../shared/runtime/clock.ts';
import { done } from '../kit/book.ts';

/** `npm start` on a book of its own: what it says, and who answers. */
let child: ChildProcess;
let said = '';
let url: string;
let admin: Client;

beforeAll(async () => {
  const { DYNAMODB_ENDPOINT: _other, ...env } = process.env;
  child = spawn(process.execPath, ['local/start.ts'], { env: { ...env, BAHI_DATA: 'memory', PORT: '0' } });
  child.stderr?.pipe(process.stderr);
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (text: Buffer) => {
      said += text;
      if (said.includes('/stock -H')) resolve();
    });
    child.once('exit', () => reject(new Error(`it ended, having said: ${said}`)));
  });
  await ready;
  url = /Bahi is ready on (\S+)/.exec(said)?.[1] ?? '';
  const answer = await fetch(`${url}/local/token`, {
    method: 'POST',
    body: JSON.stringify({ role: 'admin', scope: ['state'] }),
  });
  const { token } = (await answer.json()) as { token: string };
  admin = clientOf(url, token);
});
afterAll(() => child.kill('SIGKILL'));

it.each<[RegistryKind, number]>([
  ['districts', 75],
  ['outlets', 1000],
  ['depots', 13],
  ['producers', 300],
])('opens a demo book with its %s: %i', async (kind, many) => {
  const entries = await allPages(
    (query) => admin.listEntries({ path: { kind }, query }),
    (page) => page.entries,
  );
  expect(entries).toHaveLength(many);
});

it('ends with a sale to paste, which is recorded, and repeated when it is pasted again', async () => {
  const [, path = '', body = ''] = /curl -sX PUT http:\/\/[^/]+(\S+) .* -d '(.*)'\n/.exec(said) ?? [];
  const now = systemClock.now();
  const address = `${url}${path.replace(/\$\{TODAY\}/, dayOf(now).slice(2).replaceAll('-', ''))}`;
  const token = await fetch(`${url}/local/token`, {
    method: 'POST',
    body: JSON.stringify({ role: 'outlet', scope: ['location:LKO-01'] }),
  }).then((answer) => answer.json() as Promise<{ token: string }>);
  const paste = () =>
    fetch(address, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token.token}`, 'content-type': 'application/json' },
      body: body.replace("'$NOW'", now),
    });
  expect((await paste()).status).toBe(201);
  expect((await paste()).status).toBe(200);
});

it('runs a job when asked, and says what it did', async () => {
  const answer = await fetch(`${url}/local/jobs/raise-alerts`, { method: 'POST' });
  expect(await answer.json()).toMatchObject({ job: 'raise-alerts', did: { LocationsSwept: 1013 }, failed: 0 });
});

it('has a terminal and stock at every outlet', async () => {
  const terminals = await allPages(
    (query) => admin.listEntries({ path: { kind: 'terminals' }, query }),
    (page) => page.entries,
  );
  expect(new Set(terminals.map(({ entry }) => 'location' in entry && entry.location)).size).toBe(1000);
  expect(done(await admin.getLocationStock({ path: { location: 'PBE-01' } })).stock.length).toBeGreaterThan(0);
});

it('stops at Ctrl-C, without a complaint', async () => {
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([0, null]);
});
