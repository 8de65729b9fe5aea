import * as z from 'zod';
import { TABLE_NAMES, type TableName } from './tables.ts';

/** Names of the environment that functions read and stacks set: `TABLE_LEDGER`, … */
export const tableVariable = <Name extends TableName>(table: Name): `TABLE_${Uppercase<Name>}` =>
  `TABLE_${table.toUpperCase() as Uppercase<Name>}`;

/** Where the planner of raise-alerts puts its work. */
export const ALERT_QUEUE = 'ALERT_QUEUE';

/** One parse of the environment. A table that a function does not use need not be named; using it then says so. */
export const Environment = z
  .looseObject({
    ...Object.fromEntries(TABLE_NAMES.map((table) => [tableVariable(table), z.string().optional()])),
    [ALERT_QUEUE]: z.string().optional(),
    DYNAMODB_ENDPOINT: z.url().optional(),
  })
  .transform((environment) => ({
    endpoint: environment.DYNAMODB_ENDPOINT as string | undefined,
    alertQueue: environment[ALERT_QUEUE] as string | undefined,
    tables: Object.fromEntries(
      TABLE_NAMES.map((table) => [table, environment[tableVariable(table)]] as const),
    ) as Record<TableName, string | undefined>,
  }));
export type Environment = z.infer<typeof Environment>;
