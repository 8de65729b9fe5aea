import type { Job } from '../shared/platform/jobs.ts';
import type { HttpFunction } from '../shared/platform/operation-contract.ts';
import type { TABLES, TableName } from '../shared/platform/tables.ts';

/** A folder of functions/. The worker of a job has the job's name. */
export type FunctionName =
  | HttpFunction
  | 'plan-job'
  | Job
  | 'evaluate-stock'
  | 'notify-alerts'
  | 'pre-token-generation'
  | 'canary-sale';

type IndexOf<Table extends TableName> = keyof (typeof TABLES)[Table]['indexes'] & string;

/**
 * `Query byItem` allows that index only, `Query` the table only. IAM authorises a transaction by
 * its parts.
 */
type TableAction<Table extends TableName> =
  | 'ConditionCheckItem'
  | 'GetItem'
  | 'BatchGetItem'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'Query'
  | `Query ${IndexOf<Table>}`;

type Grants = { readonly [Table in TableName]?: readonly TableAction<Table>[] };

/** Exactly what the function's stores use. It gets only these tables' names. */
export const GRANTS = {
  vouchers: {
    Ledger: ['PutItem', 'GetItem', 'BatchGetItem', 'UpdateItem', 'ConditionCheckItem', 'Query', 'Query stillHeld'],
    Requests: ['GetItem', 'BatchGetItem', 'UpdateItem', 'Query openAt'],
    Transfers: ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem', 'Query openTo'],
    Passbook: ['UpdateItem'],
    Stock: ['UpdateItem', 'BatchGetItem'],
    Alerts: ['GetItem', 'PutItem'],
    Customers: ['GetItem', 'PutItem', 'UpdateItem', 'Query'],
    Registry: ['BatchGetItem', 'PutItem', 'Query', 'Query byPlace'],
  },
  bills: {
    Ledger: ['GetItem', 'BatchGetItem', 'Query'],
    Registry: ['BatchGetItem'],
    Transfers: ['GetItem'],
  },
  documents: {
    Ledger: ['GetItem', 'BatchGetItem', 'Query'],
    Registry: ['BatchGetItem', 'Query', 'Query bySeller'],
    Statements: ['PutItem'],
    Transfers: ['GetItem'],
  },
  stock: {
    Stock: ['Query', 'Query byItem', 'BatchGetItem'],
    Ledger: ['GetItem', 'Query'],
    Transfers: ['GetItem', 'BatchGetItem', 'Query byReceiver', 'Query bySender', 'Query openTo', 'Query openFrom'],
    Registry: ['BatchGetItem', 'Query', 'Query bySeller'],
  },
  registry: {
    Registry: ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query', 'Query byPlace'],
  },
  alerts: {
    Alerts: ['GetItem', 'PutItem', 'Query', 'Query byArea', 'Query openAt'],
    Registry: ['BatchGetItem', 'Query'],
  },
  requests: {
    Requests: ['PutItem', 'GetItem', 'BatchGetItem', 'UpdateItem', 'Query openAt', 'Query byProducer'],
    Passbook: ['GetItem', 'PutItem', 'BatchGetItem', 'UpdateItem', 'Query'],
    Stock: ['BatchGetItem', 'UpdateItem'],
    Ledger: ['Query byProducer'],
    Alerts: ['GetItem', 'PutItem'],
    Registry: ['BatchGetItem', 'GetItem', 'PutItem', 'UpdateItem'],
  },
  reports: {
    Ledger: ['Query', 'GetItem', 'BatchGetItem'],
    Transfers: ['Query openTo', 'BatchGetItem'],
    Requests: ['BatchGetItem'],
    Registry: ['Query', 'Query bySeller', 'BatchGetItem'],
    Paces: ['Query'],
    Exports: ['GetItem', 'PutItem', 'Query', 'UpdateItem'],
    Statements: ['PutItem'],
  },
  service: { Registry: ['BatchGetItem'], Statements: ['GetItem'] },
  'plan-job': {
    Registry: ['Query'],
  },
  'sweep-alerts': {
    Stock: ['GetItem', 'Query'],
    Ledger: ['GetItem', 'BatchGetItem', 'DeleteItem', 'Query', 'Query stillHeld'],
    Transfers: ['GetItem', 'BatchGetItem', 'UpdateItem', 'Query openTo', 'Query unsaid'],
    Alerts: ['GetItem', 'PutItem', 'Query', 'Query openAt'],
    Registry: ['BatchGetItem', 'GetItem'],
  },
  'expire-reservations': {
    Requests: ['Query openAt', 'GetItem', 'BatchGetItem', 'UpdateItem'],
    Passbook: ['UpdateItem'],
    Stock: ['Query', 'GetItem', 'UpdateItem'],
    Alerts: ['GetItem', 'PutItem'],
    Registry: ['BatchGetItem'],
  },
  'allocate-materials': {
    Requests: ['GetItem', 'PutItem', 'UpdateItem', 'BatchGetItem', 'Query openAt'],
    Passbook: ['PutItem', 'BatchGetItem', 'UpdateItem'],
    Stock: ['BatchGetItem', 'UpdateItem'],
    Alerts: ['GetItem', 'PutItem'],
    Registry: ['BatchGetItem'],
  },
  'close-day': {
    Ledger: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'],
    Transfers: ['GetItem'],
    Alerts: ['GetItem', 'PutItem'],
    Registry: ['BatchGetItem', 'Query'],
  },
  'reconcile-ledger': {
    Ledger: ['Query', 'GetItem', 'PutItem', 'Query byProducer'],
    Stock: ['Query'],
    Requests: ['Query openAt', 'BatchGetItem', 'GetItem'],
    Passbook: ['Query'],
    Transfers: ['BatchGetItem', 'Query byReceiver', 'Query bySender', 'Query openTo'],
    Alerts: ['GetItem', 'PutItem'],
    Registry: ['GetItem', 'Query', 'BatchGetItem'],
  },
  'sum-days': {
    Ledger: ['Query', 'GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem', 'DeleteItem'],
    Alerts: ['GetItem', 'PutItem'],
    Registry: ['Query', 'BatchGetItem'],
  },
  'update-demand-model': {
    Ledger: ['Query'],
    Alerts: ['GetItem', 'PutItem'],
    Registry: ['Query', 'BatchGetItem'],
    Paces: ['GetItem', 'PutItem', 'Query'],
  },
  'plan-replenishment': {
    Ledger: ['Query'],
    Stock: ['Query', 'UpdateItem'],
    Transfers: ['Query byReceiver', 'Query openTo', 'BatchGetItem'],
    Alerts: ['GetItem', 'PutItem'],
    Registry: ['Query', 'BatchGetItem'],
    Paces: ['GetItem', 'Query'],
  },
  'build-showcase': {
    Stock: ['Query byItem', 'BatchGetItem'],
    Alerts: ['GetItem', 'PutItem'],
    Registry: ['GetItem', 'Query', 'BatchGetItem'],
  },
  'export-vouchers': {
    Ledger: ['Query'],
    Alerts: ['GetItem', 'PutItem'],
    Registry: ['BatchGetItem', 'Query'],
    Exports: ['GetItem', 'PutItem', 'Query', 'UpdateItem'],
  },
  'evaluate-stock': {
    Requests: ['Query openAt', 'GetItem', 'BatchGetItem', 'UpdateItem'],
    Passbook: ['UpdateItem'],
    Stock: ['GetItem', 'UpdateItem'],
    Transfers: ['Query openTo', 'BatchGetItem'],
    Alerts: ['PutItem', 'Query'],
    Registry: ['BatchGetItem'],
  },
  'send-digest': {
    Alerts: ['GetItem', 'PutItem', 'Query byArea'],
    Messages: ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query'],
    Registry: ['BatchGetItem', 'Query'],
  },
  'notify-alerts': {
    Alerts: ['GetItem'],
    Messages: ['PutItem', 'UpdateItem', 'DeleteItem'],
    Registry: ['BatchGetItem', 'Query'],
  },
  'pre-token-generation': {},
  'canary-sale': {},
} as const satisfies Record<FunctionName, Grants>;

/** An index is `index/byItem` below its table. */
export const tableGrants = (name: FunctionName) =>
  Object.entries<readonly string[]>(GRANTS[name]).map(([table, actions]) => ({
    table: table as TableName,
    statements: actions.map((grant) => {
      const [action, index] = grant.split(' ');
      return { action: `dynamodb:${action}`, below: index ? `/index/${index}` : '' };
    }),
  }));
