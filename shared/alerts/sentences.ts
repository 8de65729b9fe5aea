import type { Told } from '../kernel/bilingual-text.ts';
import { dateIn } from '../kernel/indian-date.ts';
import { dayOf, type Instant } from '../kernel/time.ts';
import { type Alert, isStockAlert } from './alert.ts';
import { SAYS_MATTER } from './exception-sentences.ts';
import { type Named, SAYS_STOCK } from './stock-sentences.ts';

/** An alert in one plain sentence, Hindi and English, with the figures that raised it; of one that is resolved, that it is. `item`: what a stock alert is about. */
export const says = (alert: Alert, item: Named): Told => {
  if (alert.state === 'resolved') return resolved(alert.resolvedAt ?? alert.openedAt);
  if (isStockAlert(alert)) return SAYS_STOCK[alert.type](alert.figures, item);
  return SAYS_MATTER[alert.type](alert as never);
};

const resolved = (at: Instant): Told => ({
  en: `Settled since ${dateIn('en-IN', dayOf(at))}.`,
  hi: `${dateIn('hi-IN', dayOf(at))} से ठीक है।`,
});
