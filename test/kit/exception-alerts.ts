import { type ExceptionAlert, isStockAlert } from '../../shared/alerts/alert.ts';
import type { Client } from '../../shared/api/client.ts';
import { expectOk } from './book.ts';

const isExceptionAlert = <One extends object>(alert: One): alert is Exclude<One, { readonly item: unknown }> =>
  !isStockAlert(alert);

type Where = { readonly location: string } | { readonly area: string };

/**
 * All pages of exception alerts there, the open ones first. `silent` is left out unless it is the
 * type: most outlets of a test are silent.
 */
export const exceptionAlertsIn = async (
  client: Client,
  where: Where,
  type?: ExceptionAlert['type'],
): Promise<ExceptionAlert[]> => {
  const found: ExceptionAlert[] = [];
  for (const state of ['open', 'resolved'] as const) {
    let cursor: string | undefined;
    do {
      const page = expectOk(await client.listAlerts({ query: { ...where, state, type, cursor } }));
      found.push(...page.alerts.filter(isExceptionAlert).filter((alert) => type ?? alert.type !== 'silent'));
      cursor = page.cursor;
    } while (cursor);
  }
  return found;
};

/** Type, state and episode of each: `held open 1`. */
export const exceptionAlertStates = async (
  client: Client,
  where: Where,
  type?: ExceptionAlert['type'],
): Promise<string[]> =>
  (await exceptionAlertsIn(client, where, type)).map((alert) => `${alert.type} ${alert.state} ${alert.episode}`);
