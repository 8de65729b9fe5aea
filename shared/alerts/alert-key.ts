import * as z from 'zod';

/** Which alert of a location: `LKO-KURTA-M:short`, or of a matter `held:7KQ2MS2611220001-0a1b2c3d4e5f`. */
export const AlertKey = z
  .string()
  .max(80)
  .regex(/^([A-Z0-9-]+:[a-z]+|[a-z]+:[A-Za-z0-9-]+)$/, 'an alert is such as LKO-KURTA-M:short')
  .brand('AlertKey');
export type AlertKey = z.infer<typeof AlertKey>;

type StockAlertKeyParts = { readonly item: string; readonly type: string };
type ExceptionAlertKeyParts = { readonly about: string; readonly type: string };

/** Items are in capitals and types are not, so that a location's alerts of stock come before those of matters. */
export const alertKeyOf = (alert: StockAlertKeyParts | ExceptionAlertKeyParts): AlertKey =>
  AlertKey.parse('item' in alert ? `${alert.item}:${alert.type}` : `${alert.type}:${alert.about}`);
