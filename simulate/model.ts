/** The truth, independent of Bahi: shares no domain code. */
export type SimulatedLine = {
  readonly item: string;
  readonly quantity: number;
  readonly line?: number;
  readonly unitPrice?: number;
};
export type VoucherContent = {
  readonly kind: string;
  readonly lines?: readonly SimulatedLine[];
  readonly [field: string]: unknown;
};
export type SimulatedClaim = VoucherContent & { readonly occurredAt: string; readonly previous: string | null };

/** A spoiled number has a second statement. */
export type Statement = {
  readonly location: string;
  readonly number: string;
  readonly claim: SimulatedClaim;
  /** The true error of its clock. */
  readonly clockError: number;
  /** The measured error, which it sends. */
  readonly clock: { readonly skew: number; readonly within: number } | undefined;
  /** Corrections that Bahi may apply. */
  readonly skews: Set<number>;
  arrivals: number;
  /** Counts answers of "new". */
  recordedTimes: number;
  result: StatementResult | undefined;
};
export type StatementResult = 'recorded' | 'held' | 'refused';

export type Truth = ReturnType<typeof openTruth>;

export const openTruth = () => {
  const byNumber = new Map<string, Statement[]>();
  return {
    byNumber,
    /** Closed short. */
    closed: new Set<string>(),
    all: (): Statement[] => [...byNumber.values()].flat(),
    say: (what: Pick<Statement, 'location' | 'number' | 'claim' | 'clockError' | 'clock'>): Statement => {
      const said = {
        ...what,
        skews: new Set([what.clock?.skew ?? 0]),
        arrivals: 0,
        recordedTimes: 0,
        result: undefined,
      };
      byNumber.set(what.number, [...(byNumber.get(what.number) ?? []), said]);
      return said;
    },
    find: (number: string, claim: object): Statement | undefined =>
      byNumber.get(number)?.find((said) => sameClaim(said.claim, claim)),
  };
};

/** Ignores field order. */
export const sameClaim = (one: unknown, other: unknown): boolean => sortedJson(one) === sortedJson(other);
const sortedJson = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

export type RecordedEvent = { readonly at: number; readonly number: string; readonly claim: SimulatedClaim };

export const inOrder = (all: readonly RecordedEvent[]): RecordedEvent[] =>
  [...all].sort((one, other) => one.at - other.at || (one.number < other.number ? -1 : 1));

/** Per unit of a line. */
export const directionOf = ({ kind, reason, goods, of }: SimulatedClaim): number => {
  if (kind === 'R' || (kind === 'A' && reason === 'found')) return 1;
  if (kind !== 'V') return -1;
  if (goods === 'written off') return 0;
  return 'RV'.includes(String(of)[5] ?? '') ? -1 : 1;
};

export const expectedStockAfter = (all: readonly RecordedEvent[]): Map<string, number> => {
  const shelf = new Map<string, number>();
  for (const { claim } of inOrder(all)) {
    const way = directionOf(claim);
    for (const { item, quantity } of claim.lines ?? [])
      shelf.set(item, claim.kind === 'C' ? quantity : (shelf.get(item) ?? 0) + way * quantity);
  }
  return shelf;
};

/** By `number/line`. */
export const returnedQuantities = (all: readonly RecordedEvent[]): Map<string, number> => {
  const back = new Map<string, number>();
  const add = (key: string, quantity: number) => back.set(key, (back.get(key) ?? 0) + quantity);
  const returns = new Map(all.map(({ number, claim }) => [number, claim]));
  for (const { claim } of all) {
    if (claim.kind !== 'V') continue;
    for (const { line = 0, quantity } of claim.lines ?? []) {
      add(`${String(claim.of)}/${line}`, quantity);
      const undone = isReversalOfReturn(claim) ? returns.get(String(claim.of)) : undefined;
      if (undone) add(`${String(undone.of)}/${undone.lines?.[line - 1]?.line}`, -quantity);
    }
  }
  return back;
};

/** Inverts all effects. */
export const isReversalOfReturn = ({ kind, of }: SimulatedClaim): boolean => kind === 'V' && String(of)[5] === 'V';

type Payments = readonly { readonly tender: string; readonly amount: number }[];
const paidIn = (claim: SimulatedClaim, tender?: string): number => {
  const way = claim.kind === 'V' && !isReversalOfReturn(claim) ? -1 : 1;
  const all = ((claim.payments ?? claim.refund ?? []) as Payments).filter((one) => !tender || one.tender === tender);
  return way * all.reduce((sum, { amount }) => sum + amount, 0);
};

/** In paise. */
export const unrefundedAmounts = (all: readonly RecordedEvent[]): Map<string, number> => {
  const kept = new Map<string, number>();
  const returns = new Map(all.map(({ number, claim }) => [number, claim]));
  for (const { number, claim } of all) {
    const of = isReversalOfReturn(claim) ? returns.get(String(claim.of))?.of : claim.of;
    const sale = claim.kind === 'S' ? number : String(of ?? '');
    if (sale[5] === 'S') kept.set(sale, (kept.get(sale) ?? 0) + paidIn(claim));
  }
  return kept;
};

/** Paise by basket. */
export const basketBalances = (all: readonly RecordedEvent[]): Map<string, number> => {
  const baskets = new Map<string, number>();
  for (const { claim } of all) {
    const { basket } = claim;
    if (typeof basket === 'string') baskets.set(basket, (baskets.get(basket) ?? 0) - paidIn(claim, 'exchange'));
  }
  return baskets;
};
