/** Read by the stacks, the local engine and the stores. */
export const TABLES = {
  /**
   * One item per voucher. Sparse indexes: `byProducer` (issues by season), `stillHeld` (a
   * location's held vouchers).
   */
  Ledger: {
    key: ['daybook', 'entry'],
    indexes: {
      byProducer: { key: ['producer', 'drawnAt'], projection: 'ALL' },
      stillHeld: { key: ['stillHeldAt', 'entry'], projection: 'ALL' },
    },
    stream: false,
    ttlAttribute: undefined,
  },
  /** Keys of `byItem` never change, so no sale writes to it. */
  Stock: {
    key: ['location', 'item'],
    indexes: { byItem: { key: ['item', 'location'], projection: 'KEYS_ONLY' } },
    stream: true,
    ttlAttribute: undefined,
  },
  /**
   * One row per dispatch. `byReceiver` and `bySender` hold all transfers. Sparse indexes: `openTo`
   * and `openFrom` (open ones), `unsaid` (mismatches not yet reported to an officer).
   */
  Transfers: {
    key: ['dispatch', 'part'],
    indexes: {
      byReceiver: { key: ['receiver', 'dispatchedOn'], projection: 'KEYS_ONLY' },
      bySender: { key: ['sender', 'dispatchedOn'], projection: 'KEYS_ONLY' },
      openTo: { key: ['openTo', 'dispatchedOn'], projection: 'KEYS_ONLY' },
      openFrom: { key: ['openFrom', 'dispatchedOn'], projection: 'KEYS_ONLY' },
      unsaid: { key: ['unsaidAt', 'dispatch'], projection: 'ALL' },
    },
    stream: false,
    ttlAttribute: undefined,
  },
  /**
   * Material requests, and a depot's allocation runs by day. Sparse `openAt`: a depot's queue and
   * its unfinished runs. `byProducer`: all requests of a producer. Only records of unused runs
   * expire.
   */
  Requests: {
    key: ['request', 'part'],
    indexes: {
      openAt: { key: ['openAt', 'queue'], projection: 'ALL' },
      byProducer: { key: ['producer', 'submittedAt'], projection: 'KEYS_ONLY' },
    },
    stream: false,
    ttlAttribute: 'lapsesAt',
  },
  /** Accounts per season and material (`2026-27#PBT-BAMBOO`), and grants. */
  Passbook: { key: ['producer', 'account'], indexes: {}, stream: false, ttlAttribute: undefined },
  /** Sparse indexes: `bySeller` (items by change), `byPlace` (terminals or staff of a location). */
  Registry: {
    key: ['kind', 'id'],
    indexes: {
      bySeller: { key: ['catalogueSeller', 'updatedAt'], projection: 'ALL' },
      byPlace: { key: ['listedAt', 'id'], projection: 'ALL' },
    },
    stream: false,
    ttlAttribute: 'lapsesAt',
  },
  /**
   * Key: item and type (`LKO-KURTA-M:short`), or type and subject (`held:…`). Sparse `openAt`:
   * unresolved exception alerts.
   */
  Alerts: {
    key: ['location', 'alert'],
    indexes: {
      byArea: { key: ['district', 'stateSince'], projection: 'ALL' },
      openAt: { key: ['openAt', 'alert'], projection: 'ALL' },
    },
    stream: true,
    ttlAttribute: undefined,
  },
  Messages: { key: ['to', 'message'], indexes: {}, stream: false, ttlAttribute: 'lapsesAt' },
  /**
   * Demand model: a snapshot per day and run, in parts. Snapshots expire. `head` names the valid
   * runs. Calibrations of `festivals` stay.
   */
  Paces: { key: ['upTo', 'part'], indexes: {}, stream: false, ttlAttribute: 'lapsesAt' },
  /** Requested exports of vouchers, and what became of each location. */
  Exports: { key: ['export', 'part'], indexes: {}, stream: false, ttlAttribute: 'lapsesAt', backups: false },
  /** The figures of producers' statements, by the code printed on the statement. */
  Statements: { key: ['code', 'part'], indexes: {}, stream: false, ttlAttribute: 'lapsesAt' },
  /** Phones of customers. No backups, so that erased data cannot come back. */
  Customers: { key: ['location', 'voucher'], indexes: {}, stream: false, ttlAttribute: 'lapsesAt', backups: false },
} as const satisfies Record<string, TableDefinition>;

export type TableName = keyof typeof TABLES;
export const TABLE_NAMES = Object.keys(TABLES) as TableName[];

/** All keys are strings. `ttlAttribute`: epoch seconds. */
export type TableDefinition = {
  readonly key: readonly [partition: string, sort: string];
  readonly indexes: Readonly<
    Record<string, { readonly key: readonly [string, string]; readonly projection: 'KEYS_ONLY' | 'ALL' }>
  >;
  readonly stream: boolean;
  readonly ttlAttribute: string | undefined;
  /** 35 days of point-in-time recovery; default `true`. */
  readonly backups?: boolean;
};
