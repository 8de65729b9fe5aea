import type { SingleBar } from 'cli-progress';
import type { Client } from '../../shared/contract/client.ts';
import { dayOf } from '../../shared/domain/time.ts';
import { systemClock } from '../../shared/runtime/clock.ts';
import { done } from '../done.ts';
import { rowsIn, type Trading } from './outlets.ts';

/** Shelves filled at a time. */
const AT_ONCE = 12;

type Shelves = { trading: readonly Trading[]; items: string; fresh: boolean; bar: SingleBar };

/** Enrols a terminal for every seller at every outlet, and records its opening stock as a goods receipt, as anyone's would be. */
export const stockShelves = async (admin: Client, { trading, items, fresh, bar }: Shelves): Promise<void> => {
  const bySeller = Map.groupBy(rowsIn(items), ({ seller }) => seller ?? '');
  bar.setTotal(trading.length);
  const left = [...trading];
  const fill = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      const lines = openingStock(bySeller.get(next.seller) ?? []);
      if (fresh || !(await isStocked(admin, next, lines))) await fillShelf(admin, next, lines);
      bar.increment(1, { what: next.location });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, fill));
};

type Line = { readonly item: string; readonly quantity: number };

/** Up to 40 items, each some way above its reorder point. */
const openingStock = (items: readonly Record<string, string>[]): Line[] =>
  items
    .slice(0, 40)
    .map(({ id = '', reorderPoint }, at) => ({ item: id, quantity: Number(reorderPoint) + 2 + ((at * 7) % 11) }));

/** A receipt is all or nothing: one of its items tells whether an earlier start, stopped half way, came past here. */
const isStocked = async (admin: Client, { location }: Trading, lines: readonly Line[]): Promise<boolean> => {
  const { stock } = done(await admin.getLocationStock({ path: { location } }));
  return stock.some((row) => row.item === lines[0]?.item);
};

const fillShelf = async (admin: Client, { location, seller }: Trading, lines: Line[]): Promise<void> => {
  if (lines.length === 0) return;
  const path = { location };
  const { code } = done(await admin.issueEnrolmentCode({ path, body: { seller } }));
  const { terminal } = done(
    await admin.enrolTerminal({ path, body: { code, installation: `demo-${location}-${seller}` } }),
  );
  const occurredAt = systemClock.now();
  const number = `${terminal}R${dayOf(occurredAt).slice(2).replaceAll('-', '')}0001`;
  const body = {
    kind: 'R' as const,
    occurredAt,
    by: 'S001',
    previous: null,
    from: { supplier: 'Opening stock' },
    lines,
  };
  done(await admin.recordVoucher({ path: { location, number }, body }));
};
