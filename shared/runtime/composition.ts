import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Environment, tableVariable } from '../contract/environment.ts';
import type { TableName } from '../contract/tables.ts';
import { alertStore } from '../data/alert-store.ts';
import { askedDepotStore } from '../data/asked-depot-store.ts';
import { askedStore } from '../data/asked-store.ts';
import { auditStore } from '../data/audit-store.ts';
import { backStore } from '../data/back-store.ts';
import { basketStore } from '../data/basket-store.ts';
import { connect, documentsOf } from '../data/client.ts';
import { closeStore } from '../data/close-store.ts';
import { closeTransfer } from '../data/close-transfer.ts';
import { codeStore } from '../data/code-store.ts';
import { confirmationCounts } from '../data/confirmation-counts.ts';
import { countSheetStore } from '../data/count-sheet-store.ts';
import { countedOn } from '../data/counted-on.ts';
import { customerStore } from '../data/customer-store.ts';
import { readEarly } from '../data/early-returns.ts';
import { enrolmentStore } from '../data/enrolment-store.ts';
import { failedWork } from '../data/failed-work.ts';
import { festivalCalendar } from '../data/festival-calendar.ts';
import { firstDay } from '../data/first-day.ts';
import { heldStore } from '../data/held-store.ts';
import type { JobQueue } from '../data/job-queue.ts';
import { judgeMatter } from '../data/judge-matter.ts';
import { judgeStock } from '../data/judge-stock.ts';
import { ledgerStore } from '../data/ledger-store.ts';
import { lessonStore } from '../data/lesson-store.ts';
import { lookAt } from '../data/look-at.ts';
import { lookSilent } from '../data/look-silent.ts';
import { matterStore } from '../data/matter-store.ts';
import type { Messages } from '../data/message-port.ts';
import { messageStore } from '../data/message-store.ts';
import { openAccounts } from '../data/open-accounts.ts';
import { overdueOf } from '../data/overdue-of.ts';
import { pacesStore } from '../data/paces-store.ts';
import { passbookStore } from '../data/passbook-store.ts';
import { pinStore } from '../data/pin-store.ts';
import { registryStore } from '../data/registry-store.ts';
import { requestStore } from '../data/request-store.ts';
import { runStore } from '../data/run-store.ts';
import { sayOnce } from '../data/say-once.ts';
import { sayTransfer } from '../data/say-transfer.ts';
import type { Seals } from '../data/seals.ts';
import { settleReserved } from '../data/settle-reserved.ts';
import { stockStore } from '../data/stock-store.ts';
import { terminalKeys } from '../data/terminal-keys.ts';
import { totalsStore } from '../data/totals-store.ts';
import { transferStore } from '../data/transfer-store.ts';
import { waitingStore } from '../data/waiting-store.ts';
import type { Clock } from '../domain/time.ts';
import { systemClock } from './clock.ts';
import { type Count, countInMetrics, logger, tracer } from './observability.ts';

/** What the outside may put in the place of the usual: a clock, a client whose answers get lost, a queue of this machine. */
export type Parts = {
  readonly environment: Environment;
  readonly clock?: Clock;
  readonly client?: DynamoDBClient;
  readonly queue?: JobQueue;
  readonly seals?: Seals;
  readonly messages?: Messages;
  readonly count?: Count;
};

export { AGAIN, untilAnswered } from '../data/again.ts';
export { atOnce } from '../data/at-once.ts';
export { basketId } from '../data/basket-store.ts';
export { hashOfBook } from '../data/close-hash.ts';
export type { DayOfPlace, Mistaken, Seen as SeenClose } from '../data/close-store.ts';
export { withDeadline } from '../data/deadline.ts';
export { STALE } from '../data/effects.ts';
export { heldId } from '../data/held-store.ts';
export { issuerShareAt } from '../data/issuer-share.ts';
export type { Recorded } from '../data/ledger-store.ts';
export { KEPT_DAYS, type PacesHead } from '../data/paces-store.ts';
export { placesOfHeld } from '../data/places-of-held.ts';
export type { EntryOf } from '../data/registry-item.ts';
export type { Submitted } from '../data/request-store.ts';
export type { RunHead } from '../data/run-store.ts';
export type { Moved } from '../data/say-transfer.ts';
export type { Seal } from '../data/seals.ts';
export type Composition = ReturnType<typeof compose>;

/** What of the cloud is reached beside the tables. */
type Reach = {
  messages(where: Environment['messages']): Messages;
  seals(bucket: Environment['seals']): Seals;
  queue(queues: Environment['queues']): JobQueue;
};

