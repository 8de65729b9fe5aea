import { Alert, isStockAlert } from './alert.ts';
import { alertKeyOf } from './alert-key.ts';
import { isUnresolved } from './alert-state.ts';

/** Where a location's alerts of matters begin: their types are in small letters, and items in capitals. */
export const FIRST_EXCEPTION_ALERT = 'a';

/** In a district's index, alerts stand by state, then by a time that does not change in that state: a page walk then loses none that stays in it. */
const stateSince = ({ state, openedAt, acknowledged, resolvedAt }: Alert): string => {
  const since = {
    open: openedAt,
    snoozed: openedAt,
    acknowledged: acknowledged?.at,
    resolved: resolvedAt,
  }[state];
  return `${state}#${since ?? openedAt}`;
};

/** A matter that stands is found at its location too. */
export const toAlertItem = (alert: Alert) => ({
  ...alert,
  alert: alertKeyOf(alert),
  stateSince: stateSince(alert),
  ...(!isStockAlert(alert) && isUnresolved(alert) && { openAt: alert.location }),
});

export const toAlert = (item: Record<string, unknown>): Alert => {
  const { alert: _key, stateSince: _since, openAt: _open, writtenBy: _mark, ...rest } = item;
  return Alert.parse(rest);
};
