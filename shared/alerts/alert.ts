import * as z from 'zod';
import type { ItemId } from '../kernel/ids.ts';
import { dayOf, formatDate, type Instant } from '../kernel/time.ts';
import type { BilingualText } from '../kernel/units.ts';
import { AlertKey, type AlertSource } from './alert-source.ts';
import type { AlertLifecycle } from './alert-state.ts';
import { drift } from './sources/drift.ts';
import { exchange } from './sources/exchange.ts';
import { failed } from './sources/failed-work.ts';
import { held } from './sources/held.ts';
import { overrefunded } from './sources/overrefunded.ts';
import { pin } from './sources/pin-locked.ts';
import { silent } from './sources/silent-outlet.ts';
import { discrepancy, material, out, overstock, StockAlert, StockAlertReply, short } from './sources/stock.ts';
import { stranger } from './sources/stranger.ts';
import { mismatch, overdue } from './sources/transfer.ts';
import { underpriced } from './sources/underpriced.ts';
import { unmatched } from './sources/unmatched-return.ts';
import { unproven } from './sources/unproven.ts';
import type { NamedItem } from './stock-sentences.ts';

export const STOCK_SOURCES = { short, out, discrepancy, overstock, material };

const EXCEPTION_SOURCES = {
  held,
  unproven,
  overdue,
  mismatch,
  silent,
  drift,
  unmatched,
  exchange,
  pin,
  underpriced,
  overrefunded,
  stranger,
  failed,
};

export const ALERT_SOURCES = { ...STOCK_SOURCES, ...EXCEPTION_SOURCES };

type ExceptionSource = (typeof EXCEPTION_SOURCES)[keyof typeof EXCEPTION_SOURCES];

const namesOf = <Name extends string>(table: Readonly<Record<Name, AlertSource>>): Name[] =>
  Object.keys(table) as Name[];

export const AlertType = z.enum(namesOf(ALERT_SOURCES));
export type AlertType = z.infer<typeof AlertType>;

type NonEmpty<One> = [One, ...One[]];
const exceptionSources: ExceptionSource[] = Object.values(EXCEPTION_SOURCES);

export const ExceptionAlert = z.discriminatedUnion(
  'type',
  exceptionSources.map(({ schema }) => schema) as NonEmpty<ExceptionSource['schema']>,
);
export type ExceptionAlert = z.infer<typeof ExceptionAlert>;

export const Alert = z.union([StockAlert, ExceptionAlert]);
export type Alert = z.infer<typeof Alert>;

export const AlertResponse = z.union([
  StockAlertReply,
  z.discriminatedUnion('type', exceptionSources.map(({ reply }) => reply) as NonEmpty<ExceptionSource['reply']>),
]);
export type AlertResponse = z.infer<typeof AlertResponse>;

type StockAlertOf<One> = Extract<One, { readonly item: unknown }>;
export const isStockAlert = <One extends object>(alert: One): alert is StockAlertOf<One> => 'item' in alert;

/** `NONE` for an exception alert, which is about no item. */
export const itemOfAlert = (alert: Alert): ItemId => (isStockAlert(alert) ? alert.item : ('NONE' as ItemId));

export type ExceptionAlertKey<One extends ExceptionAlert = ExceptionAlert> = One extends ExceptionAlert
  ? Pick<One, 'location' | 'type' | 'about'>
  : never;

/** `isActive`: the condition holds. */
export type SourceState<One extends Alert = Alert> = One extends Alert
  ? Omit<One, keyof AlertLifecycle | 'before'> & { readonly isActive: boolean; readonly hasEnded?: boolean }
  : never;

export type ExceptionState = SourceState<ExceptionAlert>;

type StockAlertKeyParts = { readonly item: string; readonly type: string };
type ExceptionAlertKeyParts = { readonly about: string; readonly type: string };

/** Upper-case items sort before lower-case types, so stock alerts come first. */
export const alertKeyOf = (alert: StockAlertKeyParts | ExceptionAlertKeyParts): AlertKey =>
  AlertKey.parse('item' in alert ? `${alert.item}:${alert.type}` : `${alert.type}:${alert.about}`);

export const isUrgent = (type: AlertType): boolean => ALERT_SOURCES[type].severity.urgent;

/** `item`: the item of a stock alert. */
export const renderAlert = (alert: Alert, item: NamedItem): BilingualText => {
  if (alert.state === 'resolved') return renderResolved(alert.resolvedAt ?? alert.openedAt);
  if (isStockAlert(alert)) return STOCK_SOURCES[alert.type].render(alert.figures, item);
  // Safe cast: `alert.type` selects the source.
  return EXCEPTION_SOURCES[alert.type].render(alert as never);
};

/** The sentence alone, with the item's name before that of a stock alert. */
export const renderNamedAlert = (alert: Alert, item: NamedItem): BilingualText => {
  const { en, hi } = renderAlert(alert, item);
  return isStockAlert(alert) ? { en: `${item.name}: ${en}`, hi: `${item.nameHi}: ${hi}` } : { en, hi };
};

const renderResolved = (at: Instant): BilingualText => ({
  en: `Settled since ${formatDate('en-IN', dayOf(at))}.`,
  hi: `${formatDate('hi-IN', dayOf(at))} से ठीक है।`,
});
