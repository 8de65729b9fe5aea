import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { lookAt } from '../alerts/alert-sources-service.ts';
import { alertStore } from '../alerts/alert-store.ts';
import { judgeMatter } from '../alerts/exception-alert-service.ts';
import { matterStore } from '../alerts/exception-alert-store.ts';
import { failedWork } from '../alerts/failed-work-service.ts';
import { overdueOf } from '../alerts/overdue-transfer-service.ts';
import { lookSilent } from '../alerts/silent-outlet-service.ts';
import { judgeStock } from '../alerts/stock-alert-service.ts';
import { sayTransfer } from '../alerts/transfer-alert-service.ts';
import { closeStore } from '../day-close/close-store.ts';
import { firstDay } from '../day-close/first-day-service.ts';
import { askedStore } from '../day-close/missing-number-store.ts';
import type { Seals } from '../day-close/seal-store.ts';
import { totalsStore } from '../day-close/totals-store.ts';
import type { Clock } from '../kernel/time.ts';
import { basketStore } from '../ledger/basket-store.ts';
import { countSheetStore } from '../ledger/count-sheet-store.ts';
import { customerStore } from '../ledger/customer-store.ts';
import { heldStore } from '../ledger/held-store.ts';
import { ledgerStore } from '../ledger/ledger-store.ts';
import { readEarly } from '../ledger/pending-return-service.ts';
import { waitingStore } from '../ledger/pending-return-store.ts';
import { backStore } from '../ledger/returned-quantity-store.ts';
import { runStore } from '../materials/allocation-run-store.ts';
import { codeStore } from '../materials/confirmation-code-store.ts';
import { confirmationCounts } from '../materials/confirmation-count-store.ts';
import { openAccounts } from '../materials/entitlement-service.ts';
import { passbookStore } from '../materials/passbook-store.ts';
import { pinStore } from '../materials/pin-store.ts';
import { requestStore } from '../materials/request-store.ts';
import { askedDepotStore } from '../materials/requested-depot-store.ts';
import { settleReserved } from '../materials/reservation-service.ts';
import type { Messages } from '../notifications/channel.ts';
import { messageStore } from '../notifications/notification-store.ts';
import { sayOnce } from '../notifications/send-once-service.ts';
import { systemClock } from '../platform/clock.ts';
import { connect, documentsOf } from '../platform/dynamodb-client.ts';
import { Environment, tableVariable } from '../platform/environment.ts';
import type { JobQueue } from '../platform/job-queue.ts';
import type { TableName } from '../platform/tables.ts';
import { type Count, countInMetrics, logger, tracer } from '../platform/telemetry.ts';
import { auditStore } from '../reconciliation/drift-store.ts';
import { enrolmentStore } from '../registry/enrolment-store.ts';
import { registryStore } from '../registry/registry-store.ts';
import { terminalKeys } from '../registry/terminal-key-cache.ts';
import { lessonStore } from '../replenishment/calibration-store.ts';
import { pacesStore } from '../replenishment/demand-model-store.ts';
import { festivalCalendar } from '../replenishment/seasonal-calendar-service.ts';
import { countedOn } from '../reports/arrivals-service.ts';
import { stockStore } from '../stock/stock-store.ts';
import { closeTransfer } from '../transfers/close-transfer-store.ts';
import { transferStore } from '../transfers/transfer-store.ts';

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

export type { Moved } from '../alerts/transfer-alert-service.ts';

export { hashOfBook } from '../day-close/close-hash.ts';
export type { DayOfPlace, Mistaken, Seen as SeenClose } from '../day-close/close-store.ts';

export type { Seal } from '../day-close/seal-store.ts';

export { basketId } from '../ledger/basket-store.ts';
export { placesOfHeld } from '../ledger/held-locations.ts';
export { heldId } from '../ledger/held-store.ts';
export type { Recorded } from '../ledger/ledger-store.ts';

export type { RunHead } from '../materials/allocation-run-store.ts';

export { issuerShareAt } from '../materials/issuer-share-service.ts';
export type { Submitted } from '../materials/request-store.ts';

export { atOnce } from '../platform/concurrently.ts';
export { withDeadline } from '../platform/deadline.ts';
export { AGAIN, untilAnswered } from '../platform/retry.ts';
export type { EntryOf } from '../registry/registry-item.ts';

export { KEPT_DAYS, type PacesHead } from '../replenishment/demand-model-store.ts';
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

export { STALE } from '../platform/retry.ts';
