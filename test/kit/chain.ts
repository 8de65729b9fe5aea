import { instantOf } from '../../shared/kernel/time.ts';
import type { ShopPhone, Written } from './shop.ts';

/**
 * Numbers a phone's vouchers without gaps, from 1 for each kind and day. Each voucher names the one
 * before it.
 */
export const chainOf = ({ terminal }: Pick<ShopPhone, 'terminal'>) => {
  const serials = new Map<string, number>();
  let previous: string | null = null;
  return (said: Parameters<ShopPhone['write']>[0], at: number): Written => {
    const day = instantOf(at + 5.5 * 3_600_000)
      .slice(2, 10)
      .replaceAll('-', '');
    const series = `${terminal}${said.kind}${day}`;
    const serial = (serials.get(series) ?? 0) + 1;
    serials.set(series, serial);
    const number = `${series}${String(serial).padStart(4, '0')}`;
    const claim = { occurredAt: instantOf(at), by: 'S001', previous, ...said };
    previous = number;
    return { number, claim };
  };
};
