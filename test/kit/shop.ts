import { type Book, enrol, expectOk } from './book.ts';
import { daysAgo } from './clock.ts';
import { shelf } from './reading.ts';

/** What phones say of what happened; when, and by which clock, is added as it is said. */
type VoucherFields = { readonly kind: string; readonly [field: string]: unknown };
export type Written = {
  readonly number: string;
  readonly claim: VoucherFields & { readonly occurredAt: string };
  readonly clock?: { readonly skew: number; readonly within: number } | undefined;
};

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
  const { clock } = book;
  const client = /^P\d+$/.test(location)
    ? await book.as('producer', `producer:${location}`)
    : await book.as(/D\d$/.test(location) ? 'depot' : 'outlet', `location:${location}`);
  const now = () => Date.parse(clock.now());
  const phones = [];
  for (const late of behind) {
    const terminal = await daysAgo(clock, enrolledAgo, () => enrol(book, location, seller));
    const shown = (at: number) => new Date(at - late).toISOString();
    let serial = 0;
    const measured = late !== 0 && { clock: { skew: late, within: 0 } };
    const live = ({ number, claim }: Written, how: object = {}) =>
      client.recordVoucher({
        path: { location, number },
        body: { ...claim, ...measured, ...how } as never,
      });
    phones.push({
      terminal,
      /** What this phone writes down of what truly happened then. */
      write: (said: VoucherFields, at: number = now()): Written => {
        const occurredAt = shown(at);
        const day = new Date(Date.parse(occurredAt) + 5.5 * 3_600_000).toISOString().slice(2, 10).replaceAll('-', '');
        const number = `${terminal}${said.kind}${day}${String(++serial).padStart(4, '0')}`;
        return { number, claim: { occurredAt, by: 'S001', previous: null, ...measuredLines(said) } };
      },
      live,
      /**
       * Tries again while Bahi is busy, as phones do. 200 then means that an earlier try recorded
       * it.
       */
      insist: async (written: Written, how?: object) => {
        let answer = await live(written, how);
        while (answer.status === 503) answer = await live(written, how);
        return answer;
      },
      bring: (vouchers: readonly Written[]) =>
        client.syncVouchers({
          path: { location },
          body: { vouchers: vouchers.map((one) => ({ ...measured, ...one })) },
        }),
    });
  }
  return { client, phones };
};
export type ShopPhone = Awaited<ReturnType<typeof phonesAt>>['phones'][number];

/** A depot measures bamboo in kg too, so a live voucher states its unit. */
const measuredLines = (said: VoucherFields): VoucherFields => {
  if (said.kind === 'V' || !Array.isArray(said.lines)) return said;
  const lines = said.lines.map((line: { item?: string; quantity?: unknown }) =>
    /^PBT-(BAMBOO|CANE)/.test(line.item ?? '') &&
    typeof line.quantity === 'number' &&
    line.quantity > 0 &&
    said.kind !== 'S'
      ? { ...line, quantity: `${line.quantity} gram` }
      : line,
  );
  return { ...said, lines };
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
    ...{ location, client, phones },
    rows: () => shelf(client, location),
    onHand: async () =>
      Object.fromEntries([...(await shelf(client, location))].map(([item, { onHand }]) => [item, onHand])),
  };
};
export type Shop = Awaited<ReturnType<typeof openShop>>;

type Line = { readonly item: string; readonly quantity: number };

export const PRICE = 10_000;

/** Said in few words; what is sold live is in hand. */
export const sold = (...lines: readonly Line[]) => ({
  kind: 'S',
  lines: lines.map((line) => ({ ...line, unitPrice: PRICE })),
  payments: [{ tender: 'cash', amount: lines.reduce((sum, { quantity }) => sum + quantity * PRICE, 0) }],
});
export const received = (...lines: readonly Line[]) => ({ kind: 'R', from: { supplier: 'Chikan Samiti' }, lines });
/** On its way to another location. */
export const dispatched = (to: string, ...lines: readonly Line[]) => ({ kind: 'D', to, lines });
/** What was accepted of a dispatch, be it nothing, and what was rejected. */
export const receivedFrom = (
  dispatch: string,
  ...lines: readonly (Line & { readonly rejected?: number; readonly why?: string })[]
) => ({
  ...{ kind: 'R', from: { dispatch } },
  lines: lines.map((line) => (line.rejected ? { why: 'torn', ...line } : line)),
});
/** The same, and nothing more is to come. */
export const lastFrom = (...of: Parameters<typeof receivedFrom>) => ({ ...receivedFrom(...of), final: true });
export const adjusted = (reason: string, ...lines: readonly Line[]) => ({ kind: 'A', reason, lines });
let counts = 0;
/** A count of its own. */
export const counted = (...lines: readonly { readonly item: string; readonly quantity: number | string }[]) => ({
  ...{ kind: 'C', count: `November ${++counts}` },
  lines,
});
/**
 * Quantities of these lines of a voucher, counted from 1. A sale is refunded at the price above.
 */
export const tookBack = (of: string, ...lines: readonly (Line & { readonly line: number })[]) => ({
  ...{ kind: 'V', of, reason: of[5] === 'S' ? 'return' : 'mistake', goods: 'to shelf', lines },
  ...(of[5] === 'S' && {
    refund: [{ tender: 'cash', amount: lines.reduce((sum, { quantity }) => sum + quantity * PRICE, 0) }],
  }),
});
/** The close of a shift that began with so much cash; then so much of each tender was there. */
export const closed = (float: number, counted: Readonly<Record<string, number>>, more: object = {}) => ({
  ...{ kind: 'K', float, last: [] as string[] },
  counted: Object.entries(counted).map(([tender, amount]) => ({ tender, amount })),
  ...more,
});
/** S001 hands a stall over to S002, with these sheets and terminals, each with its last numbers. */
export const handedOver = (
  sheets: readonly string[],
  terminals: Readonly<Record<string, readonly string[]>>,
  more: object = {},
) => ({
  ...{ kind: 'H', outgoing: 'S001', incoming: 'S002', signed: { outgoing: 'Asha Verma', incoming: 'Ravi Kumar' } },
  ...{ sheets, cash: 79_800 },
  terminals: Object.entries(terminals).map(([terminal, last]) => ({ terminal, last })),
  ...more,
});
