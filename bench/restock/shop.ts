import { cellsOf, type Demand, onDay } from './demand.ts';

/** Days, equal for all methods. */
export const LEAD = 7;
export const REVIEW = 1;
export const COVER = 7;

/** Sales up to `from` are known. `settle` days do not count. */
export type Span = { readonly from: number; readonly settle: number; readonly to: number };

/** By cell: at or below `reorder`, order up to `target`. */
export type Levels = { readonly reorder: Int32Array; readonly target: Int32Array };

export type Method = Levels & {
  /** Lost sales are unseen. */
  learn?(day: number, sold: Uint8Array, exposure: Float32Array): void;
};

/** By item. `stock`: unit-days. `out`: empty cell-days. `orders`: alerts. */
export type Result = Record<'wanted' | 'lost' | 'stock' | 'out' | 'orders', Float64Array> & { readonly days: number };

/** Lost sales do not return. Orders arrive after `LEAD` further days. */
export const trade = (demand: Demand, { from, settle, to }: Span, method: Method): Result => {
  const cells = cellsOf(demand);
  const result = Object.fromEntries(
    ['wanted', 'lost', 'stock', 'out', 'orders'].map((name) => [name, new Float64Array(demand.items)]),
  ) as Omit<Result, 'days'>;
  const add = (name: keyof typeof result, item: number, n: number): void => {
    result[name][item] = (result[name][item] ?? 0) + n;
  };
  const shelf = Int32Array.from(method.target);
  const due = new Int32Array(cells);
  const onTheWay = Array.from({ length: LEAD }, () => new Int32Array(cells));
  const [sold, exposure] = [new Uint8Array(cells), new Float32Array(cells)];

  for (let day = from; day < to; day++) {
    const counts = day >= from + settle;
    const wanted = onDay(demand, day);
    const arriving = onTheWay[day % LEAD] ?? new Int32Array(cells);
    for (let cell = 0; cell < cells; cell++) {
      const listed = demand.listed[Math.floor(cell / demand.outlets)] ?? 0;
      if (day < listed) continue;
      if (day === listed && day > from) shelf[cell] = method.target[cell] ?? 0;
      const opening = shelf[cell] ?? 0;
      const asked = wanted[cell] ?? 0;
      const sells = Math.min(opening, asked);
      const left = opening - sells;
      sold[cell] = sells;
      exposure[cell] = opening === 0 ? 0 : left === 0 && sells > 0 ? 0.5 : 1;
      if (counts) {
        const item = Math.floor(cell / demand.outlets);
        add('wanted', item, asked);
        add('lost', item, asked - sells);
        add('stock', item, (opening + left) / 2);
        if (left === 0) add('out', item, 1);
      }
      // Orders arrive after closing.
      const comes = arriving[cell] ?? 0;
      arriving[cell] = 0;
      due[cell] = (due[cell] ?? 0) - comes;
      shelf[cell] = left + comes;
    }
    method.learn?.(day, sold, exposure);
    for (let cell = 0; cell < cells; cell++) {
      if (day < (demand.listed[Math.floor(cell / demand.outlets)] ?? 0)) continue;
      const there = (shelf[cell] ?? 0) + (due[cell] ?? 0);
      if (there > (method.reorder[cell] ?? 0)) continue;
      const order = (method.target[cell] ?? 0) - there;
      if (order <= 0) continue;
      arriving[cell] = order;
      due[cell] = (due[cell] ?? 0) + order;
      if (counts) add('orders', Math.floor(cell / demand.outlets), 1);
    }
  }
  return { ...result, days: to - from - settle };
};
