import { expectOk } from './book.ts';
import type { VoucherFields, Written } from './phone.ts';
import type { Shop } from './shop.ts';

export const phoneOf = ({ phones: [phone] }: Pick<Shop, 'phones'>) => {
  if (!phone) throw new Error('a shop has a phone');
  return phone;
};

/** Said live at a shop, and recorded. */
export const tell = async (shop: Pick<Shop, 'phones'>, said: VoucherFields) => {
  const written = phoneOf(shop).write(said);
  return { ...written, outcome: expectOk(await phoneOf(shop).live(written)).outcome as Record<string, unknown> };
};

/** Brought to a shop; what came of each. */
export const bring = async (shop: Pick<Shop, 'phones'>, ...vouchers: readonly Written[]) =>
  expectOk(await phoneOf(shop).sync(vouchers)).outcomes;
