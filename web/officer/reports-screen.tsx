import { signal } from '@preact/signals';
import type { AreaId } from '../../shared/kernel/ids.ts';
import { addDays, type Day } from '../../shared/kernel/time.ts';
import type { ReportCompleteness } from '../../shared/reports/report-contract.ts';
import type { ReportName } from '../../shared/reports/reports.ts';
import { allPages, api } from '../app/api.ts';
import { dateAndTime } from '../app/format.ts';
import { lazy } from '../app/lazy.tsx';
import { Field, Page } from '../app/parts.tsx';
import { dateText } from '../materials/request-parts.tsx';
import { areasOfOfficer, isOfState, lastDay, loadDistricts, nameOfArea } from './areas.ts';
import { Loading, useLoaded } from './loading.tsx';
import { Choice, LinkList, useCsvDownload } from './office-parts.tsx';
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
    <LinkList
      isWide
      links={REPORT_NAMES.map((name) => ({ href: officeAddress('report', name), text: reportText(name) }))}
    />
  </Page>
);

/** All reports share it. */
const reportWindow = signal<{ readonly from: Day; readonly to: Day }>({ from: addDays(lastDay(), -6), to: lastDay() });

/** The screen shows a part; the CSV file has all. */
const MAX_PAGES = 3;
const MAX_ROWS = 200;

const loadReport = async (report: ReportName, area: AreaId) => {
  const [found] = await Promise.all([
    allPages(
      (query) => api.getReport({ path: { report }, query: { area, ...reportWindow.value, ...query } }),
      MAX_PAGES,
    ),
    loadDistricts(),
  ]);
  return {
    isCut: Boolean(found.at(-1)?.cursor),
    rows: found.flatMap((page) => page.rows as unknown as readonly ReportRow[]),
    names: new Map(found.flatMap((page) => [...namesOf(page)])),
    closed: found[0]?.closed,
    unreadable: found.flatMap((page) => page.unreadable ?? []),
  };
};

/** `id`: a report, and an area if one was chosen. */
export const ReportScreen = ({ id }: { id: string }) => {
  const [named = '', chosen] = id.split(' ');
  const report = REPORT_NAMES.find((one) => one === named) ?? 'sales-by-day';
  const area = (chosen ?? areasOfOfficer()[0] ?? 'state') as AreaId;
  const { from, to: last } = reportWindow.value;
  const { download, outcome } = useCsvDownload();
  const loaded = useLoaded(() => loadReport(report, area), [report, area, from, last]);
  const districts = useLoaded(loadDistricts, []);
  const downloadReport = () => {
    const query = new URLSearchParams({ area, from, to: last });
    return download(`/reports/${report}?${query}`, `${report}-${area}-${from}-${last}.csv`);
  };
  const areas = [
    ...(isOfState() ? ['state'] : []),
    ...(districts.value ?? []).map(({ id: district }): string => district),
  ];
  const change = (part: Partial<typeof reportWindow.value>) => {
    const next = { from: part.from || from, to: part.to || last };
    if (next.from <= next.to) reportWindow.value = next;
  };
  return (
    <Page title={reportText(report)} back={officeAddress('reports')}>
      <div class="filters">
        <Choice
          label={to('area')}
          value={area}
          options={(areas.length > 0 ? areas : [area]).map((one) => ({ value: one, text: nameOfArea(one) }))}
          onChange={(one) => location.replace(officeAddress('report', report, one))}
        />
        <Field label={to('from')} value={from} onChange={(text) => change({ from: text as Day })} type="date" />
        <Field label={to('until')} value={last} onChange={(text) => change({ to: text as Day })} type="date" />
      </div>
      <p class="quiet">{to('betweenDays', dateText(from), `${dateText(last)} ${last.slice(0, 4)}`)}</p>
      <div class="actions">
        <button type="button" class="secondary" onClick={() => void downloadReport()}>
          {to('downloadCsv')}
        </button>
      </div>
      {outcome}
      <Loading loaded={loaded}>
        {({ rows, names, closed, unreadable, isCut }) => (
          <>
            {closed && <Completeness closed={closed} last={last} />}
            {unreadable.length > 0 && (
              <p class="notice" role="alert">
                {to('reportUnreadable', unreadable.join(', '))}
              </p>
            )}
            {(isCut || rows.length > MAX_ROWS) && (
              <p class="notice">{to('firstRows', Math.min(rows.length, MAX_ROWS))}</p>
            )}
            {rows.length > 0 && <ReportChart report={report} rows={rows} names={names} />}
            <ReportTable report={report} rows={rows} names={names} />
          </>
        )}
      </Loading>
    </Page>
  );
};

const MOST_PLACES = 5;

/** When the figures were made, and the places and days that are still missing. */
const Completeness = ({ closed, last }: { closed: ReportCompleteness; last: Day }) => {
  const { asOf, complete, locations, missing, missingCount, toSum } = closed;
  const named = missing.slice(0, MOST_PLACES).map(({ location: place }) => place);
  const more = missingCount > named.length ? ' …' : '';
  return (
    <>
      {asOf && <p class="quiet">{to('reportAsOf', dateAndTime(Date.parse(asOf)))}</p>}
      {!complete && (
        <div class="notice">
          {missingCount > 0 && (
            <p>
              {to('reportMissing', missingCount, locations, dateText(last))} {named.join(', ')}
              {more}
            </p>
          )}
          {toSum.length > 0 && <p>{to('reportToSum', toSum.map(dateText).join(', '))}</p>}
        </div>
      )}
    </>
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
  );
};

const DayChart = lazy(async () => (await import('./day-chart.tsx')).DayChart);

const MOST_BARS = 10;

/** Sales by day as a chart over time; other reports as their ten largest bars. */
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
