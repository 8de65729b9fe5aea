import { type ItemId, isProducer } from '../kernel/ids.ts';
import { sumOf } from '../kernel/quantity.ts';
import { partsOf, type VoucherNumber } from '../kernel/voucher-number.ts';
import { isReversal } from '../ledger/kinds/reversal.ts';
import type { Voucher } from '../ledger/voucher.ts';
import { type Drift, limitVouchers } from './drift.ts';
import type { LedgerReading } from './ledger-reading.ts';
import { reconcileOnHand } from './reconcile-on-hand.ts';
import { reconcileFree, reconcileIssued } from './reconcile-reservations.ts';
import { reconcileInbound, reconcileTransfers } from './reconcile-transfers.ts';

/** Workshops keep no stock. */
export const reconcileReading = (reading: LedgerReading): Drift[] => [
  ...reading.faultyVouchers.map(({ number, what }): Drift => ({ kind: 'voucher', what, vouchers: [number] })),
  ...(isProducer(reading.location) ? [] : reconcileStock(reading)),
  ...reconcileReturns(reading),
  ...reconcileTransfers(reading),
];

const reconcileStock = (reading: LedgerReading): Drift[] => [
  ...reconcileOnHand(reading),
  ...reconcileFree(reading),
  ...reconcileIssued(reading),
  ...reconcileInbound(reading),
];

type ReturnedLine = {
  readonly of: VoucherNumber;
  readonly line: number;
  readonly item: ItemId;
  readonly quantity: number;
  readonly number: VoucherNumber;
};

/** Reversing a return lowers the returned quantity of its sale. */
const returnedLinesOf = ({ number, claim, outcome }: Voucher): ReturnedLine[] => {
  if (!isReversal(claim)) return [];
  const sale = 'sale' in outcome ? outcome.sale : undefined;
  return [
    ...claim.lines.map(({ line, item, quantity }) => ({ of: claim.of, line, item, quantity, number })),
    ...(sale?.lines ?? []).flatMap((line, at): ReturnedLine[] => {
      const { item, quantity } = claim.lines[at] ?? {};
      return sale && item && quantity ? [{ of: sale.of, line, item, quantity: -quantity, number }] : [];
    }),
  ];
};

/** Skips vouchers before the baseline, because some of their reversals were not read. */
const reconcileReturns = ({ returnedQuantities, vouchers, baseline }: LedgerReading): Drift[] => {
  const known = vouchers.flatMap(returnedLinesOf).filter(({ of }) => !baseline || partsOf(of).day >= baseline.day);
  const returnsByVoucher = Map.groupBy(known, ({ of }) => of);
  const rows = new Map(returnedQuantities.map((row) => [row.of, row]));
  return [...new Set([...rows.keys(), ...returnsByVoucher.keys()])].flatMap((of) => {
    const row = rows.get(of);
    const returns = returnsByVoucher.get(of) ?? [];
    return [...new Set([...(row?.lines.keys() ?? []), ...returns.map(({ line }) => line)])].flatMap((line): Drift[] => {
      const same = returns.filter((one) => one.line === line);
      const says = sumOf(same.map(({ quantity }) => quantity));
      const book = row?.lines.get(line) ?? 0;
      if (book === says) return [];
      const numbers = limitVouchers([of, ...same.map(({ number }) => number)]);
      return [{ kind: 'back', of, line, book, says, version: row?.version ?? 0, vouchers: numbers }];
    });
  });
};
