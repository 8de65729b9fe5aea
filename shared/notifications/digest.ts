import { type Alert, isStockAlert, isUrgent } from '../alerts/alert.ts';
import { levelSinceOf } from '../alerts/alert-lifecycle.ts';
import { alertAsOf } from '../alerts/alert-state.ts';
import { type Instant, instantOf, millisecondsOf } from '../kernel/time.ts';
import type { BilingualText } from '../kernel/units.ts';
import type { Notification } from './notification.ts';
import { renderSms } from './sms.ts';

/** Further alerts are only counted. */
const MAX_DIGEST_LINES = 20;

/** The alert index lags, so younger alerts wait for the next digest. */
const INDEX_LAG_MILLISECONDS = 10 * 60_000;

export const digestCutoffOf = (now: Instant): Instant => instantOf(millisecondsOf(now) - INDEX_LAG_MILLISECONDS);

/** `from`: cutoff of the last digest to the alert's audience. */
type DigestWindow = { readonly from: (alert: Alert) => Instant | undefined; readonly now: Instant };

/**
 * Open alerts: urgent ones, and those that reached the recipient's level since the last digest.
 * `out` replaces `short` of an item.
 */
export const alertsToNotify = (alerts: readonly Alert[], { from, now }: DigestWindow): readonly Alert[] => {
  const open = alerts.map((alert) => alertAsOf(alert, now)).filter(({ state }) => state === 'open');
  const out = new Set(open.filter(({ type }) => type === 'out').map(shelfKeyOf));
  const upTo = digestCutoffOf(now);
  const isNew = (alert: Alert) => {
    const since = levelSinceOf(alert, now);
    const last = from(alert);
    return isUrgent(alert.type) || ((last === undefined || since > last) && since <= upTo);
  };
  return open
    .filter((alert) => isNew(alert) && !(alert.type === 'short' && out.has(shelfKeyOf(alert))))
    .sort(compareUrgency);
};

const shelfKeyOf = (alert: Alert): string => `${alert.location} ${isStockAlert(alert) ? alert.item : ''}`;

const compareUrgency = (a: Alert, b: Alert): number => Number(isUrgent(b.type)) - Number(isUrgent(a.type));

/** `unsure`: an earlier message of unknown delivery may include it. */
export type DigestLine = {
  readonly line: BilingualText;
  readonly shortLine: BilingualText;
  readonly urgent: boolean;
  readonly unsure: boolean;
};

/** `topic`: the audience, if not for a person. */
export const renderDigest = (
  lines: readonly DigestLine[],
  topic?: string,
): Pick<Notification, 'subject' | 'text' | 'sms'> => {
  const of = topic === undefined ? '' : `, ${topic}`;
  const many = lines.length;
  const more = many - MAX_DIGEST_LINES;
  const shown = lines.slice(0, MAX_DIGEST_LINES).map(renderLine);
  const urgent = lines.filter((line) => line.urgent).length;
  return {
    subject: {
      en: `Bahi${of}: ${many} new alert${many === 1 ? '' : 's'}`,
      hi: `बही${of}: ${many} नई सूचना${many === 1 ? '' : 'एँ'}`,
    },
    text: {
      en: [...shown.map(({ en }) => en), ...(more > 0 ? [`And ${more} more: see the list of alerts.`] : [])].join('\n'),
      hi: [...shown.map(({ hi }) => hi), ...(more > 0 ? [`बाकी ${more} सूची में देखें।`] : [])].join('\n'),
    },
    sms: renderSms('digest', [renderNumber(many), renderNumber(urgent), lines[0]?.shortLine ?? { en: '', hi: '' }]),
  };
};

const renderNumber = (figure: number): BilingualText => ({ en: String(figure), hi: String(figure) });

const renderLine = ({ line, unsure }: DigestLine): BilingualText =>
  unsure
    ? {
        en: `${line.en} (You may have been told of this already.)`,
        hi: `${line.hi} (हो सकता है कि यह आपको पहले बताया जा चुका हो।)`,
      }
    : line;
