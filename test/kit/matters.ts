import type { Client } from '../../shared/contract/client.ts';
import { isStockAlert } from '../../shared/domain/alerts/alert.ts';
import type { Matter } from '../../shared/domain/alerts/matter.ts';
import { done } from './book.ts';

type Where = { readonly location: string } | { readonly area: string };

/** The alerts of matters that are shown there, of all pages: the open ones first. */
export const mattersIn = async (client: Client, where: Where, type?: Matter['type']): Promise<Matter[]> => {
  const found: Matter[] = [];
  for (const state of ['open', 'resolved'] as const) {
    let cursor: string | undefined;
    do {
      const page = done(await client.listAlerts({ query: { ...where, state, type, cursor } }));
      found.push(...page.alerts.filter((alert) => !isStockAlert(alert)));
      cursor = page.cursor;
    } while (cursor);
  }
  return found;
};

/** Their lives, in short: `held open 1`. */
export const livesIn = async (client: Client, where: Where, type?: Matter['type']): Promise<string[]> =>
  (await mattersIn(client, where, type)).map((alert) => `${alert.type} ${alert.state} ${alert.episode}`);
