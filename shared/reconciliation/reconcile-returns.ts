import type { ItemId } from '../kernel/ids.ts';
import { sumOf } from '../kernel/quantity.ts';
import { partsOf, type VoucherNumber } from '../kernel/voucher-number.ts';
import type { Voucher } from '../ledger/voucher.ts';
import { type Drift, limitVouchers } from './drift.ts';
import type { LedgerReading } from './ledger-reading.ts';

type ReturnedLine = {
  readonly of: VoucherNumber;
  readonly line: number;
  readonly item: ItemId;
  readonly quantity: number;
  readonly number: VoucherNumber;
};

/** A return that is taken back counts against itself, and no more against its sale. */
const returnedLinesOf = ({ number, claim, outcome }: Voucher): ReturnedLine[] => {
  if (claim.kind !== 'V' || !('lines' in claim)) return [];
  const sale = 'sale' in outcome ? outcome.sale : undefined;
  return [
    ...claim.lines.map(({ line, item, quantity }) => ({ of: claim.of, line, item, quantity, number })),
    ...(sale?.lines ?? []).flatMap((line, at): ReturnedLine[] => {
      const { item, quantity } = claim.lines[at] ?? {};
      return sale && item && quantity ? [{ of: sale.of, line, item, quantity: -quantity, number }] : [];
    }),
  ];
};

/** What came back of each line of a voucher is what its reversals took back. Of a voucher that is older than what was read, not all of those are known. */
export const reconcileReturns = ({ returnedQuantities, vouchers, baseline }: LedgerReading): Drift[] => {
  const known = vouchers.flatMap(returnedLinesOf).filter(({ of }) => !baseline || partsOf(of).day >= baseline.day);
  const told = Map.groupBy(known, ({ of }) => of);
  const rows = new Map(returnedQuantities.map((back) => [back.of, back]));
  return [...new Set([...rows.keys(), ...told.keys()])].flatMap((of) => {
    const [row, taken] = [rows.get(of), told.get(of) ?? []];
    return [...new Set([...(row?.lines.keys() ?? []), ...taken.map(({ line }) => line)])].flatMap((line): Drift[] => {
      const same = taken.filter((one) => one.line === line);
      const says = sumOf(same.map(({ quantity }) => quantity));
      const book = row?.lines.get(line) ?? 0;
      if (book === says) return [];
      const numbers = limitVouchers([of, ...same.map(({ number }) => number)]);
      return [{ kind: 'back', of, line, book, says, version: row?.version ?? 0, vouchers: numbers }];
    });
  });
};
