/**
 * What a shelf holds, told by a shopkeeper who saw everything when it truly happened. Shares no
 * code with the domain: an array, put into the order of time (then number), and walked through.
 */
export type Happened = {
  /** Milliseconds by the true clock. */
  readonly at: number;
  readonly number: string;
  readonly lines: readonly { readonly item: string; readonly quantity: number }[];
  /** It was counted: from then on so much is there. Else so much came, or below zero went. */
  readonly counted?: boolean;
};

const earlier = (one: Happened, other: Happened): number =>
  one.at === other.at ? (one.number < other.number ? -1 : 1) : one.at - other.at;

export const inOrder = (all: readonly Happened[]): Happened[] => [...all].sort(earlier);

/** Each item that anything happened to, and how much of it is there after all of it. */
export const shelfAfter = (all: readonly Happened[]): Record<string, number> => {
  const there: Record<string, number> = {};
  for (const { lines, counted } of inOrder(all))
    for (const { item, quantity } of lines) there[item] = counted ? quantity : (there[item] ?? 0) + quantity;
  return there;
};

/** The items of this that were counted after it, as far as these are known. */
export const countedAfter = (one: Happened, all: readonly Happened[]): string[] => {
  const later = all.filter((other) => other.counted && earlier(one, other) < 0);
  const items = new Set(later.flatMap(({ lines }) => lines.map(({ item }) => item)));
  return [...new Set(one.lines.map(({ item }) => item))].filter((item) => items.has(item));
};

/** What was there of an item right before this, as far as these are known. */
export const thereBefore = (one: Happened, item: string, all: readonly Happened[]): number =>
  shelfAfter(all.filter((other) => earlier(other, one) < 0))[item] ?? 0;
