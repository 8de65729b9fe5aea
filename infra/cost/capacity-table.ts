import { readFileSync } from 'node:fs';

/** One row of docs/capacity.md: calls to DynamoDB and capacity units, warm and cold. */
export type CapacityRow = {
  readonly calls: number;
  readonly writeCalls: number;
  readonly reads: number;
  readonly writes: number;
  readonly coldReads: number;
};

/** `2 GetItem, PutItem` are three calls. */
const commandsIn = (cell: string): (readonly [command: string, times: number])[] =>
  cell
    .split(', ')
    .filter((call) => call !== 'none')
    .map((call) => {
      const [, times = '1', command = ''] = /^(?:(\d+) )?(\w+)$/.exec(call) ?? [];
      return [command, Number(times)] as const;
    });

const WRITING = /^(Put|Update|Delete|TransactWrite|BatchWrite)/;
const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

const FILE = new URL('../../docs/capacity.md', import.meta.url);

/** Measured costs by operation: the first table of docs/capacity.md. */
export const capacityTable = (text: string = readFileSync(FILE, 'utf8')): ReadonlyMap<string, CapacityRow> => {
  const table = text.split('\n\n').find((block) => block.startsWith('| operation')) ?? '';
  const rows = table.split('\n').slice(2);
  return new Map(
    rows.map((line) => {
      const [name = '', calls = '', reads, writes, , , , coldReads] = line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
      const commands = commandsIn(calls);
      const writing = commands.filter(([command]) => WRITING.test(command));
      return [
        name,
        {
          calls: sum(commands.map(([, times]) => times)),
          writeCalls: sum(writing.map(([, times]) => times)),
          reads: Number(reads),
          writes: Number(writes),
          coldReads: Number(coldReads),
        },
      ];
    }),
  );
};

/** @throws Error if docs/capacity.md has no such row. */
export const rowOf = (table: ReadonlyMap<string, CapacityRow>, name: string): CapacityRow => {
  const row = table.get(name);
  if (!row) throw new Error(`docs/capacity.md has no row "${name}". Name a row of it in infra/cost/workload.ts.`);
  return row;
};
