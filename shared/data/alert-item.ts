import { Alert, isStockAlert } from '../domain/alerts/alert.ts';

/** Items are in capitals and types are not, so that a location's alerts of stock come before those of matters. */
export const FIRST_MATTER = 'a';

export const stockAlertKey = ({ item, type }: { readonly item: string; readonly type: string }): string =>
  `${item}:${type}`;

export const matterKey = ({ type, about }: { readonly type: string; readonly about: string }): string =>
  `${type}:${about}`;

const keyOf = (alert: Alert): string => (isStockAlert(alert) ? stockAlertKey(alert) : matterKey(alert));

/** In a district's index, alerts stand by state, then by since when. */
const stateSince = ({ state, openedAt, resolvedAt }: Alert): string => `${state}#${resolvedAt ?? openedAt}`;

/** A matter that is open is found at its location too. */
export const toAlertItem = (alert: Alert) => ({
  ...alert,
  alert: keyOf(alert),
  stateSince: stateSince(alert),
  ...(!isStockAlert(alert) && alert.state === 'open' && { openAt: alert.location }),
});

export const toAlert = (item: Record<string, unknown>): Alert => {
  const { alert: _key, stateSince: _since, openAt: _open, writtenBy: _mark, ...rest } = item;
  return Alert.parse(rest);
};
