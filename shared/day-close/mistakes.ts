import { partsOf, type VoucherNumber } from '../kernel/voucher-number.ts';
import { isCancelled, type Voucher } from '../ledger/voucher.ts';

type ReversalClaim = Extract<Voucher['claim'], { kind: 'V'; lines: unknown }>;

const reversalClaimOf = ({ claim }: Pick<Voucher, 'claim'>): ReversalClaim | undefined =>
  claim.kind === 'V' && !isCancelled(claim) ? claim : undefined;

/** Does it say that a sale was a mistake? A customer's return is none: the customer did want it. */
export const isReversalOfMistake = (voucher: Pick<Voucher, 'claim'>): boolean => {
  const claim = reversalClaimOf(voucher);
  return claim?.reason === 'mistake' && partsOf(claim.of).kind === 'S';
};

/** The reversal that it takes back, if it takes one back. */
export const undoneReversalOf = (voucher: Pick<Voucher, 'claim'>): VoucherNumber | undefined => {
  const claim = reversalClaimOf(voucher);
  return claim && partsOf(claim.of).kind === 'V' ? claim.of : undefined;
};

/** Receipts and adjustments are taken back only as mistakes: they are as if they had not been. */
export const isMistakenStock = (voucher: Pick<Voucher, 'claim'>): boolean => {
  const claim = reversalClaimOf(voucher);
  return claim !== undefined && ['R', 'A'].includes(partsOf(claim.of).kind);
};

/** A customer's return; it may be taken back itself. */
export const isReturn = (voucher: Pick<Voucher, 'claim'>): boolean => reversalClaimOf(voucher)?.reason === 'return';

export type Mistakes = {
  /** Base units by line of each sale, lines counted from 1. */
  readonly bySale: ReadonlyMap<VoucherNumber, ReadonlyMap<number, number>>;
  /** The same of receipts, adjustments and customers' returns. */
  readonly byVoucher: ReadonlyMap<VoucherNumber, ReadonlyMap<number, number>>;
  /** The reversals of mistaken sales, and customers' returns, as far as they are known. */
  readonly reversals: ReadonlySet<VoucherNumber>;
  readonly returns: ReadonlySet<VoucherNumber>;
};

export const NO_MISTAKES: Mistakes = {
  ...{ bySale: new Map(), byVoucher: new Map(), reversals: new Set(), returns: new Set() },
};

/** How much of each voucher was a mistake: of a sale, less what of that was taken back itself. */
export const mistakesOf = (vouchers: readonly Voucher[]): Mistakes => {
  const known = new Map(vouchers.map((voucher) => [voucher.number, voucher]));
  const bySale: Lines = new Map();
  const byVoucher: Lines = new Map();
  for (const voucher of known.values()) {
    const claim = reversalClaimOf(voucher);
    const undone = undoneReversalOf(voucher);
    const of = undone === undefined ? voucher : known.get(undone);
    if (claim && (isMistakenStock(voucher) || (undone && of && isReturn(of))))
      for (const { line, quantity } of claim.lines) add(byVoucher, claim.of, line, quantity);
    const mistaken = of && isReversalOfMistake(of) ? reversalClaimOf(of) : undefined;
    if (!claim || !mistaken) continue;
    for (const { line, quantity } of claim.lines) {
      const saleLine = undone === undefined ? line : mistaken.lines[line - 1]?.line;
      if (saleLine !== undefined) add(bySale, mistaken.of, saleLine, undone === undefined ? quantity : -quantity);
    }
  }
  const numbersOf = (some: readonly Voucher[]) => new Set(some.map(({ number }) => number));
  return {
    ...{ bySale, byVoucher },
    ...{ reversals: numbersOf(vouchers.filter(isReversalOfMistake)), returns: numbersOf(vouchers.filter(isReturn)) },
  };
};

type Lines = Map<VoucherNumber, Map<number, number>>;

const add = (to: Lines, of: VoucherNumber, line: number, quantity: number): void => {
  const lines = to.get(of) ?? new Map<number, number>();
  to.set(of, lines.set(line, (lines.get(line) ?? 0) + quantity));
};
