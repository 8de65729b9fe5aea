import type { Role } from '../../kernel/access.ts';
import type { ItemId } from '../../kernel/ids.ts';
import type { FieldProblem } from '../../kernel/problems.ts';
import { lineProblems, type Refusal, refuse } from '../../kernel/refusal.ts';
import { isReversalNumber, partsOf, type VoucherNumber } from '../../kernel/voucher-number.ts';
import type { DecisionContext } from '../decision.ts';
import type { ReversalContext, ReversalRules, ReversibleVoucher } from '../reversal-context.ts';

type ReversalFigures = {
  readonly of: VoucherNumber;
  readonly reason: 'return' | 'mistake';
  readonly goods: 'to shelf' | 'written off';
  readonly lines: readonly { readonly line: number; readonly item: ItemId; readonly quantity: number }[];
  readonly refund?: unknown;
};

/** Refusals that need no earlier returns. */
export const refuseIrreversible = (
  { of, reason, goods, refund, lines }: ReversalFigures,
  rules: ReversalRules | undefined,
): Refusal | undefined => {
  const { kind } = partsOf(of);
  const fields: FieldProblem[] = [
    ...(rules ? [] : [{ path: 'of', problem: `a ${kind} cannot be reversed: record what is right instead` }]),
    ...(reason === 'return' && !rules?.isReturnable
      ? [{ path: 'reason', problem: 'only a sale can be returned' }]
      : []),
    ...(goods === 'written off' && !rules?.mayWriteOff
      ? [
          {
            path: 'goods',
            problem: `the goods of a ${kind} go back to the shelf; record a loss as an adjustment`,
          },
        ]
      : []),
    ...(rules?.mayBeEmpty
      ? []
      : lineProblems(lines, 'quantity', ({ quantity }) =>
          quantity === 0 ? 'a quantity is at least 1: only of a receipt that accepted nothing is it 0' : undefined,
        )),
    ...(refund && !rules?.isRefundable ? [{ path: 'refund', problem: 'only a sale was paid for' }] : []),
  ];
  return fields.length > 0 ? refuse('INVALID_REQUEST', 'This cannot be reversed.', { fields }) : undefined;
};

export const refuseDuplicateLines = ({ lines }: ReversalFigures): Refusal | undefined => {
  const fields = lineProblems(lines, 'line', ({ line }) =>
    lines.filter((other) => other.line === line).length > 1 ? `line ${line} is here twice` : undefined,
  );
  return fields.length > 0
    ? refuse('RETURN_EXCEEDED', 'A line may be on a reversal only once.', { fields })
    : undefined;
};

export const refuseExceededLines = (
  { lines }: ReversalFigures,
  original: ReversibleVoucher,
  returned: ReversalContext['returned'],
  rules: ReversalRules | undefined,
): Refusal | undefined => {
  const isMore =
    lines.every(({ quantity }) => quantity === 0) &&
    original.lines.some(({ moved }, at) => Math.abs(moved) > (returned.get(at + 1) ?? 0));
  const fields: FieldProblem[] = lines.flatMap(({ line, item, quantity }, at) => {
    const was = original.lines[line - 1];
    if (was?.item !== item) return [{ path: `lines.${at}.line`, problem: `line ${line} is not of ${item}` }];
    const isNothing = rules?.mayBeEmpty && was.moved === 0;
    const problem = isNothing
      ? problemOfEmptyLine(line, quantity, returned, isMore)
      : problemOfQuantity(line, quantity, was.moved, returned);
    return problem === undefined ? [] : [{ path: `lines.${at}.quantity`, problem }];
  });
  return fields.length > 0
    ? refuse('RETURN_EXCEEDED', 'A reversal must not exceed what is left of the voucher.', { fields })
    : undefined;
};

/** An unknown sale must come from a terminal of this location. */
export const refuseSoldElsewhere = (
  { of }: ReversalFigures,
  { location, reversal }: Pick<DecisionContext, 'location' | 'reversal'>,
): Refusal | undefined => {
  const { terminal } = partsOf(of);
  const soldAt = reversal?.soldAt;
  if (soldAt === location) return undefined;
  if (soldAt === undefined)
    return refuse('VOUCHER_UNKNOWN', `No terminal ${terminal} was ever enrolled: check the number on the bill.`);
  const { name, endsFrom, hasEnded = false } = reversal?.soldThere ?? {};
  const place = name === undefined ? soldAt : `${name} (${soldAt})`;
  const facts = { location: soldAt, ...(name && { name }), ...(endsFrom && { closedFrom: endsFrom }) };
  if (hasEnded) return refuse('SOLD_ELSEWHERE', `${of} was sold at ${place}, which is closed from ${endsFrom}.`, facts);
  const until = endsFrom === undefined ? [] : [`It closes: from ${endsFrom} it takes nothing back.`];
  return refuse('SOLD_ELSEWHERE', [`${of} was sold at ${place}: return it there.`, ...until].join(' '), facts);
};

/** Only officers reverse returns: the person who refunded the money must not cancel the refund. */
export const refuseUndoReturn = (
  claim: { readonly kind: string; readonly of?: VoucherNumber | undefined },
  role: Role,
): Refusal | undefined => {
  const isUndoing = claim.kind === 'V' && claim.of !== undefined && isReversalNumber(claim.of);
  if (!isUndoing || role === 'officer' || role === 'admin') return undefined;
  return refuse('NEEDS_OFFICER', `${claim.of} is a return: an officer decides whether it is taken back.`);
};

const problemOfQuantity = (
  line: number,
  quantity: number,
  moved: number,
  returned: ReversalContext['returned'],
): string | undefined => {
  const most = Math.max(0, Math.abs(moved) - (returned.get(line) ?? 0));
  if (quantity > most) return `${most} of line ${line} can still come back`;
  return quantity === 0 ? `line ${line} accepted goods: a quantity is at least 1` : undefined;
};

/** Quantity 0 reverses such a line once, together with everything that the receipt accepted. */
const problemOfEmptyLine = (
  line: number,
  quantity: number,
  returned: ReversalContext['returned'],
  isMore: boolean,
): string | undefined => {
  if (quantity > 0) return `line ${line} accepted nothing: take it back with quantity 0`;
  if (returned.has(line)) return `line ${line} was taken back before`;
  return isMore ? 'the receipt accepted goods on other lines: take those back' : undefined;
};
