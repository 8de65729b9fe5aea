import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ExportFileStore } from '../shared/reports/export-file-store.ts';

export type LocalExportFiles = ExportFileStore & {
  /** `undefined`: there is no such file. */
  read(key: string): Promise<Uint8Array | undefined>;
};

/** Keeps exports in the data folder, or without one in memory. */
export const localExportFiles = (folder?: string): LocalExportFiles =>
  folder === undefined ? filesInMemory() : filesInFolder(folder);

const filesInMemory = (): LocalExportFiles => {
  const files = new Map<string, Uint8Array>();
  return {
    read: async (key) => files.get(key),
    put: async (key, body) => {
      files.set(key, body);
    },
  };
};

/** A file is complete or absent: it is written beside its place and renamed. */
const filesInFolder = (folder: string): LocalExportFiles => {
  let unfinished = 0;
  return {
    read: (key) => readFile(join(folder, key)).catch(undefinedIfAbsent),
    put: async (key, body) => {
      const file = join(folder, key);
      const partial = `${file}.${process.pid}-${++unfinished}.part`;
      await mkdir(dirname(file), { recursive: true });
      await writeFile(partial, body, { mode: 0o600 });
      await rename(partial, file);
    },
  };
};

const undefinedIfAbsent = (error: unknown): undefined => {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
};
