import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export type FolderLock = { release(): void };

const SQLITE_BUSY = 5;
const HANDOVER_TIMEOUT = 60_000;

/** The operating system frees the lock at exit. */
export const lockFolder = (folder: string, file: string): FolderLock => {
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

/** A killed owner's engine may live for a moment. */
const waitForFormerEngine = (file: string) => {
  const book = new DatabaseSync(file, { timeout: HANDOVER_TIMEOUT });
  try {
    book.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; COMMIT');
  } finally {
    book.close();
  }
};

const isBusy = (error: unknown) => error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;

/** Without an index each write scans all stream records. */
export const indexStreams = (file: string): void => {
  const book = new DatabaseSync(file, { timeout: 5_000 });
  try {
    book.exec(
      'CREATE INDEX IF NOT EXISTS stream_seq ON _stream_records (table_name, CAST(sequence_number AS INTEGER))',
    );
  } finally {
    book.close();
  }
};
