import { partsOf, type VoucherNumber } from '../vouchers/number.ts';
import { isCancelled, type Voucher } from '../vouchers/voucher.ts';

type Reversal = Extract<Voucher['claim'], { kind: 'V'; lines: unknown }>;

const reversalIn = ({ claim }: Pick<Voucher, 'claim'>): Reversal | undefined =>
  claim.kind === 'V' && !isCancelled(claim) ? claim : undefined;

/** Does it say that a sale was a mistake? A customer's return is none: the customer did want it. */
export const isMistakenSale = (voucher: Pick<Voucher, 'claim'>): boolean => {
  const claim = reversalIn(voucher);
  return claim?.reason === 'mistake' && partsOf(claim.of).kind === 'S';
};

/** The reversal that it takes back, if it takes one back. */
export const undoneBy = (voucher: Pick<Voucher, 'claim'>): VoucherNumber | undefined => {
  const claim = reversalIn(voucher);
  return claim && partsOf(claim.of).kind === 'V' ? claim.of : undefined;
};

export type Mistakes = {
  /** Base units by line of each sale, lines counted from 1. */
  readonly bySale: ReadonlyMap<VoucherNumber, ReadonlyMap<number, number>>;
  /** The reversals that say so. */
  readonly reversals: ReadonlySet<VoucherNumber>;
};

export const NO_MISTAKES: Mistakes = { bySale: new Map(), reversals: new Set() };

/** How much of each sale was taken back as a mistake, less what of that was taken back itself. */
export const mistakesIn = (vouchers: readonly Voucher[]): Mistakes => {
  const known = new Map(vouchers.map((voucher) => [voucher.number, voucher]));
  const bySale = new Map<VoucherNumber, Map<number, number>>();
  const add = (sale: VoucherNumber, line: number, quantity: number): void => {
    const lines = bySale.get(sale) ?? new Map<number, number>();
    bySale.set(sale, lines.set(line, (lines.get(line) ?? 0) + quantity));
  };
  for (const voucher of known.values()) {
    const claim = reversalIn(voucher);
    const undone = undoneBy(voucher);
    const of = undone === undefined ? voucher : known.get(undone);
    const mistaken = of && isMistakenSale(of) ? reversalIn(of) : undefined;
    if (!claim || !mistaken) continue;
    for (const { line, quantity } of claim.lines) {
      const saleLine = undone === undefined ? line : mistaken.lines[line - 1]?.line;
      if (saleLine !== undefined) add(mistaken.of, saleLine, undone === undefined ? quantity : -quantity);
    }
  }
  const reversals = new Set(vouchers.filter(isMistakenSale).map(({ number }) => number));
  return { bySale, reversals };
};
