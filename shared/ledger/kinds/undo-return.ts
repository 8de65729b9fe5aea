import type { FieldProblem } from '../../kernel/problems.ts';
import { sumOf } from '../../kernel/quantity.ts';
import { type Refusal, refuse } from '../../kernel/refusal.ts';
import type { Day } from '../../kernel/time.ts';
import { partsOf, type VoucherNumber } from '../../kernel/voucher-number.ts';
import { exchangedAmount } from '../basket.ts';
import type { Decision } from '../decision.ts';
import type { ReturnClaim, ReturnContext, ReturnedQuantities, ReturnOutcome } from '../reversal-context.ts';
import { isSaleNumber } from './sale.ts';

type UndoReturnOutcome = Omit<ReturnOutcome, 'waits'> & {
  readonly sale: { readonly of: VoucherNumber; readonly lines: number[] };
};

type UndoReturnDecision = Decision<UndoReturnOutcome> & { readonly returnedQuantities: ReturnedQuantities };

/**
 * A return is reversed whole. A mistaken return put no goods on the shelf, so stock may fall below
 * zero.
 */
export const decideUndoReturn = (
  claim: ReturnClaim,
  returned: ReturnContext | undefined,
): UndoReturnDecision | Refusal => {
  if (!returned) return refuse('VOUCHER_UNKNOWN', `This location has no voucher ${claim.of}.`);
  const { claim: taken, outcome, own, sale } = returned;
  if (!isSaleNumber(taken.of)) {
    const fields = [
      { path: 'of', problem: 'only the reversal of a sale can be reversed: record what is right instead' },
    ];
    return refuse('INVALID_REQUEST', 'This cannot be reversed.', { fields });
  }
  const wrong = refuseUndoneTwice(claim, own) ?? refusePartialUndo(claim, taken) ?? refuseOtherRefund(claim, taken);
  if (wrong) return wrong;
  const { refunded, roundOff, tax, waits } = outcome;
  const bySaleLine = claim.lines.map(({ line }) => taken.lines[line - 1]?.line ?? 0);
  const lines = new Map(sale.returned);
  for (const { line, quantity } of taken.lines) lines.set(line, (lines.get(line) ?? 0) - quantity);
  const moved = claim.lines.map(({ line }) => -(outcome.moved[line - 1] ?? 0));
  const items = [...Map.groupBy(claim.lines.entries(), ([, { item }]) => item)];
  const exchanged = exchangedAmount(taken.refund ?? []);
  return {
    outcome: {
      moved,
      ...(refunded !== undefined && { refunded }),
      ...(roundOff !== undefined && { roundOff }),
      ...(tax && { tax: claim.lines.flatMap(({ line }) => tax[line - 1] ?? []) }),
      sale: { of: taken.of, lines: bySaleLine },
    },
    stock: items
      .map(([item, same]) => ({
        item,
        onHand: sumOf(same.map(([at]) => moved[at] ?? 0)),
        requires: 'nothing' as const,
      }))
      .filter(({ onHand }) => onHand !== 0),
    ...(taken.basket !== undefined &&
      exchanged > 0 && { basket: { basket: taken.basket, amount: -exchanged, requires: 'nothing' } as const }),
    returnedQuantities: {
      of: claim.of,
      lines: new Map(claim.lines.map(({ line, quantity }) => [line, quantity])),
      version: own.version,
      rounded: 0,
    },
    saleReturnedQuantities: {
      of: taken.of,
      lines,
      version: sale.version,
      rounded: sale.rounded - (waits ? 0 : (roundOff ?? 0)),
      ...(waits && { pendingReturns: sale.pendingReturns.filter((number) => number !== claim.of) }),
    },
    ...(waits && { reopens: daysOfReturns(sale.pendingReturns) }),
  };
};

/** Taxes of several pending returns depend on each other. */
const daysOfReturns = (returns: readonly VoucherNumber[]): Day[] => [
  ...new Set(returns.map((number) => partsOf(number).day)),
];

const refuseUndoneTwice = ({ of }: ReturnClaim, { version }: ReturnContext['own']): Refusal | undefined =>
  version > 0
    ? refuse('RETURN_EXCEEDED', `${of} was reversed already.`, {
        fields: [{ path: 'of', problem: 'nothing of it is left to reverse' }],
      })
    : undefined;

const refusePartialUndo = ({ lines }: ReturnClaim, taken: ReturnClaim): Refusal | undefined => {
  const wrong = lines.flatMap(({ line, item, quantity }, at): FieldProblem[] => {
    const was = taken.lines[line - 1];
    if (was?.item !== item) return [{ path: `lines.${at}.line`, problem: `line ${line} is not of ${item}` }];
    return was.quantity === quantity
      ? []
      : [{ path: `lines.${at}.quantity`, problem: `line ${line} must be reversed whole: ${was.quantity}` }];
  });
  const missing = taken.lines.length - lines.length;
  const fields = [
    ...wrong,
    ...(missing > 0 ? [{ path: 'lines', problem: `${missing} of its lines are missing` }] : []),
  ];
  return fields.length > 0 ? refuse('INVALID_REQUEST', 'A return is reversed whole.', { fields }) : undefined;
};

const refuseOtherRefund = ({ refund = [], basket }: ReturnClaim, taken: ReturnClaim): Refusal | undefined => {
  const sum = (money: readonly { amount: number }[]) => sumOf(money.map(({ amount }) => amount));
  const due = sum(taken.refund ?? []);
  const paid = sum(refund);
  const isSame =
    basket === taken.basket && JSON.stringify(sumByTender(refund)) === JSON.stringify(sumByTender(taken.refund ?? []));
  if (isSame) return undefined;
  return refuse(
    'PAYMENT_MISMATCH',
    `The refund must equal that of the return, tender by tender: ${due} paise (got ${paid}).`,
    {
      due,
      paid,
    },
  );
};

const sumByTender = (money: readonly { readonly tender: string; readonly amount: number }[]) =>
  [...Map.groupBy(money, ({ tender }) => tender)]
    .map(([tender, same]) => [tender, sumOf(same.map(({ amount }) => amount))] as const)
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
