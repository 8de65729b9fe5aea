import { DatabaseSync } from 'node:sqlite';

/**
 * For each write to a table with a stream, the engine looks up the highest sequence number so far, and has no index
 * for it: every write would read all stream records of the table.
 */
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
