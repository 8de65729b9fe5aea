import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { Job } from './jobs.ts';
import { TABLE_NAMES, type TableName } from './tables.ts';

/** Functions read these variables; stacks set them: `TABLE_LEDGER`, … */
export const tableVariable = <Name extends TableName>(table: Name): `TABLE_${Uppercase<Name>}` =>
  `TABLE_${table.toUpperCase() as Uppercase<Name>}`;

/** The queue of a job's messages: `QUEUE_SWEEP_ALERTS`, … */
export const queueVariable = (job: Job): `QUEUE_${string}` => `QUEUE_${job.toUpperCase().replaceAll('-', '_')}`;

/** The bucket for sealed ends of chains. */
export const SEALS_VARIABLE = 'SEALS_BUCKET';

/** The bucket of public pages, and the address at which they stand. */
export const SHOWCASE_VARIABLES = { bucket: 'SHOWCASE_BUCKET', site: 'SITE_URL' } as const;

/** The bucket for exported vouchers. */
export const EXPORTS_VARIABLE = 'EXPORTS_BUCKET';

/** Public address, for the canary. */
export const API_VARIABLE = 'API_URL';

/** `topics`: prefix of SNS topic names. `bus`: EventBridge bus. `sms`: SMS registration. */
export const MESSAGES_VARIABLES = { topics: 'MESSAGES_TOPICS', bus: 'EVENTS_BUS', sms: 'SMS_REGISTERED' } as const;

const optionalVariables = (variables: readonly string[]) =>
  Object.fromEntries(variables.map((variable) => [variable, z.string().optional()]));

/** All names are optional. Using a missing table or queue throws. */
export const Environment = z
  .looseObject({
    ...optionalVariables(TABLE_NAMES.map((table) => tableVariable(table))),
    ...optionalVariables(Job.options.map(queueVariable)),
    DYNAMODB_ENDPOINT: z.url().optional(),
    [API_VARIABLE]: z.string().optional(),
    [SEALS_VARIABLE]: z.string().optional(),
    [SHOWCASE_VARIABLES.bucket]: z.string().optional(),
    [SHOWCASE_VARIABLES.site]: z.string().optional(),
    [EXPORTS_VARIABLE]: z.string().optional(),
    [MESSAGES_VARIABLES.topics]: z.string().optional(),
    [MESSAGES_VARIABLES.bus]: z.string().optional(),
    [MESSAGES_VARIABLES.sms]: z.string().optional(),
  })
  .transform((environment) => ({
    endpoint: environment.DYNAMODB_ENDPOINT as string | undefined,
    api: environment[API_VARIABLE] as string | undefined,
    seals: environment[SEALS_VARIABLE] as string | undefined,
    showcase: environment[SHOWCASE_VARIABLES.bucket] as string | undefined,
    site: environment[SHOWCASE_VARIABLES.site] as string | undefined,
    exports: environment[EXPORTS_VARIABLE] as string | undefined,
    messages: {
      topics: environment[MESSAGES_VARIABLES.topics] as string | undefined,
      bus: environment[MESSAGES_VARIABLES.bus] as string | undefined,
      sms: environment[MESSAGES_VARIABLES.sms] as string | undefined,
    },
    tables: Object.fromEntries(
      TABLE_NAMES.map((table) => [table, environment[tableVariable(table)]] as const),
    ) as Record<TableName, string | undefined>,
    queues: Object.fromEntries(Job.options.map((job) => [job, environment[queueVariable(job)]] as const)) as Record<
      Job,
      string | undefined
    >,
  }));
export type Environment = z.infer<typeof Environment>;

/** A file beside the function's bundle. */
export const readBundledFile = (name: string): Promise<Buffer> => readFile(new URL(name, import.meta.url));
