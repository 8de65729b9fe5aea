import { signal, useSignal } from '@preact/signals';
import type { AreaId } from '../../shared/kernel/ids.ts';
import { addDays, type Day } from '../../shared/kernel/time.ts';
import type { ReportName } from '../../shared/reports/reports.ts';
import { allPages, api, readCsvFile } from '../app/api.ts';
import { lazy } from '../app/lazy.tsx';
import { Field, Icon, Page } from '../app/parts.tsx';
import { dateText, ProblemNotice } from '../materials/request-parts.tsx';
import { areasOfOfficer, isOfState, lastDay, loadDistricts, nameOfArea } from './areas.ts';
import { bodyOf, Loading, type OfficeProblem, useLoaded } from './loading.tsx';
import { Choice, DoneNotice, saveFile } from './office-parts.tsx';
import {
  cellText,
  isNumberColumn,
  MEASURES,
  namesOf,
  REPORT_NAMES,
  type ReportNamesById,
  type ReportRow,
  sortValue,
} from './report-rows.ts';
import { reportColumnText, reportText } from './report-texts.ts';
import { officeAddress } from './route.ts';
import { SortableTable } from './table.tsx';
import { to } from './texts.ts';

export const ReportsScreen = () => (
  <Page title={to('reports')}>
    <ul class="rows two-columns">
      {REPORT_NAMES.map((name) => (
        <li key={name}>
          <a class="row" href={officeAddress('report', name)}>
            <span class="row-main">
              <b>{reportText(name)}</b>
            </span>
            <Icon name="next" />
          </a>
        </li>
      ))}
    </ul>
  </Page>
);

/** Kept from one report to the next. */
const window = signal<{ readonly from: Day; readonly to: Day }>({ from: addDays(lastDay(), -6), to: lastDay() });

/** Enough for a screen; the file has all. */
const MAX_PAGES = 3;
const MAX_ROWS = 200;

const loadReport = async (report: ReportName, area: AreaId) => {
  let pages = 0;
  const [found] = await Promise.all([
    allPages(async (query) => {
      const body = await bodyOf(api.getReport({ path: { report }, query: { area, ...window.value, ...query } }));
      pages += 1;
      return { ok: true, body: pages < MAX_PAGES ? body : { ...body, cursor: undefined } };
    }),
    loadDistricts(),
  ]);
  return {
    rows: found.flatMap((page) => page.rows as unknown as readonly ReportRow[]),
    names: new Map(found.flatMap((page) => [...namesOf(page)])),
    unreadable: found.flatMap((page) => page.unreadable ?? []),
  };
};

