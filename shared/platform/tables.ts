/** Tables by what they hold, and keys by what they are. The stacks, the local engine and the stores all read this. */
export const TABLES = {
  /**
   * Day books: one item a voucher. Both indexes are sparse. `byProducer`: only what was issued to a producer, in the order of its seasons. `stillHeld`: of
   * a location, only what is held still.
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
  /** What each location has of each item. `byItem` holds keys that never change, so that no sale writes to it. */
  Stock: {
    key: ['location', 'item'],
    indexes: { byItem: { key: ['item', 'location'], projection: 'KEYS_ONLY' } },
    stream: true,
    ttlAttribute: undefined,
  },
  /**
   * What is on its way, and what became of it: one row a dispatch. `byReceiver` and `bySender` have every transfer of a place; `openTo` and `openFrom` are
   * sparse: only what is open or early. All four are in the order of the dispatches' days and numbers, which never change. `unsaid` is sparse: what did not
   * come as it was sent, until an officer is told.
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
   * Requests for materials, each under its number, and a depot's runs of allocation under its day, with their record in parts. `openAt` is
   * sparse: a depot's queue by the time of the request, and its runs that are not done. Only records of runs that never began may go.
   */
  Requests: {
    key: ['request', 'part'],
    indexes: { openAt: { key: ['openAt', 'queue'], projection: 'ALL' } },
    stream: false,
    ttlAttribute: 'lapsesAt',
  },
  /** What a producer may draw: an account a season and material (`2026-27#PBT-BAMBOO`), and beside it the grants made to it. */
  Passbook: { key: ['producer', 'account'], indexes: {}, stream: false, ttlAttribute: undefined },
  /**
   * Entries by kind. Both indexes are sparse. `bySeller`: only items have `catalogueSeller`, in the order of their last change. `byPlace`: only terminals have
   * `terminalOf`, the location or producer that they were enrolled for.
   */
  Registry: {
    key: ['kind', 'id'],
    indexes: {
      bySeller: { key: ['catalogueSeller', 'updatedAt'], projection: 'ALL' },
      byPlace: { key: ['terminalOf', 'id'], projection: 'ALL' },
    },
    stream: false,
    ttlAttribute: 'lapsesAt',
  },
  /**
   * One item per location, item and type (`LKO-KURTA-M:short`), or per location, type and matter (`held:…`). `byArea` keeps a district's alerts by
   * state, then by when they opened. `openAt` is sparse: of a location, the matters that are open, since those that were are ever more.
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
  /** What each recipient was told, by name: a day's digest, an urgent alert. Once it is so old that nobody says it again, it goes. */
  Messages: { key: ['to', 'message'], indexes: {}, stream: false, ttlAttribute: 'lapsesAt' },
  /**
   * What the closes up to a day say of demand: a snapshot a day and run, in parts (`all`, `known`, and one an outlet), which may go when no late voucher is looked for in
   * that day any more. `head` says which run of each day stands. Under
   * `festivals` is what those that are over taught, which stays.
   */
  Paces: { key: ['upTo', 'part'], indexes: {}, stream: false, ttlAttribute: 'lapsesAt' },
  /** The phone of a sale's customer, under the sale's number, until its purpose ends. Not backed up: what was erased is gone. */
  Customers: { key: ['location', 'voucher'], indexes: {}, stream: false, ttlAttribute: 'lapsesAt', backups: false },
} as const satisfies Record<string, TableDefinition>;

export type TableName = keyof typeof TABLES;
export const TABLE_NAMES = Object.keys(TABLES) as TableName[];

/** Every key is a string. `lapses` names the attribute (epoch seconds) after which an item may go. */
export type TableDefinition = {
  readonly key: readonly [partition: string, sort: string];
  readonly indexes: Readonly<
    Record<string, { readonly key: readonly [string, string]; readonly projection: 'KEYS_ONLY' | 'ALL' }>
  >;
  readonly stream: boolean;
  readonly ttlAttribute: string | undefined;
  /** Whether the table can be restored to any of the last 35 days; `true` unless said. */
  readonly backups?: boolean;
};
