import { useSignal } from '@preact/signals';
import type { DayClose } from '../../shared/day-close/day-close.ts';
import type { StockLocationId } from '../../shared/kernel/ids.ts';
import { addUp, type Sum } from '../../shared/kernel/sum.ts';
import { addDays, type Day } from '../../shared/kernel/time.ts';
import type { Voucher } from '../../shared/ledger/voucher.ts';
import { allPages, api } from '../app/api.ts';
import { dateAndTime, rupees, spacedNumber, timeOfDay } from '../app/format.ts';
import { Icon, Page } from '../app/parts.tsx';
import { type TextKey, t } from '../app/texts.ts';
import { dateText, Figure } from '../materials/request-parts.tsx';
import { AlertList } from './alerts-screen.tsx';
import { loadDistricts, loadPlaceNames, nameOfArea, placeOf, today } from './areas.ts';
import { bodyOf, Loading, useLoaded } from './loading.tsx';
import { officeAddress } from './route.ts';
import { to } from './texts.ts';

const loadDay = async (location: StockLocationId, day: Day) => {
  const [pages, totals] = await Promise.all([
    allPages((query) => api.getDay({ path: { location, day }, query: { order: 'time', ...query } })),
    bodyOf(api.getDayTotals({ path: { location, day } })),
    loadDistricts(),
    loadPlaceNames([location]),
  ]);
  return { vouchers: pages.flatMap(({ vouchers }) => vouchers), close: pages[0]?.close, totals };
};

type LoadedDay = Awaited<ReturnType<typeof loadDay>>;

/** One day of a location: money, close, day book and alerts. `id`: the location. */
export const PlaceScreen = ({ id }: { id: string }) => {
  const location = id as StockLocationId;
  const day = useSignal<Day>(today());
  const loaded = useLoaded(() => loadDay(location, day.value), [id, day.value]);
  const district = placeOf(id)?.district;
  return (
    <Page
      title={nameOfArea(id)}
      back={district === undefined ? officeAddress('overview') : officeAddress('district', district)}
    >
      <p class="quiet number">{id}</p>
      <div class="day-steps">
        <button
          type="button"
          class="icon-button"
          aria-label={to('dayBefore')}
          onClick={() => (day.value = addDays(day.value, -1))}
        >
          <Icon name="back" />
        </button>
        <h2>{dateText(day.value)}</h2>
        <button
          type="button"
          class="icon-button"
          aria-label={to('dayAfter')}
          disabled={day.value >= today()}
          onClick={() => (day.value = addDays(day.value, 1))}
        >
          <Icon name="next" />
        </button>
      </div>
      <Loading loaded={loaded}>{(found) => <DayOf loaded={found} />}</Loading>
      <h2>{to('alerts')}</h2>
      <AlertList key={id} query={{ location, state: 'open' }} />
    </Page>
  );
};

const DayOf = ({ loaded: { vouchers, close, totals } }: { loaded: LoadedDay }) => {
  const sales = addUp(totals.sellers.map(({ amount }) => amount));
  const refunded = addUp(totals.sellers.map((one) => one.refunded));
  const bills = Number(addUp(totals.sellers.map((one) => one.sales)));
  return (
    <>
      <section class="day-sum" aria-label={to('cash')}>
        <p class="day-head">
          <span class="quiet">
            {bills} {to('bills')}
          </span>
          <span class="quiet">{to('dayVouchers', totals.vouchers)}</span>
        </p>
        <p class="day-total">{rupees(sales)}</p>
        <dl>
          {totals.tenders.map(({ tender, taken, given }) => (
            <div key={tender}>
              <dt>{t(tender as TextKey)}</dt>
              <dd>
                {rupees(taken)}
                {given !== 0 && ` − ${rupees(given)}`}
              </dd>
            </div>
          ))}
          {refunded !== 0 && (
            <div>
              <dt>{to('refunds')}</dt>
              <dd>{rupees(refunded)}</dd>
            </div>
          )}
        </dl>
      </section>
      {close ? <CloseOf close={close} /> : <p class="quiet">{to('dayOpen')}</p>}
      <h2>{to('book')}</h2>
      {vouchers.length === 0 ? <p class="empty">{to('bookEmpty')}</p> : <Book vouchers={vouchers} />}
    </>
  );
};

const overText = (amount: Sum): string => {
  if (amount === 0) return to('tillEven');
  return amount > 0 ? to('tillOver', rupees(amount)) : to('tillShort', rupees(-amount));
};

const CloseOf = ({ close: { closedAt, edition, shifts, terminals } }: { close: DayClose }) => (
  <section class="paper">
    <p class="paper-head">
      <b>{to('dayClosed', dateAndTime(Date.parse(closedAt)))}</b>
      {edition > 1 && <span class="quiet">{to('dayEdition', edition)}</span>}
    </p>
    {shifts.map(({ number, over }) => (
      <p key={number} class={over.some(({ amount }) => amount !== 0) ? 'stock few' : 'stock'}>
        {t('kind_K' as TextKey)} {number.slice(12)}:{' '}
        {over.length === 0 ? to('tillEven') : over.map(({ amount }) => overText(amount)).join(', ')}
      </p>
    ))}
    <dl class="figures">
      {terminals.map(({ terminal, state, missing }) => (
        <Figure
          key={terminal}
          name={`${to('terminals')} ${terminal}`}
          value={to(`terminal_${state}`, missing.map(spacedNumber).join(', '))}
        />
      ))}
    </dl>
  </section>
);

const amountOf = ({ claim }: Voucher): Sum | undefined => {
  const { payments = [], refund = [] } = claim as {
    readonly payments?: readonly { readonly amount: number }[];
    readonly refund?: readonly { readonly amount: number }[];
  };
  const all = [...payments.map(({ amount }) => amount), ...refund.map(({ amount }) => -amount)];
  return all.length === 0 ? undefined : addUp(all);
};

const Book = ({ vouchers }: { vouchers: readonly Voucher[] }) => (
  <ul class="rows">
    {vouchers.map((voucher) => {
      const amount = amountOf(voucher);
      const lines = 'lines' in voucher.claim ? voucher.claim.lines.length : 0;
      return (
        <li key={voucher.number} class="row">
          <span class="row-main">
            <b>{t(`kind_${voucher.claim.kind}` as TextKey)}</b>
            <span class="quiet number">{spacedNumber(voucher.number)}</span>
          </span>
          <span class="row-side">
            {amount !== undefined && <b>{rupees(amount)}</b>}
            <span class="quiet">
              {lines > 0 && `${t('itemsCount', lines)} · `}
              {timeOfDay(Date.parse(voucher.claim.occurredAt))}
            </span>
          </span>
        </li>
      );
    })}
  </ul>
);
