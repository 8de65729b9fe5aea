/** @module-tag long */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it, onTestFinished, vi } from 'vitest';

it.each(['SIGTERM', 'SIGHUP', 'SIGKILL'] as const)(
  'Bahi and its engine end when npm is ended by %s.',
  async (signal) => {
    const { npm, ended, bahi, engine } = await npmStart();
    expect([isAlive(bahi), isAlive(engine)]).toEqual([true, true]);
    npm.kill(signal);
    await ended;
    await vi.waitUntil(() => !isAlive(bahi) && !isAlive(engine), { timeout: 300_000, interval: 50 });
  },
);

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const childOf = (pid: number): number =>
  Number(execFileSync('ps', ['-o', 'pid=', '--ppid', `${pid}`], { encoding: 'utf8' }));

/** `npm start` on a book in memory, once it has told of its progress to a pipe. */
const npmStart = async () => {
  const { DYNAMODB_ENDPOINT: _other, ...env } = process.env;
  const npm = spawn('npm', ['start'], { env: { ...env, BAHI_DATA: 'memory', PORT: '0' } });
  const ended = once(npm, 'exit');
  let heard = '';
  await new Promise<void>((resolve, reject) => {
    npm.stderr.on('data', (text: Buffer) => {
      heard += text;
      if (heard.includes('Opening the demo book\n')) resolve();
    });
    npm.once('exit', () => reject(new Error(`npm ended, having said: ${heard}`)));
  });
  const bahi = childOf(npm.pid ?? 0);
  const engine = childOf(bahi);
  onTestFinished(() => {
    for (const pid of [npm.pid ?? 0, bahi]) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
  });
  return { npm, ended, bahi, engine };
};
