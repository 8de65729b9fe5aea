import type { ItemId } from '../kernel/ids.ts';
import type { Balance } from '../kernel/quantity.ts';
import { addUp } from '../kernel/sum.ts';
import { amountWithTax } from '../kernel/tax.ts';
import { sequenceOf, type VoucherSequence } from '../kernel/voucher-number.ts';
import { isIssue } from '../ledger/kinds/issue.ts';
import { isReceipt } from '../ledger/kinds/receipt.ts';
import { isReversal } from '../ledger/kinds/reversal.ts';
import { isSale } from '../ledger/kinds/sale.ts';
import { onHandAfter, type StockLine, stockLinesOf } from '../ledger/projection.ts';
import { isCancelled, kindOf, type Voucher } from '../ledger/voucher.ts';
import { reversalRulesOf } from '../ledger/voucher-kinds.ts';
import {
  averageBefore,
  averageCostAfter,
  type Origin,
  type Origins,
  type ReceivedStock,
  UNITS_PER_AVERAGE,
  valueAtAverage,
} from './average-cost.ts';
import type { ClosedItem } from './day-close.ts';
import {
  isIssueReversal,
  isReversalOfMistake,
  isReversalOfStockMistake,
  type Mistakes,
  NO_MISTAKES,
  undoneReversalOf,
} from './mistakes.ts';

export type OpeningBalance = Pick<ClosedItem, 'item' | 'onHand' | 'average' | 'astray'>;

type BalanceField = 'item' | 'onHand' | 'average' | 'averages' | 'value' | 'exposure' | 'mistaken' | 'astray';
type DayFigures = Omit<ClosedItem, BalanceField> & { mistaken: number };
type MoneyFigure = 'amount' | 'varianceValue';
type RunningBalance = DayFigures & {
  onHand: number;
  average: number;
  averages: NonNullable<ClosedItem['averages']>;
  astray: number;
  readonly opened: number;
  least: number;
};

type BalanceChange = {
  readonly line: StockLine;
  readonly received?: ReceivedStock | undefined;
  readonly returned?: { readonly quantity: number; readonly leftAt: VoucherSequence } | undefined;
  readonly figures: Partial<DayFigures>;
  /** How far it moves the shelf from the book. */
  readonly astray?: number;
};

/** Vouchers apply in voucher sequence, not by arrival. */
export const balancesOf = (
  opening: readonly OpeningBalance[],
  vouchersOfDay: readonly Voucher[],
  mistakes: Mistakes = NO_MISTAKES,
  origins: Origins = new Map(),
): ClosedItem[] => {
  const balances = new Map(
    opening.map(({ item, onHand, average, astray = 0 }) => [item, startingBalance(onHand, average, astray)]),
  );
  const inSequence = vouchersOfDay.toSorted((one, other) => (sequenceOf(one) < sequenceOf(other) ? -1 : 1));
  for (const voucher of inSequence) {
    const sequence = sequenceOf(voucher);
    for (const change of changesOf(voucher, mistakes, origins.get(voucher.number))) {
      const { item } = change.line;
      const balance = balances.get(item) ?? startingBalance(0, 0, 0);
      balances.set(item, balance);
      applyChange(balance, change, sequence);
    }
  }
  return [...balances]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([item, { opened, least, onHand, average, averages, mistaken, astray, ...figures }]) => ({
      item,
      onHand: onHand as Balance,
      average,
      value: valueAtAverage(average, Math.max(0, onHand + astray)),
      ...(averages.length > 0 && { averages }),
      ...figures,
      exposure: opened <= 0 ? 0 : least <= 0 ? 0.5 : 1,
      ...(mistaken !== 0 && { mistaken }),
      ...(astray !== 0 && { astray }),
    }));
};

const NO_FIGURES: DayFigures = {
  sold: 0,
  mistaken: 0,
  amount: 0,
  returned: 0,
  received: 0,
  dispatched: 0,
  issued: 0,
  writtenOff: 0,
  variance: 0,
  varianceValue: 0,
};

const startingBalance = (onHand: number, average: number, astray: number): RunningBalance => ({
  ...NO_FIGURES,
  onHand,
  average,
  averages: [],
  astray,
  opened: onHand + astray,
  least: onHand + astray,
});

