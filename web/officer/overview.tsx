import { signal } from '@preact/signals';
import type { DistrictId } from '../../shared/kernel/ids.ts';
import { rupees } from '../app/format.ts';
import { Page } from '../app/parts.tsx';
import { dateText } from '../materials/request-parts.tsx';
import { isOfState, lastDay, nameOfArea, placeOf } from './areas.ts';
import {
  loadDistrictFigures,
  loadPlaceFigures,
  METRICS,
  type Metric,
  type PlaceFigures,
  totalOf,
  windowUpTo,
} from './figures.ts';
import { Loading, useLoaded } from './loading.tsx';
import { DistrictMap } from './map/district-map.tsx';
import { officeAddress } from './route.ts';
import { SortableTable, type TableColumn } from './table.tsx';
import { to } from './texts.ts';

/** Kept while a district is open. */
const days = signal(7);
const metric = signal<Metric>('sales');

export const Overview = () => {
  const window = windowUpTo(lastDay(), days.value);
  const loaded = useLoaded(() => loadDistrictFigures(window), [window.from, window.to]);
  return (
    <Page title={isOfState() ? nameOfArea('state') : to('overview')}>
      <DaysChoice from={window.from} to={window.to} />
      <Loading loaded={loaded}>
        {(rows) => (
          <div class="overview">
            <Totals total={totalOf(rows)} />
            <DistrictMap rows={rows} metric={metric.value} onMetric={(chosen) => (metric.value = chosen)} />
            <section class="overview-list">
              <h2>{to('districtsTable')}</h2>
              <FiguresTable
                caption={to('districtsTable')}
                rows={rows}
                title={to('district')}
                hrefOf={(id) => officeAddress('district', id)}
                empty={to('noDistricts')}
              />
            </section>
          </div>
        )}
      </Loading>
    </Page>
  );
};

export const DistrictScreen = ({ id }: { id: string }) => {
  const window = windowUpTo(lastDay(), days.value);
  const loaded = useLoaded(() => loadPlaceFigures(id as DistrictId, window), [id, window.from, window.to]);
  return (
    <Page title={nameOfArea(id)} back={officeAddress('overview')}>
      <DaysChoice from={window.from} to={window.to} />
      <Loading loaded={loaded}>
        {(rows) => (
          <>
            <Totals total={totalOf(rows)} area={id} />
            <h2>{to('outletsTable')}</h2>
            <FiguresTable
              caption={to('outletsTable')}
              rows={rows}
              title={to('location')}
              hrefOf={(place) => officeAddress('place', place)}
              empty={to('noOutlets')}
            />
          </>
        )}
      </Loading>
    </Page>
  );
};

const PERIODS = [1, 7, 30];

const DaysChoice = ({ from, to: last }: { from: string; to: string }) => (
  <div class="period">
    <fieldset class="choices" aria-label={to('period')}>
      {PERIODS.map((count) => (
        <button key={count} type="button" aria-pressed={days.value === count} onClick={() => (days.value = count)}>
          {count === 1 ? to('oneDay') : to('days', count)}
        </button>
      ))}
    </fieldset>
    <p class="quiet">
      {from === last ? dateText(last) : to('betweenDays', dateText(from), dateText(last))} · {to('salesAreOld')}
    </p>
  </div>
);

const alertsAddress = (type: string, area: string): string => officeAddress('alerts', type, ...(area ? [area] : []));

/** Each figure links to its report or its alerts. */
const Totals = ({ total, area = '' }: { total: PlaceFigures; area?: string }) => (
  <ul class="tiles">
    <li class="tile sales">
      <a href={officeAddress('report', 'sales-by-day', ...(area ? [area] : []))}>
        <span>{to('netSales')}</span>
        <b>{rupees(total.sales)}</b>
        <span class="quiet">
          {total.bills} {to('bills')}
        </span>
      </a>
    </li>
    {([...METRICS.filter((one) => one !== 'sales'), 'held'] as const).map((one) => (
      <li key={one} class={total[one] > 0 ? 'tile busy' : 'tile'}>
        <a href={one === 'held' ? officeAddress('held') : alertsAddress(one === 'open' ? 'all' : one, area)}>
          <span>{to(one)}</span>
          <b>{total[one]}</b>
        </a>
      </li>
    ))}
  </ul>
);

type FiguresTableProps = {
  readonly caption: string;
  readonly title: string;
  readonly rows: readonly PlaceFigures[];
  readonly hrefOf: (id: string) => string;
  readonly empty: string;
};

const FiguresTable = ({ caption, title, rows, hrefOf, empty }: FiguresTableProps) => {
  const counted = (key: 'out' | 'silent' | 'open' | 'held'): TableColumn<PlaceFigures> => ({
    key,
    title: to(key),
    value: (row) => row[key],
    cell: (row) => (row[key] === 0 ? <span class="nought">0</span> : <b>{row[key]}</b>),
    isNumber: true,
    isZero: (row) => row[key] === 0,
  });
  const columns: readonly TableColumn<PlaceFigures>[] = [
    { key: 'name', title, value: ({ id }) => nameOfArea(id), cell: ({ id }) => <PlaceName id={id} /> },
    {
      key: 'sales',
      title: to('netSales'),
      value: ({ sales }) => sales,
      cell: ({ sales }) => rupees(sales),
      isNumber: true,
    },
    ...(['out', 'silent', 'open', 'held'] as const).map(counted),
  ];
  const busy = rows.filter(({ sales, open, out, silent, held }) => sales !== 0 || open + out + silent + held > 0);
  const isFolded = !showsAll.value && busy.length > 0 && rows.length > MOST_UNFOLDED;
  return (
    <>
      <SortableTable
        caption={caption}
        columns={columns}
        rows={isFolded ? busy : rows}
        keyOf={({ id }) => id}
        hrefOf={({ id }) => hrefOf(id)}
        sortedBy="sales"
        empty={empty}
      />
      {isFolded && (
        <button type="button" class="secondary" onClick={() => (showsAll.value = true)}>
          {to('showQuiet', rows.length - busy.length)}
        </button>
      )}
    </>
  );
};

const showsAll = signal(false);

/** A longer list first hides the rows without sales and alerts. */
const MOST_UNFOLDED = 12;

const PlaceName = ({ id }: { id: string }) => (
  <span class="place-name">
    <b>{nameOfArea(id)}</b>
    <span class="quiet number">
      {id} {placeOf(id)?.isClosed && to('closedPlace')}
    </span>
  </span>
);
