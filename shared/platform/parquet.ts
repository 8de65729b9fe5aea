import { type BasicType, ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';

/** Type of a column: in Parquet, and in Athena's catalogue. */
const COLUMN_TYPES = {
  text: { parquet: 'STRING', glue: 'string' },
  /** A whole number below 2^53. */
  integer: { parquet: 'INT64', glue: 'bigint' },
  /** An instant, as ISO text in a row. */
  time: { parquet: 'TIMESTAMP', glue: 'timestamp' },
} as const satisfies Record<string, { readonly parquet: BasicType; readonly glue: string }>;

type ColumnType = keyof typeof COLUMN_TYPES;

export const glueTypeOf = (type: ColumnType): string => COLUMN_TYPES[type].glue;

/** Columns of an exported file, and of the table that Athena reads. */
export const EXPORT_COLUMNS = {
  number: 'text',
  kind: 'text',
  day: 'text',
  location: 'text',
  district: 'text',
  seller: 'text',
  staff: 'text',
  occurred_at: 'time',
  recorded_at: 'time',
  way: 'text',
  total_paise: 'integer',
  claim: 'text',
  outcome: 'text',
  superseded: 'text',
} as const satisfies Record<string, ColumnType>;

export type ExportRow = Readonly<Record<keyof typeof EXPORT_COLUMNS, string | number | undefined>>;

export const EXPORT_COLUMN_NAMES = Object.keys(EXPORT_COLUMNS) as (keyof ExportRow)[];

/** Turns rows into the bytes of one file. It holds at most one group of rows. */
export type RowEncoder = {
  write(rows: readonly ExportRow[]): Uint8Array;
  /** The last bytes. */
  end(): Uint8Array;
};

/** About 6 MB: a reader skips a group whose figures it does not need. */
const ROWS_PER_GROUP = 2_000;

const NO_BYTES = new Uint8Array();

/** Equal rows give equal bytes, however they are cut. An absent value is null. */
export const parquetEncoder = (): RowEncoder => {
  const target = new ByteWriter();
  const columns = EXPORT_COLUMN_NAMES.map((name) => ({ name, type: COLUMN_TYPES[EXPORT_COLUMNS[name]].parquet }));
  const schema = schemaFromColumnData({ columnData: columns.map((column) => ({ ...column, data: [] })) }).map(inUtc);
  const file = new ParquetWriter({ writer: target, schema, createdBy: 'bahi' });
  let waiting: ExportRow[] = [];
  const take = (): Uint8Array => {
    const bytes = target.getBytes().slice();
    target.index = 0;
    return bytes;
  };
  const writeGroup = (rows: readonly ExportRow[]): void => {
    const columnData = EXPORT_COLUMN_NAMES.map((name) => ({
      name,
      data: rows.map((row) => parquetValue(EXPORT_COLUMNS[name], row[name])),
    }));
    file.write({ columnData, rowGroupSize: ROWS_PER_GROUP });
  };
  return {
    write: (rows) => {
      waiting.push(...rows);
      if (waiting.length < ROWS_PER_GROUP) return NO_BYTES;
      const whole = waiting.length - (waiting.length % ROWS_PER_GROUP);
      writeGroup(waiting.slice(0, whole));
      waiting = waiting.slice(whole);
      return take();
    },
    end: () => {
      if (waiting.length > 0) writeGroup(waiting);
      file.finish();
      return take();
    },
  };
};

type SchemaElement = ReturnType<typeof schemaFromColumnData>[number];

/** The older type alone is UTC too, but DuckDB and Polars read it as a time without a zone. */
const inUtc = (element: SchemaElement): SchemaElement =>
  element.converted_type === 'TIMESTAMP_MILLIS'
    ? { ...element, logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' } }
    : element;

const parquetValue = (type: ColumnType, value: string | number | undefined) => {
  if (value === undefined) return null;
  if (type === 'integer') return BigInt(value);
  return type === 'time' ? new Date(value) : value;
};
