import { type BasicType, parquetWriteBuffer } from 'hyparquet-writer';

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

/** Equal rows give equal bytes. An absent value is null. */
export const writeParquet = (rows: readonly ExportRow[]): Uint8Array => {
  const columnData = EXPORT_COLUMN_NAMES.map((name) => ({
    name,
    type: COLUMN_TYPES[EXPORT_COLUMNS[name]].parquet,
    data: rows.map((row) => parquetValue(EXPORT_COLUMNS[name], row[name])),
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData, createdBy: 'bahi' }));
};

const parquetValue = (type: ColumnType, value: string | number | undefined) => {
  if (value === undefined) return null;
  if (type === 'integer') return BigInt(value);
  return type === 'time' ? new Date(value) : value;
};
