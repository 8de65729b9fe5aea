import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Hash } from '../shared/day-close/day-close.ts';
import { type SealStore, sealKey } from '../shared/day-close/seal-store.ts';

/** Keeps seals in memory, or in a file: `LKO-01/00000007 <hash>` per line. */
export const localSealStore = (file?: string): SealStore => {
  let reading: Promise<Map<string, Hash>> | undefined;
  const all = (): Promise<Map<string, Hash>> => {
    reading ??= readSeals(file);
    return reading;
  };
  return {
    find: async (location, sequence) => (await all()).get(sealKey(location, sequence)),
    put: async (location, { sequence, hash }) => {
      const seals = await all();
      const key = sealKey(location, sequence);
      const there = seals.get(key);
      if (there !== undefined) return there === hash ? 'sealed' : 'differs';
      seals.set(key, hash);
      if (file !== undefined) await addLine(file, `${key} ${hash}\n`);
      return 'sealed';
    },
  };
};

const addLine = async (file: string, line: string): Promise<void> => {
  await mkdir(dirname(file), { recursive: true });
  await appendFile(file, line, { mode: 0o600 });
};

/** Ignores a cut line. The first line of a key counts. */
const readSeals = async (file: string | undefined): Promise<Map<string, Hash>> => {
  const text = file === undefined ? '' : await readFile(file, 'utf8').catch(() => '');
  const seals = new Map<string, Hash>();
  for (const line of text.split('\n')) {
    const [key = '', text] = line.split(' ');
    const { data } = Hash.safeParse(text);
    if (data !== undefined && !seals.has(key)) seals.set(key, data);
  }
  if (file !== undefined && text !== '' && !text.endsWith('\n')) await addLine(file, '\n');
  return seals;
};
