import { instantOf } from '../../shared/kernel/time.ts';
import type { Phone, VoucherFields, Written } from './phone.ts';

/**
 * Numbers a phone's vouchers without gaps, from 1 for each kind and day. Each voucher names the one
 * before it. `skips`: one number before it never arrives.
 */
export const chainOf = ({ terminal }: Pick<Phone, 'terminal'>) => {
  const serials = new Map<string, number>();
  let previous: string | null = null;
  return (fields: VoucherFields, at: number, skips = false): Written => {
    const day = instantOf(at + 5.5 * 3_600_000)
      .slice(2, 10)
      .replaceAll('-', '');
    const series = `${terminal}${fields.kind}${day}`;
    const serial = (serials.get(series) ?? 0) + (skips ? 2 : 1);
    serials.set(series, serial);
    const number = `${series}${String(serial).padStart(4, '0')}`;
    const claim = { occurredAt: instantOf(at), by: 'S001', previous, ...fields };
    previous = number;
    return { number, claim };
  };
};
