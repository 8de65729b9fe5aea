import { netOf, type SupplyLine } from '../billing/supply-line.ts';
import type { ItemTotals } from '../day-close/area-totals.ts';
import type { SellerFigures } from '../day-close/seller-day.ts';
import type { ItemId } from '../kernel/ids.ts';
import { sumOf } from '../kernel/quantity.ts';
import { addUp, type Sum, subtract } from '../kernel/sum.ts';
import type { SellerStatement } from './statement-contract.ts';

type StatementSource = {
  readonly days: readonly SellerFigures[];
  /** The seller's items at the end of the last day. Undefined: not summed yet. */
  readonly stock: readonly Pick<ItemTotals, 'item' | 'onHand' | 'value'>[] | undefined;
};

type StatementFigures = Pick<SellerStatement, 'totals' | 'rounding' | 'taxes' | 'lines'>;

/** A seller's sales, returns and stock. Lines and rounding add up to the totals. */
export const statementOf = ({ days, stock }: StatementSource): StatementFigures => {
  const supplied = days.flatMap(({ supplies }) => supplies.flatMap(({ lines }) => lines));
  const byItem = Map.groupBy(supplied, ({ item }) => item);
  const stockOf = new Map(stock?.map((one) => [one.item, one]));
  const items = [...new Set([...byItem.keys(), ...stockOf.keys()])].toSorted();
  const lines = items.map((item) => lineOf(item, byItem.get(item) ?? [], stockOf.get(item)));
  const totals = {
    sales: sumOf(days.map(({ sales }) => sales)),
    amount: addUp(days.map(({ amount }) => amount)),
    refunds: sumOf(days.map(({ refunds }) => refunds)),
    refunded: addUp(days.map(({ refunded }) => refunded)),
  };
  return {
    totals: { ...totals, net: subtract(totals.amount, totals.refunded) },
    rounding: {
      amount: subtract(totals.amount, addUp(lines.map(({ amount }) => amount))),
      refunded: subtract(totals.refunded, addUp(lines.map(({ refunded }) => refunded))),
    },
    taxes: [...Map.groupBy(supplied, ({ gstBasisPoints }) => gstBasisPoints)]
      .toSorted(([one], [other]) => one - other)
      .map(([gstBasisPoints, same]) => ({ gstBasisPoints, ...taxOf(same) })),
    lines,
  };
};

type SideFigures = SupplyLine['sold'];

const amountOf = ({ taxable, cgst, igst }: SideFigures): Sum => addUp([taxable, cgst, cgst, igst]);

const taxOf = (supplied: readonly SupplyLine[]) => {
  const { taxable, cgst, igst } = netOf(supplied);
  return { taxable, cgst, sgst: cgst, igst };
};

const lineOf = (
  item: ItemId,
  supplied: readonly SupplyLine[],
  stock: Pick<ItemTotals, 'onHand' | 'value'> | undefined,
): SellerStatement['lines'][number] => {
  const side = (name: 'sold' | 'returned') => supplied.map((line) => line[name]);
  const quantityOf = (figures: readonly SideFigures[]) => addUp(figures.map(({ quantity }) => quantity));
  return {
    item,
    sold: quantityOf(side('sold')),
    amount: addUp(side('sold').map(amountOf)),
    returned: quantityOf(side('returned')),
    refunded: addUp(side('returned').map(amountOf)),
    ...taxOf(supplied),
    ...(stock && { onHand: stock.onHand, value: stock.value }),
  };
};
