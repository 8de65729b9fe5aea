import { signal, useSignal } from '@preact/signals';
import type { AlertResponse, AlertType } from '../../shared/alerts/alert.ts';
import type { AlertState } from '../../shared/alerts/alert-state.ts';
import type { AreaId, LocationId } from '../../shared/kernel/ids.ts';
import { addDays, dayOf, type Instant } from '../../shared/kernel/time.ts';
import { api } from '../app/api.ts';
import { dateAndTime } from '../app/format.ts';
import { Page } from '../app/parts.tsx';
import { language } from '../app/texts.ts';
import { dateText } from '../materials/request-parts.tsx';
import { areasOfOfficer, loadDistricts, loadPlaceNames, nameOfArea, today } from './areas.ts';
import { bodyOf, Loading, problemIn, useLoaded, usePages } from './loading.tsx';
import { Choice, DoneNotice, MoreButton, ReasonSheet } from './office-parts.tsx';
import { officeAddress } from './route.ts';
import { alertTypeText, to } from './texts.ts';

/** Most urgent first. */
const TYPES = [
  ...(['out', 'short', 'silent', 'held', 'overdue', 'mismatch', 'unproven', 'discrepancy', 'underpriced'] as const),
  ...([
    'overrefunded',
    'stranger',
    'unmatched',
    'exchange',
    'material',
    'overstock',
    'pin',
    'drift',
    'failed',
  ] as const),
] satisfies readonly AlertType[];

const STATES = ['open', 'acknowledged', 'snoozed'] as const satisfies readonly AlertState[];

const state = signal<(typeof STATES)[number]>('open');
/** `id`: a type or `all`, then a district if one is chosen. */
export const AlertsScreen = ({ id }: { id: string }) => {
  const [typeName = '', district = ''] = id.split(' ');
  const type = TYPES.find((one) => one === typeName);
  const own = useLoaded(loadDistricts, []);
  const areas = district === '' ? areasOfOfficer() : [district as AreaId];
  const show = (chosen: readonly [type: string, district: string]) =>
    location.replace(officeAddress('alerts', ...chosen.filter((part) => part !== '')));
  return (
    <Page title={type ? alertTypeText(type) : to('alerts')}>
      <div class="filters">
        <fieldset class="choices" aria-label={to('alertState')}>
          {STATES.map((one) => (
            <button key={one} type="button" aria-pressed={state.value === one} onClick={() => (state.value = one)}>
              {to(`state_${one}`)}
            </button>
          ))}
        </fieldset>
        <Choice
          label={to('alertType')}
          value={type ?? 'all'}
          options={[
            { value: 'all', text: to('all') },
            ...TYPES.map((one) => ({ value: one, text: alertTypeText(one) })),
          ]}
          onChange={(chosen) => show([chosen, district])}
        />
        <Choice
          label={to('district')}
          value={district}
          options={[
            { value: '', text: to('all') },
            ...(own.value ?? []).map((one) => ({ value: one.id as string, text: nameOfArea(one.id) })),
          ]}
          onChange={(chosen) => show([type ?? 'all', chosen])}
        />
      </div>
      {areas.map((area) => (
        <AlertList
          key={`${area} ${state.value}`}
          query={{ area, state: state.value, ...(type && { type }) }}
          isNamed={areas.length > 1}
        />
      ))}
    </Page>
  );
};

type AlertQuery = { readonly state: AlertState; readonly type?: AlertType } & (
  | { readonly area: AreaId }
  | { readonly location: LocationId }
);

