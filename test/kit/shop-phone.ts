import { expectOk } from './book.ts';
import type { VoucherFields, Written } from './phone.ts';
import type { Shop } from './shop.ts';

export const phoneOf = ({ phones: [phone] }: Pick<Shop, 'phones'>) => {
  if (!phone) throw new Error('a shop has a phone');
  return phone;
};

/** Records a voucher live with the shop's first phone. */
export const recordLive = async (shop: Pick<Shop, 'phones'>, fields: VoucherFields) => {
  const written = phoneOf(shop).write(fields);
  return { ...written, outcome: expectOk(await phoneOf(shop).live(written)).outcome as Record<string, unknown> };
};

/** Syncs vouchers with the shop's first phone; returns the outcome of each. */
export const syncAt = async (shop: Pick<Shop, 'phones'>, ...vouchers: readonly Written[]) =>
  expectOk(await phoneOf(shop).sync(vouchers)).outcomes;
