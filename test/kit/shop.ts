import { type Book, expectOk } from './book.ts';
import { clientAt, openPhone, type Phone } from './phone.ts';
import { shelf } from './read-all.ts';

/**
 * Phones at one location, enrolled some days ago. Their clocks are `behind` by these milliseconds.
 */
export const phonesAt = async (
  book: Book,
  location: string,
  seller: string,
  behind: readonly number[] = [0],
  enrolledAgo = 5,
) => {
  const client = await clientAt(book, location);
  const phones: Phone[] = [];
  for (const late of behind)
    phones.push(await openPhone(book, location, seller, { client, behind: late, enrolledAgo }));
  return { client, phones };
};

/** Stalls opened in each book. Files of one worker share this module: one counter would run out. */
const opened = new WeakMap<Book['bahi'], number>();

/** A stall of its own, with phones. */
export const openShop = async (book: Book, behind?: readonly number[], enrolledAgo?: number) => {
  const stalls = opened.get(book.bahi) ?? 0;
  opened.set(book.bahi, stalls + 1);
  const letter = String.fromCharCode('A'.charCodeAt(0) + Math.floor(stalls / 100));
  const location = `${letter}KO-${String(stalls % 100).padStart(2, '0')}`;
  const body = { name: 'A stall', station: 'LKO', district: 'LKO', sellers: ['LKO1', 'LKO2'] };
  expectOk(await book.admin.putEntry({ path: { kind: 'outlets', id: location }, body }));
  const { client, phones } = await phonesAt(book, location, 'LKO1', behind, enrolledAgo);
  return {
    location,
    client,
    phones,
    rows: () => shelf(client, location),
    onHand: async () =>
      Object.fromEntries([...(await shelf(client, location))].map(([item, { onHand }]) => [item, onHand])),
  };
};
export type Shop = Awaited<ReturnType<typeof openShop>>;

type Line = { readonly item: string; readonly quantity: number };

export const PRICE = 10_000;

/** A sale at `PRICE`; a live one sells goods in hand. */
export const sold = (...lines: readonly Line[]) => ({
  kind: 'S',
  lines: lines.map((line) => ({ ...line, unitPrice: PRICE })),
  payments: [{ tender: 'cash', amount: lines.reduce((sum, { quantity }) => sum + quantity * PRICE, 0) }],
});
/** Materials go by lot, and have units: `5 kg`. */
type GoodsLine = {
  readonly item: string;
  readonly quantity: number | string;
  readonly lot?: string;
  readonly unitCost?: number;
};

export const received = (...lines: readonly GoodsLine[]) => ({
  kind: 'R',
  from: { supplier: 'Chikan Samiti' },
  lines,
});
/** A dispatch to another location. */
export const dispatched = (to: string, ...lines: readonly GoodsLine[]) => ({ kind: 'D', to, lines });
/** A receipt of a dispatch; `quantity` is accepted and may be 0. */
export const receivedFrom = (
  dispatch: string,
  ...lines: readonly (Line & { readonly lot?: string; readonly rejected?: number | string; readonly why?: string })[]
) => ({
  kind: 'R',
  from: { dispatch },
  lines: lines.map((line) => (line.rejected ? { why: 'torn', ...line } : line)),
});
/** A receipt after which nothing more of the dispatch is to come. */
export const lastFrom = (...of: Parameters<typeof receivedFrom>) => ({ ...receivedFrom(...of), final: true });
export const adjusted = (reason: string, ...lines: readonly Line[]) => ({ kind: 'A', reason, lines });
let counts = 0;
/** A count of its own. */
export const counted = (...lines: readonly { readonly item: string; readonly quantity: number | string }[]) => ({
  kind: 'C',
  count: `November ${++counts}`,
  lines,
});
/**
 * Quantities of these lines of a voucher, counted from 1. A sale is refunded at the price above.
 */
export const tookBack = (of: string, ...lines: readonly (Line & { readonly line: number })[]) => ({
  kind: 'V',
  of,
  reason: of[5] === 'S' ? 'return' : 'mistake',
  goods: 'to shelf',
  lines,
  ...(of[5] === 'S' && {
    refund: [{ tender: 'cash', amount: lines.reduce((sum, { quantity }) => sum + quantity * PRICE, 0) }],
  }),
});
/** The close of a shift that began with so much cash; then so much of each tender was there. */
export const closed = (float: number, counted: Readonly<Record<string, number>>, more: object = {}) => ({
  kind: 'K',
  float,
  last: [] as string[],
  counted: Object.entries(counted).map(([tender, amount]) => ({ tender, amount })),
  ...more,
});
/** S001 hands a stall over to S002, with these sheets and terminals, each with its last numbers. */
export const handedOver = (
  sheets: readonly string[],
  terminals: Readonly<Record<string, readonly string[]>>,
  more: object = {},
) => ({
  kind: 'H',
  outgoing: 'S001',
  incoming: 'S002',
  signed: { outgoing: 'Asha Verma', incoming: 'Ravi Kumar' },
  sheets,
  cash: 79_800,
  terminals: Object.entries(terminals).map(([terminal, last]) => ({ terminal, last })),
  ...more,
});