/** The alerts of an area or of one location, page by page. */
export const AlertList = ({ query, isNamed = false }: { query: AlertQuery; isNamed?: boolean }) => {
  const notice = useSignal('');
  const snoozing = useSignal<AlertResponse | undefined>(undefined);
  const loaded = usePages<AlertResponse>(async (cursor) => {
    const page = await bodyOf(api.listAlerts({ query: { ...query, ...(cursor && { cursor }) } }));
    void loadPlaceNames(page.alerts.map(({ location }) => location));
    return { rows: page.alerts, cursor: page.cursor ?? undefined };
  }, []);
  const acknowledge = async (alert: AlertResponse) => {
    const problem = await problemIn(
      api.acknowledgeAlert({
        path: { location: alert.location, alert: alert.alert },
        body: {},
        ifMatch: alert.version,
      }),
    );
    // Another officer may have changed the alert: the list shows its present state.
    if (problem !== undefined) return loaded.reload();
    loaded.remove(alert);
    notice.value = to('acknowledged', alert.says[language.value]);
  };
  const area = 'area' in query ? query.area : query.location;
  return (
    <section aria-label={nameOfArea(area)}>
      {isNamed && <h2>{nameOfArea(area)}</h2>}
      <DoneNotice text={notice.value} />
      <Loading loaded={loaded}>
        {({ rows }) =>
          rows.length === 0 ? (
            <p class="empty good-news">{to(query.state === 'open' ? 'alertsNoneOpen' : 'alertsNone')}</p>
          ) : (
            <ul class="rows office-rows">
              {rows.map((alert) => (
                <li key={`${alert.location} ${alert.alert}`} class="row alert-row">
                  <AlertText alert={alert} isHere={'location' in query} />
                  <span class="row-actions">
                    {query.state === 'open' && (
                      <button type="button" class="small-button" onClick={() => void acknowledge(alert)}>
                        {to('acknowledge')}
                      </button>
                    )}
                    {query.state !== 'snoozed' && (
                      <button type="button" class="small-button" onClick={() => (snoozing.value = alert)}>
                        {to('snooze')}
                      </button>
                    )}
                    {(alert.type === 'held' || 'area' in query) && (
                      <a class="small-button" href={hrefOf(alert)}>
                        {to(alert.type === 'held' ? 'openHeld' : 'openPlace')}
                      </a>
                    )}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loading>
      <MoreButton loaded={loaded} />
      {snoozing.value && (
        <SnoozeSheet
          alert={snoozing.value}
          onDone={(until) => {
            if (snoozing.value) loaded.remove(snoozing.value);
            notice.value = to('snoozedUntil', until);
          }}
          onClose={() => (snoozing.value = undefined)}
        />
      )}
    </section>
  );
};

const hrefOf = ({ type, location, ...rest }: AlertResponse): string => {
  if (type === 'held' && 'about' in rest) return officeAddress('heldVoucher', location, String(rest.about));
  return /^[A-Z]{3}$|^state$/.test(location) ? officeAddress('overview') : officeAddress('place', location);
};

/** `isHere`: the page is of the alert's own location and need not name it. */
const AlertText = ({ alert, isHere }: { alert: AlertResponse; isHere: boolean }) => {
  const { type, location, says, openedAt, level, acknowledged, snoozed } = alert;
  return (
    <span class="row-main">
      <span class="alert-head">
        <span class={`pill ${type}`}>{alertTypeText(type)}</span>
        {!isHere && (
          <>
            <b>{nameOfArea(location)}</b>
            <span class="quiet number">{location}</span>
          </>
        )}
      </span>
      <span>{says[language.value]}</span>
      <span class="quiet">
        {to('since', dateAndTime(Date.parse(openedAt)))}
        {level !== 'outlet' && ` · ${to(`raised_${level}`)}`}
      </span>
      {acknowledged && (
        <span class="quiet">{to('takenBy', dateAndTime(Date.parse(acknowledged.at)), acknowledged.by)}</span>
      )}
      {snoozed && <span class="quiet">{to('snoozed', dateAndTime(Date.parse(snoozed.until)), snoozed.why)}</span>}
    </span>
  );
};

const SNOOZE_DAYS = [1, 3, 7, 14];

/** 9:00 in IST, when an office opens. */
const morningIn = (days: number): Instant => `${addDays(today(), days)}T03:30:00.000Z` as Instant;

type SnoozeSheetProps = {
  readonly alert: AlertResponse;
  readonly onDone: (until: string) => void;
  readonly onClose: () => void;
};

const SnoozeSheet = ({ alert, onDone, onClose }: SnoozeSheetProps) => {
  const days = useSignal(1);
  const until = morningIn(days.value);
  return (
    <ReasonSheet
      title={`${alertTypeText(alert.type)}: ${nameOfArea(alert.location)}`}
      action={to('snooze')}
      onSend={async (why) => {
        const path = { location: alert.location, alert: alert.alert };
        const problem = await problemIn(api.snoozeAlert({ path, body: { until, why }, ifMatch: alert.version }));
        if (problem === undefined) onDone(dateAndTime(Date.parse(until)));
        return problem;
      }}
      onClose={onClose}
    >
      <p>{alert.says[language.value]}</p>
      <fieldset class="choices" aria-label={to('snoozeUntil')}>
        {SNOOZE_DAYS.map((count) => (
          <button key={count} type="button" aria-pressed={days.value === count} onClick={() => (days.value = count)}>
            {dateText(dayOf(morningIn(count)))}
          </button>
        ))}
      </fieldset>
    </ReasonSheet>
  );
};
