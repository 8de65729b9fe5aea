import type { BilingualText } from '../kernel/bilingual-text.ts';
import { dayOf, formatDate, type Instant } from '../kernel/time.ts';
import { type Alert, isStockAlert } from './alert.ts';
import { EXCEPTION_SENTENCES } from './exception-sentences.ts';
import { type NamedItem, STOCK_SENTENCES } from './stock-sentences.ts';

/** An alert in one plain sentence, Hindi and English, with the figures that raised it; of one that is resolved, that it is. `item`: what a stock alert is about. */
export const renderAlert = (alert: Alert, item: NamedItem): BilingualText => {
  if (alert.state === 'resolved') return renderResolved(alert.resolvedAt ?? alert.openedAt);
  if (isStockAlert(alert)) return STOCK_SENTENCES[alert.type](alert.figures, item);
  return EXCEPTION_SENTENCES[alert.type](alert as never);
};

const renderResolved = (at: Instant): BilingualText => ({
  en: `Settled since ${formatDate('en-IN', dayOf(at))}.`,
  hi: `${formatDate('hi-IN', dayOf(at))} से ठीक है।`,
});