/** `id`: a report, and an area if one was chosen. */
export const ReportScreen = ({ id }: { id: string }) => {
  const [named = '', chosen] = id.split(' ');
  const report = REPORT_NAMES.find((one) => one === named) ?? 'sales-by-day';
  const area = (chosen ?? areasOfOfficer()[0] ?? 'state') as AreaId;
  const { from, to: last } = window.value;
  const problem = useSignal<OfficeProblem | undefined>(undefined);
  const did = useSignal('');
  const loaded = useLoaded(() => loadReport(report, area), [report, area, from, last]);
  const districts = useLoaded(loadDistricts, []);
  const download = async () => {
    const query = new URLSearchParams({ area, from, to: last });
    const file = await readCsvFile(`/reports/${report}?${query}`).catch(() => undefined);
    problem.value = file?.ok ? undefined : (file?.problem ?? 'far');
    if (!file?.ok) return;
    const name = `${report}-${area}-${from}-${last}.csv`;
    saveFile(name, file.text);
    did.value = to('downloaded', name);
  };
  const areas = [
    ...(isOfState() ? ['state'] : []),
    ...(districts.value ?? []).map(({ id: district }): string => district),
  ];
  const change = (part: Partial<typeof window.value>) => {
    const next = { from: part.from || from, to: part.to || last };
    if (next.from <= next.to) window.value = next;
  };
  return (
    <Page title={reportText(report)} back={officeAddress('reports')}>
      <div class="filters">
        <Choice
          label={to('area')}
          value={area as string}
          options={(areas.length > 0 ? areas : [area]).map((one) => ({ value: one as string, text: nameOfArea(one) }))}
          onChange={(one) => location.replace(officeAddress('report', report, one))}
        />
        <Field label={to('from')} value={from} onChange={(text) => change({ from: text as Day })} type="date" />
        <Field label={to('until')} value={last} onChange={(text) => change({ to: text as Day })} type="date" />
      </div>
      <p class="quiet">{to('betweenDays', dateText(from), `${dateText(last)} ${last.slice(0, 4)}`)}</p>
      <div class="actions">
        <button type="button" class="secondary" onClick={() => void download()}>
          {to('downloadCsv')}
        </button>
      </div>
      <DoneNotice text={did.value} />
      <ProblemNotice problem={problem.value} />
      <Loading loaded={loaded}>
        {({ rows, names, unreadable }) => (
          <>
            {unreadable.length > 0 && (
              <p class="notice" role="alert">
                {to('reportUnreadable', unreadable.join(', '))}
              </p>
            )}
            {rows.length > 0 && <ReportChart report={report} rows={rows} names={names} />}
            <ReportTable report={report} rows={rows} names={names} />
          </>
        )}
      </Loading>
    </Page>
  );
};

type ReportedRows = {
  readonly report: ReportName;
  readonly rows: readonly ReportRow[];
  readonly names: ReportNamesById;
};

const ReportTable = ({ report, rows, names }: ReportedRows) => {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return (
    <>
      {rows.length > MAX_ROWS && <p class="quiet">{to('firstRows', MAX_ROWS)}</p>}
      <SortableTable
        key={report}
        caption={reportText(report)}
        columns={columns.map((column) => ({
          key: column,
          title: reportColumnText(column),
          value: (row: ReportRow) => sortValue(column, row, names),
          cell: (row: ReportRow) => cellText(column, row, names),
          isNumber: isNumberColumn(column, rows),
        }))}
        rows={rows.slice(0, MAX_ROWS)}
        keyOf={(row) => JSON.stringify(row, (_key, value) => (typeof value === 'bigint' ? String(value) : value))}
        sortedBy={report === 'sales-by-day' ? 'day' : MEASURES[report].measure}
        empty={to('reportEmpty')}
      />
    </>
  );
};

const DayChart = lazy(async () => (await import('./day-chart.tsx')).DayChart);

const MOST_BARS = 10;

/** Days along a line of time; what has no time, as the ten largest bars. */
const ReportChart = ({ report, rows, names }: ReportedRows) => {
  const { measure, label } = MEASURES[report];
  const title = to('chart', reportColumnText(measure));
  const sizeOf = (row: ReportRow) => Number(row[measure] ?? 0);
  if (report === 'sales-by-day')
    return <DayChart days={rows.map((row) => String(row.day))} amounts={rows.map((row) => sizeOf(row) / 100)} />;
  const largest = rows.toSorted((one, other) => Math.abs(sizeOf(other)) - Math.abs(sizeOf(one))).slice(0, MOST_BARS);
  const most = Math.max(...largest.map((row) => Math.abs(sizeOf(row))), 1);
  return (
    <figure class="bars">
      <figcaption class="quiet">{title}</figcaption>
      <ul>
        {largest.map((row, at) => (
          <li key={`${at} ${cellText(label, row, names)}`}>
            <span class="bar-name">{cellText(label, row, names)}</span>
            <meter min={0} max={most} value={Math.abs(sizeOf(row))}>
              {cellText(measure, row, names)}
            </meter>
            <span class="bar-value">{cellText(measure, row, names)}</span>
          </li>
        ))}
      </ul>
    </figure>
  );
};
