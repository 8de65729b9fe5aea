import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type * as z from 'zod';

/** What `file` keeps from one start to the next. What cannot be read, or is no such thing, counts as nothing: it must not stop a start. */
export const readJsonFile = async <Kept>(file: string, schema: z.ZodType<Kept>): Promise<Kept | undefined> => {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : schema.safeParse(parseJson(text)).data;
};

/** Moved into its place when it is whole: a kill leaves the old or the new. For the owner's eyes only. */
export const writeJsonFile = async (file: string, kept: unknown): Promise<void> => {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.new`, JSON.stringify(kept), { mode: 0o600 });
  await rename(`${file}.new`, file);
};

/** `undefined`, if it is not JSON. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
