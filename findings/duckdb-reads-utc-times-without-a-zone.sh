#!/usr/bin/env bash
# Packages: hyparquet-writer 0.17.0 (npm); duckdb 2.0.1, polars 2.1.0, pyarrow 26.0.1 (PyPI).
#
# Behaviour: hyparquet-writer marks a column of JavaScript dates with the older type TIMESTAMP_MILLIS. The rules of the
# Parquet format for older types make that an instant in UTC. pyarrow reads an instant in UTC; DuckDB and Polars read
# a time without a zone. All three show the same digits, so it goes unnoticed. With the newer type, written by the same
# writer, DuckDB reads an instant. (The same error was fixed in other readers: apache/arrow-rs issue 4308.)
#
# Output seen (a sale at 00:15 of 1 April 2026 in India, which is 18:45 of 31 March in UTC):
#   pyarrow  timestamp[ms, tz=UTC], in India 2026-04-01
#   polars   Datetime(time_unit='ms', time_zone=None)
#   duckdb   TIMESTAMP, sold AT TIME ZONE 'Asia/Kolkata' is 2026-03-31 13:15 in UTC
#   newer    TIMESTAMP WITH TIME ZONE, sold AT TIME ZONE 'Asia/Kolkata' is 2026-04-01 00:15
#
# Why it matters: AT TIME ZONE is the documented way from an instant to a local day. With such a file it moves each sale
# back by 5:30 hours instead of on, and a sale of the new financial year counts in the old one. Write the newer type
# with `isAdjustedToUTC`, or the local day as a column of its own.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix . hyparquet-writer@0.17.0 >/dev/null
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check duckdb==2.0.1 polars==2.1.0 pyarrow==26.0.1 tzdata==2026.6
cat >write.mjs <<'JS'
import { writeFileSync } from 'node:fs';
import { parquetWriteBuffer } from 'hyparquet-writer';
const columnData = [{ name: 'sold', data: [new Date('2026-04-01T00:15:00+05:30')] }];
const newer = { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' };
const schema = [
  { name: 'root', num_children: 1 },
  { name: 'sold', type: 'INT64', repetition_type: 'REQUIRED', converted_type: 'TIMESTAMP_MILLIS', logical_type: newer },
];
writeFileSync('sales.parquet', Buffer.from(parquetWriteBuffer({ columnData })));
writeFileSync('newer.parquet', Buffer.from(parquetWriteBuffer({ columnData, schema })));
JS
node write.mjs
cat >probe.py <<'PY'
import sys
from zoneinfo import ZoneInfo

import duckdb
import polars
import pyarrow.parquet

table = pyarrow.parquet.read_table("sales.parquet")
india = table.column("sold")[0].as_py().astimezone(ZoneInfo("Asia/Kolkata"))
connection = duckdb.connect()
connection.execute("SET TimeZone = 'UTC'")


def by_duckdb(file):
    query = f"SELECT typeof(sold), strftime(sold AT TIME ZONE 'Asia/Kolkata', '%Y-%m-%d %H:%M') FROM '{file}'"
    kind, time = connection.execute(query).fetchone()
    return f"{kind}, sold AT TIME ZONE 'Asia/Kolkata' is {time}"


lines = [
    f"pyarrow  {table.schema.field('sold').type}, in India {india:%Y-%m-%d}",
    f"polars   {polars.read_parquet('sales.parquet').schema['sold']!r}",
    f"duckdb   {by_duckdb('sales.parquet')} in UTC",
    f"newer    {by_duckdb('newer.parquet')}",
]
print("\n".join(lines))
as_seen = lines == [
    "pyarrow  timestamp[ms, tz=UTC], in India 2026-04-01",
    "polars   Datetime(time_unit='ms', time_zone=None)",
    "duckdb   TIMESTAMP, sold AT TIME ZONE 'Asia/Kolkata' is 2026-03-31 13:15 in UTC",
    "newer    TIMESTAMP WITH TIME ZONE, sold AT TIME ZONE 'Asia/Kolkata' is 2026-04-01 00:15",
]
print("as described" if as_seen else "CHANGED")
sys.exit(0 if as_seen else 1)
PY
venv/bin/python probe.py
