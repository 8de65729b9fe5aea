import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engineProgram } from './engine-program.ts';
import { freePort, type GuardedProcess, startGuarded } from './guarded-process.ts';
import { indexStreams, lockFolder } from './lock-folder.ts';

export type Engine = { readonly endpoint: string; stop(): Promise<void> };

const MAX_ATTEMPTS = 3;
const START_TIMEOUT = 60_000;

/** Creates `folder` if missing. Runs until `stop` or the end of this process. */
export const startEngine = async (folder: string): Promise<Engine> => {
  const program = engineProgram();
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'book.sqlite');
  const taken = lockFolder(folder, file);
  try {
    const { endpoint, guarded } = await listen(program, file);
    try {
      indexStreams(file);
    } catch (error) {
      await guarded.stop();
      throw error;
    }
    return { endpoint, stop: () => guarded.stop().then(taken.release) };
  } catch (error) {
    taken.release();
    throw error;
  }
};

/** `stop` removes the folder. */
export const startTemporaryEngine = async (parent = tmpdir()): Promise<Engine> => {
  const folder = await mkdtemp(join(parent, 'bahi-book-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const engine = await startEngine(folder);
    return { endpoint: engine.endpoint, stop: () => engine.stop().then(remove) };
  } catch (error) {
    await remove();
    throw error;
  }
};

const listen = async (program: string, file: string): Promise<{ endpoint: string; guarded: GuardedProcess }> => {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const endpoint = `http://127.0.0.1:${port}`;
    const guarded = startGuarded(program, ['serve', '--host', '127.0.0.1', '--port', `${port}`, '--db-path', file]);
    // Reads its output: another engine may answer at the port.
    if (await guarded.waitForOutput(`listening on ${endpoint}`, START_TIMEOUT)) return { endpoint, guarded };
    await guarded.stop();
    if (attempt === MAX_ATTEMPTS) throw new Error(`The DynamoDB engine did not start. It said:\n${guarded.output()}`);
  }
};
