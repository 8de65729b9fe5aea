import { type ExceptionAlert, isStockAlert } from '../../shared/alerts/alert.ts';
import type { Client } from '../../shared/api/client.ts';
import { expectOk } from './book.ts';

const isMatter = <One extends object>(alert: One): alert is Exclude<One, { readonly item: unknown }> =>
  !isStockAlert(alert);

type Where = { readonly location: string } | { readonly area: string };

/**
 * All pages of alerts there, the open ones first. Most outlets are silent here: that alert is
 * listed only on request.
 */
export const mattersIn = async (
  client: Client,
  where: Where,
  type?: ExceptionAlert['type'],
): Promise<ExceptionAlert[]> => {
  const found: ExceptionAlert[] = [];
  for (const state of ['open', 'resolved'] as const) {
    let cursor: string | undefined;
    do {
      const page = expectOk(await client.listAlerts({ query: { ...where, state, type, cursor } }));
      found.push(...page.alerts.filter(isMatter).filter((alert) => type ?? alert.type !== 'silent'));
      cursor = page.cursor;
    } while (cursor);
  }
  return found;
};

/** Their lives, in short: `held open 1`. */
export const livesIn = async (client: Client, where: Where, type?: ExceptionAlert['type']): Promise<string[]> =>
  (await mattersIn(client, where, type)).map((alert) => `${alert.type} ${alert.state} ${alert.episode}`);
