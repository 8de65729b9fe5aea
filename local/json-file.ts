import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type * as z from 'zod';

/** Undefined if unreadable or invalid, so that a start never fails. */
export const readJsonFile = async <Kept>(file: string, schema: z.ZodType<Kept>): Promise<Kept | undefined> => {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : schema.safeParse(parseJson(text)).data;
};

/** Atomic. Only the owner can read the file. */
export const writeJsonFile = async (file: string, kept: unknown): Promise<void> => {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.new`, JSON.stringify(kept), { mode: 0o600 });
  await rename(`${file}.new`, file);
};

export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
