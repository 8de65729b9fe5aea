import { type Alert, isStockAlert } from '../alerts/alert.ts';
import { askedSince, isUrgent } from '../alerts/escalation.ts';
import { asOf } from '../alerts/life.ts';
import type { Told } from '../materials/request.ts';
import { type Instant, instantOf, millisecondsOf } from '../time.ts';
import { type Recipient, recipientOf } from './message.ts';

/** Lines of a digest: more are counted, and found in the list of alerts. */
const MOST = 20;

/** An alert is found in the lists a moment after it says that it opened; what is younger than this waits for tomorrow. */
const SETTLES = 10 * 60_000;

/** Up to when a digest tells. */
export const toldTo = (now: Instant): Instant => instantOf(millisecondsOf(now) - SETTLES);

type Window = { readonly from: Instant | undefined; readonly now: Instant };

/**
 * What a recipient has not been told: what has been theirs to look at since the digest before, and still is. What is urgent is told by name, and may be as
 * young as it is. What is out is not told as short beside it.
 */
export const untold = (alerts: readonly Alert[], { from, now }: Window): readonly Alert[] => {
  const open = alerts.map((alert) => asOf(alert, now)).filter(({ state }) => state === 'open');
  const out = new Set(open.filter(({ type }) => type === 'out').map(shelfOf));
  const upTo = toldTo(now);
  const isNew = (alert: Alert) => {
    const since = askedSince(alert, now);
    return isUrgent(alert.type) || ((from === undefined || since > from) && since <= upTo);
  };
  return open.filter((alert) => isNew(alert) && !(alert.type === 'short' && out.has(shelfOf(alert)))).sort(byUrgency);
};

const shelfOf = (alert: Alert): string => `${alert.location} ${isStockAlert(alert) ? alert.item : ''}`;

const byUrgency = (a: Alert, b: Alert): number => Number(isUrgent(b.type)) - Number(isUrgent(a.type));

/** Open alerts by whom they are for. */
export const byRecipient = (alerts: readonly Alert[]): ReadonlyMap<Recipient, readonly Alert[]> =>
  Map.groupBy(alerts, recipientOf);

/** One message of many lines. */
export const digestText = (to: Recipient, lines: readonly Told[]): { readonly subject: Told; readonly text: Told } => {
  const many = lines.length;
  const more = many - MOST;
  const shown = lines.slice(0, MOST);
  return {
    subject: {
      en: `Bahi, ${to}: ${many} new alert${many === 1 ? '' : 's'}`,
      hi: `बही, ${to}: ${many} नई सूचना${many === 1 ? '' : 'एँ'}`,
    },
    text: {
      en: [...shown.map(({ en }) => en), ...(more > 0 ? [`And ${more} more: see the list of alerts.`] : [])].join('\n'),
      hi: [...shown.map(({ hi }) => hi), ...(more > 0 ? [`और ${more}: सूची देखें।`] : [])].join('\n'),
    },
  };
};
