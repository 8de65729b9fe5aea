import { partsOf, type VoucherNumber } from '../kernel/voucher-number.ts';
import { isCancelled, type Voucher } from '../ledger/voucher.ts';

type ReversalClaim = Extract<Voucher['claim'], { kind: 'V'; lines: unknown }>;

const reversalClaimOf = ({ claim }: Pick<Voucher, 'claim'>): ReversalClaim | undefined =>
  claim.kind === 'V' && !isCancelled(claim) ? claim : undefined;

/** A customer's return is not a mistake, because demand existed. */
export const isReversalOfMistake = (voucher: Pick<Voucher, 'claim'>): boolean => {
  const claim = reversalClaimOf(voucher);
  return claim?.reason === 'mistake' && partsOf(claim.of).kind === 'S';
};

export const undoneReversalOf = (voucher: Pick<Voucher, 'claim'>): VoucherNumber | undefined => {
  const claim = reversalClaimOf(voucher);
  return claim && partsOf(claim.of).kind === 'V' ? claim.of : undefined;
};

/** Receipts and adjustments are reversed only as mistakes. */
export const isMistakenStock = (voucher: Pick<Voucher, 'claim'>): boolean => {
  const claim = reversalClaimOf(voucher);
  return claim !== undefined && ['R', 'A'].includes(partsOf(claim.of).kind);
};

export const isReturn = (voucher: Pick<Voucher, 'claim'>): boolean => reversalClaimOf(voucher)?.reason === 'return';

export type Mistakes = {
  /** Base units by sale and line (from 1). */
  readonly bySale: ReadonlyMap<VoucherNumber, ReadonlyMap<number, number>>;
  /** By receipt, adjustment or return. */
  readonly byVoucher: ReadonlyMap<VoucherNumber, ReadonlyMap<number, number>>;
  readonly reversals: ReadonlySet<VoucherNumber>;
  readonly returns: ReadonlySet<VoucherNumber>;
};

export const NO_MISTAKES: Mistakes = {
  bySale: new Map(),
  byVoucher: new Map(),
  reversals: new Set(),
  returns: new Set(),
};

/** Less reversals that were reversed themselves. */
export const mistakesOf = (vouchers: readonly Voucher[]): Mistakes => {
  const byNumber = new Map(vouchers.map((voucher) => [voucher.number, voucher]));
  const bySale: Lines = new Map();
  const byVoucher: Lines = new Map();
  for (const voucher of byNumber.values()) {
    const claim = reversalClaimOf(voucher);
    const undoneNumber = undoneReversalOf(voucher);
    const original = undoneNumber === undefined ? voucher : byNumber.get(undoneNumber);
    if (claim && (isMistakenStock(voucher) || (undoneNumber && original && isReturn(original))))
      for (const { line, quantity } of claim.lines) add(byVoucher, claim.of, line, quantity);
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
