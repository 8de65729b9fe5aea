import type { TotalsStore } from '../../shared/day-close/area-totals-store.ts';
import { averagesBefore } from '../../shared/day-close/average-cost.ts';
import type { CloseStore } from '../../shared/day-close/close-store.ts';
import { isProducer, type StockLocationId } from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import { addDays, type Day, dayOf, daysIn, type Instant } from '../../shared/kernel/time.ts';
import type { VoucherNumber, VoucherSequence } from '../../shared/kernel/voucher-number.ts';
import type { LedgerStore } from '../../shared/ledger/ledger-store.ts';
import type { ConfirmationCounts } from '../../shared/materials/confirmation-store.ts';
import { issuerShareAt } from '../../shared/materials/entitlement-service.ts';
import type { RequestStore } from '../../shared/materials/request-store.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { monthsIn } from '../../shared/reports/confirmations.ts';
import {
  type CostedTransfer,
  firstPageOf,
  type OpenTransfer,
  type ReportWindow,
  rowsAfter,
} from '../../shared/reports/report.ts';
import type { AnyReport } from '../../shared/reports/reports.ts';
import { OVERDUE_DAYS } from '../../shared/transfers/in-transit.ts';
import type { TransferStore } from '../../shared/transfers/transfer-store.ts';
import { type LocationReportsDeps, type ReportQuery, type ReportRows, readRowsByLocation } from './location-reports.ts';
import { districtsInArea, type LocationsInScopeDeps } from './locations-in-scope.ts';
import { readPriceRows, readRowsBySeller, type SellerRowsDeps } from './seller-rows.ts';

export type ReportRowsDeps = {
  readonly closes: CloseStore;
  readonly confirmations: ConfirmationCounts;
  readonly registry: RegistryStore;
  readonly totals: TotalsStore;
  readonly ledger: LedgerStore;
  readonly requests: RequestStore;
  readonly transfers: TransferStore;
} & SellerRowsDeps &
  LocationReportsDeps &
  LocationsInScopeDeps;

const withSenderCosts = (open: readonly OpenTransfer[], to: Day, closes: CloseStore): Promise<CostedTransfer[]> =>
  Promise.all(
    open.map(async (transfer) => {
      const { sent, dispatch } = transfer;
      const mayBeOverdue = sent && dayOf(sent.at) <= addDays(to, -OVERDUE_DAYS);
      const close = mayBeOverdue && !isProducer(sent.from) ? await closes.latest(sent.from, dayOf(sent.at)) : undefined;
      const order = `${sent?.at}#${dispatch}` as VoucherSequence;
      return { ...transfer, averages: averagesBefore(close?.items ?? [], order) };
    }),
  );

const latestOf = (instants: readonly Instant[]): Instant | undefined => instants.toSorted().at(-1);

const issuedRequests = async (
  depot: StockLocationId,
  window: ReportWindow,
  { ledger }: Pick<ReportRowsDeps, 'ledger'>,
): Promise<VoucherNumber[]> => {
  const days = daysIn(window).map((day) => allPages((page) => ledger.vouchersOfKind(depot, day, 'I', page)));
  const claims = (await Promise.all(days)).flat().map(({ claim }) => claim);
  return [...new Set(claims.flatMap((claim) => ('request' in claim ? claim.request : [])))];
};

export const readReportRows = async (
  report: AnyReport,
  asked: ReportQuery,
  deps: ReportRowsDeps,
): Promise<ReportRows> => {
  const { area, window, after, maxRows } = asked;
  switch (report.from) {
    case 'area': {
      const { days, unreadable } = await deps.totals.between(area, window);
      const made = latestOf(days.map(({ summedAt }) => summedAt));
      return { ...firstPageOf(rowsAfter(report.rows(days), report.key, after), report.key, maxRows), unreadable, made };
    }
    case 'districts': {
      const summed = await Promise.all(
        (await districtsInArea(area, deps)).map(async (district) => ({
          district,
          ...(await deps.totals.between(district, window)),
        })),
      );
      const days = summed.flatMap(({ district, days: all }) => all.map((day) => ({ ...day, district })));
      return {
        ...firstPageOf(rowsAfter(report.rows(days), report.key, after), report.key, maxRows),
        unreadable: summed.flatMap(({ unreadable }) => unreadable),
        made: latestOf(days.map(({ summedAt }) => summedAt)),
      };
    }
    case 'closes': {
      const made: Instant[] = [];
      const rows = await readRowsByLocation(report, asked, deps, async (stand) => {
        const first = addDays(window.from, -report.earlier);
        const closes = await deps.closes.between(stand.location, { ...window, from: first });
        made.push(...closes.map(({ closedAt }) => closedAt));
        return report.rows(closes, stand, window);
      });
      return { ...rows, made: latestOf(made) };
    }
    case 'sellers':
      return readRowsBySeller(report, asked, deps);
    case 'prices':
      return readPriceRows(report, asked, deps);
    case 'receipts':
      return readRowsByLocation(report, asked, deps, async (stand) => {
        const numbers = await issuedRequests(stand.location, window, deps);
        return report.rows([...(await deps.requests.several(numbers)).values()], stand, window);
      });
    case 'confirmations':
      return readRowsByLocation(report, asked, deps, async (stand) => {
        const limit = await issuerShareAt(stand.location, deps);
        return report.rows(await deps.confirmations.months(stand.location, monthsIn(window)), { ...stand, limit });
      });
    case 'transfers':
      return readRowsByLocation(report, asked, deps, async (stand) => {
        const open = await allPages((page) => deps.transfers.of('incoming', stand.location, 'open', page));
        return report.rows(await withSenderCosts(open, window.to, deps.closes), stand, window);
      });
  }
};