const without = (what: string) => async (): Promise<never> => {
  throw new Error(`this function carries no clients for ${what}`);
};

/** Phones wait for what a function loads: only those that reach further than the tables carry the clients for it, and say so here. */
const reach: Reach = {
  messages: () => {
    const no = without('messages');
    return { send: no, saidYes: no, invite: no, publish: no };
  },
  seals: () => ({ put: without('seals'), find: without('seals') }),
  queue: () => ({ send: without('queues') }),
};
export const reachThrough = (further: Partial<Reach>): void => void Object.assign(reach, further);

/** The only place where things are put together. */
export const compose = (parts: Parts) => {
  const { environment, clock = systemClock, client, queue, seals, count = countInMetrics } = parts;
  const name = (table: TableName): string => {
    const found = environment.tables[table];
    if (found === undefined) throw new Error(`this function has no ${table} table: set ${tableVariable(table)}`);
    return found;
  };
  const unreadable = (what: string, error: unknown) => {
    count('RowsUnreadable', 1);
    logger.error(`left out, as it cannot be read: ${what}`, { error });
  };
  const tables = {
    unreadable,
    client: documentsOf(client ?? tracer.captureAWSv3Client(connect(environment.endpoint))),
    name,
  };
  const [stock, registry, alerts] = [stockStore(tables), registryStore(tables), alertStore(tables)];
  const [requests, passbook, runs] = [requestStore(tables), passbookStore(tables), runStore(tables)];
  const [held, matters, closes] = [heldStore(tables), matterStore(tables), closeStore(tables)];
  const [transfers, audits] = [transferStore(tables), auditStore(tables)];
  const [ledger, lessons] = [ledgerStore(tables), lessonStore(tables)];
  const overdue = overdueOf({ transfers, clock });
  const silent = lookSilent({ ledger, clock });
  const [back, baskets] = [backStore(tables), basketStore(tables)];
  const early = readEarly({ back, ledger });
  const pins = pinStore(tables);
  const look = lookAt({
    back,
    ledger,
    registry,
    held,
    matters,
    baskets,
    closes,
    audits,
    transfers,
    pins,
    readEarly: early,
    lookSilent: silent,
    clock,
  });
  const judge = judgeMatter({ registry, matters, clock }, look);
  const told = messageStore(tables);
  const messages = parts.messages ?? reach.messages(environment.messages);
  return {
    clock,
    count,
    stock,
    registry,
    alerts,
    ledger,
    customers: customerStore(tables),
    requests,
    passbook,
    askedDepots: askedDepotStore(tables),
    openAccounts: openAccounts({ passbook, registry }),
    lookAtAccounts: openAccounts({ passbook, registry }, 'look'),
    codes: codeStore(tables),
    confirmations: confirmationCounts(tables),
    runs,
    closes,
    totals: totalsStore(tables),
    paces: pacesStore(tables),
    lessons,
    calendar: festivalCalendar(registry, lessons),
    asked: askedStore(tables),
    held,
    matters,
    judgeMatter: judge,
    failedWork: failedWork({ matters, judgeMatter: judge, clock }),
    lookSilent: silent,
    sayTransfer: sayTransfer({ transfers, judgeMatter: judge, clock }),
    back,
    baskets,
    countSheets: countSheetStore(tables),
    readEarly: early,
    waiting: waitingStore(tables),
    audits,
    firstDay: firstDay({ registry, clock }),
    transfers,
    closeTransfer: closeTransfer(tables, transfers),
    settleReserved: settleReserved({ stock, requests, runs, registry, clock }),
    pins,
    enrolments: enrolmentStore(tables, registry),
    keys: terminalKeys(),
    judge: judgeStock({ stock, registry, alerts, overdueOf: overdue, clock }),
    overdueOf: overdue,
    countedOn: countedOn(overdue),
    told,
    messages,
    sayOnce: sayOnce({ told, messages }),
    seals: seals ?? reach.seals(environment.seals),
    queue: queue ?? reach.queue(environment.queues),
  };
};

let current: Composition | undefined;

/** This process's composition: made from its environment at the first use, unless one was put in its place. */
export const composition = (): Composition => {
  current ??= compose({ environment: Environment.parse(process.env) });
  return current;
};

/** For this machine and the tests: everything from now on uses these parts. */
export const composeWith = (parts: Parts): Composition => {
  current = compose(parts);
  return current;
};
