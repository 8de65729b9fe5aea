import { isReversalNumber, type VoucherNumber } from '../kernel/voucher-number.ts';
import { isIssueNumber } from '../ledger/kinds/issue.ts';
import { isReversal, type Reversal } from '../ledger/kinds/reversal.ts';
import { isSaleNumber } from '../ledger/kinds/sale.ts';
import type { Voucher } from '../ledger/voucher.ts';
import { reversalRulesOf } from '../ledger/voucher-kinds.ts';

const reversalClaimOf = ({ claim }: Pick<Voucher, 'claim'>): Reversal | undefined =>
  isReversal(claim) ? claim : undefined;

/** A customer's return is not a mistake, because demand existed. */
export const isReversalOfMistake = (voucher: Pick<Voucher, 'claim'>): boolean => {
  const claim = reversalClaimOf(voucher);
  return claim?.reason === 'mistake' && isSaleNumber(claim.of);
};

export const undoneReversalOf = (voucher: Pick<Voucher, 'claim'>): VoucherNumber | undefined => {
  const claim = reversalClaimOf(voucher);
  return claim && isReversalNumber(claim.of) ? claim.of : undefined;
};

/** A reversal of a kind that is reversed only as a mistake, such as a receipt. */
export const isReversalOfStockMistake = (voucher: Pick<Voucher, 'claim'>): boolean => {
  const claim = reversalClaimOf(voucher);
  return claim !== undefined && reversalRulesOf(claim.of)?.goods === 'never moved';
};

/**
 * An issue taken back is no demand. Its goods left and came back, so only the demand of the day of
 * the issue changes, not its shelf.
 */
export const isIssueReversal = (voucher: Pick<Voucher, 'claim'>): boolean => {
  const claim = reversalClaimOf(voucher);
  return claim !== undefined && isIssueNumber(claim.of);
};

export const isReturn = (voucher: Pick<Voucher, 'claim'>): boolean => reversalClaimOf(voucher)?.reason === 'return';

export type Mistakes = {
  /** Base units by sale and line (from 1). */
  readonly bySale: ReadonlyMap<VoucherNumber, ReadonlyMap<number, number>>;
  /** Taken back of an issue, by line (from 1). */
  readonly byIssue: ReadonlyMap<VoucherNumber, ReadonlyMap<number, number>>;
  /** By receipt, adjustment or return. */
  readonly byVoucher: ReadonlyMap<VoucherNumber, ReadonlyMap<number, number>>;
  readonly reversals: ReadonlySet<VoucherNumber>;
  readonly returns: ReadonlySet<VoucherNumber>;
};

export const NO_MISTAKES: Mistakes = {
  bySale: new Map(),
  byIssue: new Map(),
  byVoucher: new Map(),
  reversals: new Set(),
  returns: new Set(),
};

/** Less reversals that were reversed themselves. */
export const mistakesOf = (vouchers: readonly Voucher[]): Mistakes => {
  const byNumber = new Map(vouchers.map((voucher) => [voucher.number, voucher]));
  const bySale: Lines = new Map();
  const byIssue: Lines = new Map();
  const byVoucher: Lines = new Map();
  for (const voucher of byNumber.values()) {
    const claim = reversalClaimOf(voucher);
    const undoneNumber = undoneReversalOf(voucher);
    const original = undoneNumber === undefined ? voucher : byNumber.get(undoneNumber);
    if (claim && (isReversalOfStockMistake(voucher) || (undoneNumber && original && isReturn(original))))
      for (const { line, quantity } of claim.lines) add(byVoucher, claim.of, line, quantity);
    if (claim && isIssueReversal(voucher))
      for (const { line, quantity } of claim.lines) add(byIssue, claim.of, line, quantity);
    const mistaken = original && isReversalOfMistake(original) ? reversalClaimOf(original) : undefined;
    if (!claim || !mistaken) continue;
    for (const { line, quantity } of claim.lines) {
      const saleLine = undoneNumber === undefined ? line : mistaken.lines[line - 1]?.line;
      if (saleLine !== undefined) add(bySale, mistaken.of, saleLine, undoneNumber === undefined ? quantity : -quantity);
    }
  }
  const numbersOf = (list: readonly Voucher[]) => new Set(list.map(({ number }) => number));
  return {
    bySale,
    byIssue,
    byVoucher,
    reversals: numbersOf(vouchers.filter(isReversalOfMistake)),
    returns: numbersOf(vouchers.filter(isReturn)),
  };
};

type Lines = Map<VoucherNumber, Map<number, number>>;

const add = (target: Lines, of: VoucherNumber, line: number, quantity: number): void => {
  const lines = target.get(of) ?? new Map<number, number>();
  target.set(of, lines.set(line, (lines.get(line) ?? 0) + quantity));
};
