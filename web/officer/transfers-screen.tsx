import { useSignal } from '@preact/signals';
import type { AreaId } from '../../shared/kernel/ids.ts';
import { addUp, type Sum } from '../../shared/kernel/sum.ts';
import type { Instant } from '../../shared/kernel/time.ts';
import type { VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import type { TransferView } from '../../shared/transfers/transfer-contract.ts';
import { allPages, api } from '../app/api.ts';
import { rupees, spacedNumber } from '../app/format.ts';
import { Page } from '../app/parts.tsx';
import { materialsById, readItems } from '../materials/known.ts';
import { itemName, quantityText } from '../materials/quantities.ts';
import { dateText, dayText } from '../materials/request-parts.tsx';
import { areasOfOfficer, lastDay, loadPlaceNames, nameOfArea } from './areas.ts';
import { bodyOf, Loading, problemIn, useLoaded } from './loading.tsx';
import { DoneNotice, ReasonSheet } from './office-parts.tsx';
import { to } from './texts.ts';

type StuckTransfer = {
  readonly location: string;
  readonly dispatch: VoucherNumber;
  readonly from: string;
  readonly sentAt: Instant;
  readonly days: number;
  readonly value: Sum;
};

const loadStuck = async (areas: readonly AreaId[]): Promise<readonly StuckTransfer[]> => {
  const day = lastDay();
  const pages = await Promise.all(
    areas.map((area) =>
      allPages((query) =>
        api.getReport({ path: { report: 'transit-overdue' }, query: { area, from: day, to: day, ...query } }),
      ),
    ),
  );
  const rows = pages.flat().flatMap((page) => page.rows as unknown as readonly StuckTransfer[]);
  void loadPlaceNames(rows.flatMap(({ from, location }) => [from, location]));
  return rows.toSorted((one, other) => other.days - one.days);
};

/** Overdue transfers, oldest first. */
export const TransfersScreen = () => {
  const loaded = useLoaded(() => loadStuck(areasOfOfficer()), []);
  const opened = useSignal<StuckTransfer | undefined>(undefined);
  const notice = useSignal('');
  return (
    <Page title={to('transfers')}>
      <p class="quiet">{to('transfersWhy', dateText(lastDay()))}</p>
      <DoneNotice text={notice.value} />
      <Loading loaded={loaded}>
        {(rows) =>
          rows.length === 0 ? (
            <p class="empty good-news">{to('transfersNone')}</p>
          ) : (
            <ul class="rows">
              {rows.map((row) => (
                <li key={`${row.location} ${row.dispatch}`} class="row">
                  <span class="row-main">
                    <b>{to('fromTo', nameOfArea(row.from), nameOfArea(row.location))}</b>
                    <span class="number quiet">{spacedNumber(row.dispatch)}</span>
                    <span>
                      {to('onTheWay', row.days)} · {rupees(row.value)}
                    </span>
                  </span>
                  <button type="button" class="small-button" onClick={() => (opened.value = row)}>
                    {to('closeShort')}
                  </button>
                </li>
              ))}
            </ul>
          )
        }
      </Loading>
      {opened.value && (
        <CloseSheet
          row={opened.value}
          onDone={() => {
            notice.value = `${spacedNumber(opened.value?.dispatch ?? '')}: ${to('closeShortDone')}`;
            loaded.reload();
          }}
          onClose={() => (opened.value = undefined)}
        />
      )}
    </Page>
  );
};

type CloseSheetProps = { readonly row: StuckTransfer; readonly onDone: () => void; readonly onClose: () => void };

const CloseSheet = ({ row, onDone, onClose }: CloseSheetProps) => {
  const path = { location: row.location, dispatch: row.dispatch };
  const loaded = useLoaded(async (): Promise<TransferView> => {
    const transfer = await bodyOf(api.getTransfer({ path }));
    await readItems(transfer.lines.map(({ item }) => item));
    return transfer;
  }, [row.dispatch]);
  return (
    <ReasonSheet
      title={to('closeShort')}
      action={to('closeShort')}
      isReady={loaded.value !== undefined}
      onSend={async (why) => {
        const problem = await problemIn(api.closeTransfer({ path, body: { why } }));
        if (problem === undefined) onDone();
        return problem;
      }}
      onClose={onClose}
    >
      <p>
        <b>{to('fromTo', nameOfArea(row.from), nameOfArea(row.location))}</b>, {dayText(row.sentAt)}
      </p>
      <Loading loaded={loaded}>{(transfer) => <OpenLines transfer={transfer} />}</Loading>
      <p class="quiet">{to('closeShortHow')}</p>
    </ReasonSheet>
  );
};

const OpenLines = ({ transfer: { lines } }: { transfer: TransferView }) => (
  <ul class="paper-lines">
    {lines.map(({ item, dispatched, accepted, rejected, takenBack }) => {
      const known = materialsById.value.get(item);
      const left = Number(addUp([dispatched, -accepted, -rejected, -takenBack]));
      return (
        <li key={item}>
          <span>{itemName(known, item)}</span>
          <b>
            {to('inTransit')}: {quantityText(left, known)}
          </b>
        </li>
      );
    })}
  </ul>
);
