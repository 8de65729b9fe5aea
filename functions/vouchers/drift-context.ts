import { type ItemId, type StockLocationId, stockLocationKind } from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import { sumOf } from '../../shared/kernel/quantity.ts';
import { partsOf, type VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import type { DecisionContext } from '../../shared/ledger/decision.ts';
import type { StockDrift } from '../../shared/ledger/kinds/count.ts';
import type { LedgerStore } from '../../shared/ledger/ledger-store.ts';
import type { ReturnedQuantityStore } from '../../shared/ledger/returned-quantity-store.ts';
import { recordedDispatchOf, recordedReceiptOf } from '../../shared/ledger/transfer-vouchers.ts';
import type { Voucher } from '../../shared/ledger/voucher.ts';
import type { ContextNeeds } from '../../shared/ledger/voucher-kind.ts';
import { reservedQuantitiesOf } from '../../shared/materials/material-request.ts';
import type { RequestStore } from '../../shared/materials/request-store.ts';
import type { Drift } from '../../shared/reconciliation/drift.ts';
import type { ReconciliationStore } from '../../shared/reconciliation/reconciliation-store.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import type { RecordedReceipt, TransferRebuildInput } from '../../shared/transfers/rebuild-transfer.ts';
import type { TransferStore } from '../../shared/transfers/transfer-store.ts';

export type DriftContextDeps = {
  readonly audits: ReconciliationStore;
  readonly returnedQuantities: ReturnedQuantityStore;
  readonly ledger: LedgerStore;
  readonly registry: RegistryStore;
  readonly requests: RequestStore;
  readonly transfers: TransferStore;
};

/**
 * Reads after the stock rows, so that a concurrent change moves a version that the count is written
 * on.
 */
export const loadDriftContext = async (
  location: StockLocationId,
  { items, transfer }: NonNullable<ContextNeeds['drift']>,
  deps: DriftContextDeps,
): Promise<Pick<DecisionContext, 'drift' | 'transferRebuild'>> => {
  const { drifts = [] } = (await deps.audits.checkpoint(location)) ?? {};
  const found = driftPerItem(drifts, new Set(items));
  return {
    ...(found.size > 0 && { drift: { byItem: found, ...(await loadOpenQuantities(location, deps)) } }),
    ...(transfer && { transferRebuild: await loadTransferRebuild(transfer, deps) }),
  };
};

const driftPerItem = (drifts: readonly Drift[], items: ReadonlySet<ItemId>): ReadonlyMap<ItemId, StockDrift> => {
  const found = new Map<ItemId, StockDrift>();
  for (const drift of drifts)
    if ((drift.kind === 'inbound' || drift.kind === 'free') && items.has(drift.item))
      found.set(drift.item, { ...found.get(drift.item), [drift.kind]: drift.book - drift.says });
  return found;
};

/** Only a depot reserves. */
const loadOpenQuantities = async (location: StockLocationId, { transfers, requests }: DriftContextDeps) => {
  const incoming = await allPages((after) => transfers.of('incoming', location, 'open', after));
  if (stockLocationKind(location) !== 'depots') return { incoming, reserved: new Map<ItemId, number>() };
  const queued = await allPages((after) => requests.queue(location, after, 'reserved'));
  const standing = await requests.several(queued.map(({ request }) => request));
  const lines = [...standing.values()].flatMap((request) => [...reservedQuantitiesOf(request)]);
  const byItem = Map.groupBy(lines, ([item]) => item);
  return {
    incoming,
    reserved: new Map([...byItem].map(([item, same]) => [item, sumOf(same.map(([, kept]) => kept))])),
  };
};

type TransferReference = { readonly dispatch: VoucherNumber; readonly receipt?: VoucherNumber | undefined };

const loadTransferRebuild = async (
  { dispatch, receipt }: TransferReference,
  deps: DriftContextDeps,
): Promise<TransferRebuildInput> => {
  const before = await deps.transfers.find(dispatch);
  const sent = await loadRecorded(dispatch, deps, recordedDispatchOf);
  const receipts: RecordedReceipt[] = [];
  for (const number of new Set([...(before?.receipts ?? []).map((one) => one.receipt), receipt])) {
    const one =
      number &&
      (await loadRecorded(number, deps, (voucher, returnedByLine) =>
        recordedReceiptOf(voucher, returnedByLine, dispatch),
      ));
    if (one) receipts.push(one);
  }
  return { dispatch, before, sent, receipts };
};

/** A voucher is in the day book of its terminal's location. */
const loadRecorded = async <Booked>(
  number: VoucherNumber,
  { registry, ledger, returnedQuantities }: DriftContextDeps,
  read: (voucher: Voucher, returnedByLine: ReadonlyMap<number, number>) => Booked | undefined,
): Promise<Booked | undefined> => {
  const place = (await registry.entry('terminals', partsOf(number).terminal))?.entry.location;
  const voucher = place && (await ledger.find(place, number));
  return voucher && read(voucher, (await returnedQuantities.find(place, number)).returned);
};
