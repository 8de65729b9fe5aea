import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export type TakenFolder = { release(): void };

const busy = 5; // SQLITE_BUSY
const handover = 60_000;

/** Makes this process the only owner of a book. The lock is the operating system's, which frees it on any death. */
export const takeFolder = (folder: string, file: string): TakenFolder => {
  const lock = new DatabaseSync(join(folder, 'lock.sqlite'), { timeout: 0 });
  const release = () => {
    if (lock.isOpen) lock.close();
  };
  try {
    lock.exec('BEGIN EXCLUSIVE');
    waitForFormerEngine(file);
    return { release };
  } catch (error) {
    release();
    if (!isBusy(error)) throw error;
    throw new Error(
      `Another Bahi is using this book (${folder}). Stop that one first, or give this one a folder of its own.`,
      { cause: error },
    );
  }
};

/** An owner that was killed leaves its engine alive for a moment; nobody may open the book until that engine let go. */
const waitForFormerEngine = (file: string) => {
  const book = new DatabaseSync(file, { timeout: handover });
  try {
    book.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; COMMIT');
  } finally {
    book.close();
  }
};

const isBusy = (error: unknown) => error instanceof Error && 'errcode' in error && error.errcode === busy;
