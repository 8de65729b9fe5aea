import { DatabaseSync } from 'node:sqlite';

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