const applyChange = (
  balance: RunningBalance,
  { line, received, returned, figures, astray = 0 }: BalanceChange,
  sequence: VoucherSequence,
): void => {
  const costed = received ?? (returned && stockAtAverage(returned.quantity, averageBefore(balance, returned.leftAt)));
  if (costed && costed.quantity > 0) {
    const average = averageCostAfter({ onHand: balance.onHand + balance.astray, average: balance.average }, costed);
    if (average !== balance.average && balance.averages.at(-1)?.until !== sequence)
      balance.averages.push({ until: sequence, average: balance.average });
    balance.average = average;
  }
  const variance = line.counted === undefined ? 0 : line.counted - balance.onHand;
  balance.onHand = onHandAfter(balance.onHand, line);
  // After a count, book and shelf agree.
  balance.astray = line.counted === undefined ? balance.astray + astray : 0;
  balance.least = Math.min(balance.least, balance.onHand + balance.astray);
  balance.variance += variance;
  const { amount = 0, ...quantities } = figures;
  balance.amount = addUp([balance.amount, amount]);
  balance.varianceValue = addUp([balance.varianceValue, valueAtAverage(balance.average, variance)]);
  for (const [figure, quantity] of Object.entries(quantities) as [Exclude<keyof DayFigures, MoneyFigure>, number][])
    balance[figure] += quantity;
};

/** Stock without a cost keeps the average. */
const stockAtAverage = (quantity: number, average: number | undefined): ReceivedStock | undefined =>
  average ? { quantity, cost: average, of: UNITS_PER_AVERAGE } : undefined;

const changesOf = (voucher: Voucher, mistakes: Mistakes, origin: Origin = {}): BalanceChange[] => {
  const { claim, outcome, number } = voucher;
  if (isCancelled(claim)) return [];
  const { figures } = kindOf(claim);
  return stockLinesOf(voucher).map((line, index): BalanceChange => {
    const { item, change } = line;
    const reversed = Math.min(Math.abs(change), mistakes.byVoucher.get(number)?.get(index + 1) ?? 0);
    const astray = -Math.sign(change) * reversed;
    const lasting = Math.abs(change) - reversed;
    if (isSale(claim)) {
      const tax = 'total' in outcome ? outcome.tax[index] : undefined;
      const mistaken = Math.max(0, mistakes.bySale.get(number)?.get(index + 1) ?? 0);
      const amount = tax ? amountWithTax(tax) : 0;
      return { line, figures: { ...figures?.(change), amount, mistaken }, astray: mistaken };
    }
    if (isIssue(claim)) {
      const mistaken = mistakes.byIssue.get(number)?.get(index + 1) ?? 0;
      return { line, figures: { ...figures?.(change), mistaken } };
    }
    if (isReceipt(claim)) {
      const received =
        stockAtAverage(lasting, origin.averages?.get(item)) ??
        stockAtStatedCost(claim.lines[index], change, lasting, origin);
      return { line, received, figures: { ...figures?.(change) }, astray };
    }
    if (isReversal(claim)) {
      const quantity = claim.lines[index]?.quantity ?? 0;
      return {
        line,
        figures: {
          ...reversalRulesOf(claim.of)?.figures(quantity, change),
          // The day of the issue leaves it out, so it must not lower this day's demand.
          ...(isIssueReversal(voucher) && { mistaken: -quantity }),
        },
        astray,
        ...reversalEffect(voucher, { item, quantity, change, lasting }, mistakes, origin),
      };
    }
    return { line, figures: { ...figures?.(change) }, astray };
  });
};

type CostedLine = { readonly item: ItemId; readonly cost?: number | undefined; readonly unitCost?: number | undefined };

/** The cost on the receipt, else on the dispatch. */
const stockAtStatedCost = (
  line: CostedLine | undefined,
  change: number,
  lasting: number,
  { stated }: Origin,
): ReceivedStock | undefined => {
  if (!line || change <= 0) return undefined;
  if (line.cost !== undefined) return { quantity: lasting, cost: line.cost, of: change };
  const unitCost = line.unitCost ?? stated?.get(line.item);
  return unitCost === undefined ? undefined : { quantity: lasting, cost: unitCost, of: 1 };
};

type ReversedLine = {
  readonly item: ItemId;
  readonly quantity: number;
  readonly change: number;
  readonly lasting: number;
};

/** A mistake and its reversal leave cost and shelf unchanged. */
const reversalEffect = (
  voucher: Voucher,
  { item, quantity, change, lasting }: ReversedLine,
  { reversals, returns }: Mistakes,
  { leftAt, averages }: Origin,
): Pick<BalanceChange, 'astray' | 'received' | 'returned'> => {
  if (isReversalOfMistake(voucher)) return { astray: -quantity };
  if (isReversalOfStockMistake(voucher)) return { astray: -change };
  const undone = undoneReversalOf(voucher);
  if (undone !== undefined) return { astray: reversals.has(undone) ? quantity : returns.has(undone) ? -change : 0 };
  if (change <= 0) return {};
  return leftAt
    ? { returned: { quantity: lasting, leftAt } }
    : { received: stockAtAverage(lasting, averages?.get(item)) };
};
