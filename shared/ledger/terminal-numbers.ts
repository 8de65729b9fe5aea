import type { Day } from '../kernel/time.ts';
import { partsOf, type VoucherNumber } from '../kernel/voucher-number.ts';
import { sequenceOf } from '../kernel/voucher-sequence.ts';
import type { HeldVoucher } from './held.ts';
import { missingNumbers } from './number-gaps.ts';
import type { Voucher } from './voucher.ts';

type TerminalRecords = {
  readonly since: Day;
  /** Recorded since that day. `held` includes settled ones. */
  readonly vouchers: readonly Voucher[];
  readonly held: readonly HeldVoucher[];
  readonly declared: readonly VoucherNumber[];
};

type TerminalNumbers = {
  /** The highest number of each kind. */
  readonly last: VoucherNumber[];
  /** The last in the voucher sequence. */
  readonly latest?: VoucherNumber;
  readonly missing: VoucherNumber[];
};

/** A held number is not missing: the officer has it. */
export const terminalNumbersOf = ({ since, vouchers, held, declared }: TerminalRecords): TerminalNumbers => {
  const waiting = held.map(({ number, claim, skew }) => ({ number, claim, admission: { skew } }));
  const known = [...vouchers, ...waiting];
  const recent = known.filter(({ number }) => partsOf(number).day >= since);
  const latest = recent.toSorted((one, other) => (sequenceOf(one) < sequenceOf(other) ? -1 : 1)).at(-1)?.number;
  const kinds = Map.groupBy(
    recent.map(({ number }) => number),
    (number) => partsOf(number).kind,
  );
  return {
    last: [...kinds.values()].flatMap((same) => same.toSorted().slice(-1)).toSorted(),
    ...(latest && { latest }),
    missing: missingNumbers(known, declared, { day: since }),
  };
};
