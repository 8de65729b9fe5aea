/**
 * A model of stock that shares no code with the domain: events sorted by true time, then number,
 * and applied one by one.
 */
export type StockEvent = {
  /** Milliseconds by the true clock. */
  readonly at: number;
  readonly number: string;
  readonly lines: readonly { readonly item: string; readonly quantity: number }[];
  /** The quantity is a count and replaces the stock. Otherwise it is added; below zero it went. */
  readonly counted?: boolean;
};

const earlier = (one: StockEvent, other: StockEvent): number =>
  one.at === other.at ? (one.number < other.number ? -1 : 1) : one.at - other.at;

export const inTimeOrder = (all: readonly StockEvent[]): StockEvent[] => [...all].sort(earlier);

/** The stock of each item after all events. */
export const stockAfter = (all: readonly StockEvent[]): Record<string, number> => {
  const there: Record<string, number> = {};
  for (const { lines, counted } of inTimeOrder(all))
    for (const { item, quantity } of lines) there[item] = counted ? quantity : (there[item] ?? 0) + quantity;
  return there;
};

/** The items of an event that a later event counted. */
export const countedAfter = (one: StockEvent, all: readonly StockEvent[]): string[] => {
  const later = all.filter((other) => other.counted && earlier(one, other) < 0);
  const items = new Set(later.flatMap(({ lines }) => lines.map(({ item }) => item)));
  return [...new Set(one.lines.map(({ item }) => item))].filter((item) => items.has(item));
};

/** The stock of an item just before an event. */
export const stockBefore = (one: StockEvent, item: string, all: readonly StockEvent[]): number =>
  stockAfter(all.filter((other) => earlier(other, one) < 0))[item] ?? 0;
