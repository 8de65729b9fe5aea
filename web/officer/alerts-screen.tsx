import { signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { AlertResponse, AlertType } from '../../shared/alerts/alert.ts';
import type { AlertState } from '../../shared/alerts/alert-state.ts';
import type { AreaId } from '../../shared/kernel/ids.ts';
import { addDays, dayOf, type Instant, instantOf } from '../../shared/kernel/time.ts';
import { api } from '../app/api.ts';
import { dateAndTime } from '../app/format.ts';
import { Page } from '../app/parts.tsx';
import { language } from '../app/texts.ts';
import { dateText } from '../materials/request-parts.tsx';
import { areasOfOfficer, loadDistricts, loadPlaceNames, nameOfArea } from './areas.ts';
import { bodyOf, Loading, problemIn, useLoaded } from './loading.tsx';
import { Choice, DoneNotice, ReasonSheet } from './office-parts.tsx';
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
const district = signal('');

/** `id`: a type, or none for all. */
export const AlertsScreen = ({ id }: { id: string }) => {
  const type = TYPES.find((one) => one === id);
  const own = useLoaded(loadDistricts, []);
  const areas = district.value === '' ? areasOfOfficer() : [district.value as AreaId];
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
          value={type ?? ''}
          options={[
            { value: '', text: to('allTypes') },
            ...TYPES.map((one) => ({ value: one, text: alertTypeText(one) })),
          ]}
          onChange={(chosen) => location.replace(officeAddress('alerts', ...(chosen === '' ? [] : [chosen])))}
        />
        <Choice
          label={to('district')}
          value={district.value}
          options={[
            { value: '', text: to('allTypes') },
            ...(own.value ?? []).map((one) => ({ value: one.id as string, text: nameOfArea(one.id) })),
          ]}
          onChange={(chosen) => (district.value = chosen)}
        />
      </div>
      {areas.map((area) => (
        <AlertList
          key={`${area} ${state.value} ${type}`}
          query={{ area, state: state.value, ...(type && { type }) }}
          isNamed={areas.length > 1}
        />
      ))}
    </Page>
  );
};

type AlertQuery = { readonly state: AlertState; readonly type?: AlertType } & (
  | { readonly area: AreaId }
  | { readonly location: string }
);

/** The alerts of an area or of one location, page by page. */
export const AlertList = ({ query, isNamed = false }: { query: AlertQuery; isNamed?: boolean }) => {
  const rows = useSignal<readonly AlertResponse[]>([]);
  const cursor = useSignal<string | undefined>(undefined);
  const did = useSignal('');
  const acting = useSignal<AlertResponse | undefined>(undefined);
  const load = async (more: string | undefined) => {
    const page = await bodyOf(api.listAlerts({ query: { ...query, ...(more && { cursor: more }) } as never }));
    void loadPlaceNames(page.alerts.map(({ location }) => location));
    rows.value = more === undefined ? page.alerts : [...rows.value, ...page.alerts];
    cursor.value = page.cursor ?? undefined;
    return rows.value;
  };
  const loaded = useLoaded(() => load(undefined), []);
  const more = useLoaded(async () => undefined, []);
  useEffect(() => {
    did.value = '';
  }, []);
  const remove = ({ location, alert }: AlertResponse) => {
    rows.value = rows.value.filter((one) => one.location !== location || one.alert !== alert);
  };
  const acknowledge = async (alert: AlertResponse) => {
    const problem = await problemIn(
      api.acknowledgeAlert({
        path: { location: alert.location, alert: alert.alert },
        body: {},
        ifMatch: alert.version,
      }),
    );
    // Someone else may have been first: the list says how it stands.
    if (problem !== undefined) return loaded.reload();
    remove(alert);
    did.value = to('acknowledged', alert.says[language.value]);
  };
  const area = 'area' in query ? query.area : query.location;
  return (
    <section aria-label={nameOfArea(area)}>
      {isNamed && <h2>{nameOfArea(area)}</h2>}
      <DoneNotice text={did.value} />
      <Loading loaded={loaded}>
        {() =>
          rows.value.length === 0 ? (
            <p class="empty good-news">{to(query.state === 'open' ? 'alertsNoneOpen' : 'alertsNone')}</p>
          ) : (
            <ul class="rows office-rows">
              {rows.value.map((alert) => (
                <li key={`${alert.location} ${alert.alert}`} class="row alert-row">
                  <AlertText alert={alert} isHere={'location' in query} />
                  <span class="row-actions">
                    {query.state === 'open' && (
                      <button type="button" class="small-button" onClick={() => void acknowledge(alert)}>
                        {to('acknowledge')}
                      </button>
                    )}
                    {query.state !== 'snoozed' && (
                      <button type="button" class="small-button" onClick={() => (acting.value = alert)}>
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
      {cursor.value !== undefined && (
        <button
          type="button"
          class="secondary"
          disabled={more.isLoading}
          onClick={() => void load(cursor.value).catch(() => more.reload())}
        >
          {to('more')}
        </button>
      )}
      {acting.value && (
        <SnoozeSheet
          alert={acting.value}
          onDone={(until) => {
            if (acting.value) remove(acting.value);
            did.value = to('snoozed', until, '').replace(/: $/, '');
          }}
          onClose={() => (acting.value = undefined)}
        />
      )}
    </section>
  );
};

const hrefOf = ({ type, location, ...rest }: AlertResponse): string => {
  if (type === 'held' && 'about' in rest) return officeAddress('heldVoucher', location, String(rest.about));
  return /^[A-Z]{3}$|^state$/.test(location) ? officeAddress('overview') : officeAddress('place', location);
};

/** `isHere`: on the location's own page. */
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
const morningIn = (days: number): Instant => `${addDays(dayOf(instantOf(Date.now())), days)}T03:30:00.000Z` as Instant;

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
