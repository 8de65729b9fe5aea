import { type ItemId, type LocationId, locationKind } from '../../shared/kernel/ids.ts';
import { everything } from '../../shared/kernel/pages.ts';
import { sumOf } from '../../shared/kernel/quantity.ts';
import { partsOf, type VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import type { Known } from '../../shared/ledger/decision.ts';
import type { LedgerStore } from '../../shared/ledger/ledger-store.ts';
import type { Off } from '../../shared/ledger/remaining-drift.ts';
import type { BackStore } from '../../shared/ledger/returned-quantity-store.ts';
import { dispatchIn, receiptIn } from '../../shared/ledger/transfer-vouchers.ts';
import { type Claim, isCancelled, type Voucher } from '../../shared/ledger/voucher.ts';
import { reservedBy } from '../../shared/materials/material-request.ts';
import type { RequestStore } from '../../shared/materials/request-store.ts';
import type { Drift } from '../../shared/reconciliation/drift.ts';
import type { AuditStore } from '../../shared/reconciliation/drift-store.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import type { BookedReceipt, Told } from '../../shared/transfers/rebuilt-transfer.ts';
import type { TransferStore } from '../../shared/transfers/transfer-store.ts';

export type DriftContextDeps = {
  readonly audits: AuditStore;
  readonly back: BackStore;
  readonly ledger: LedgerStore;
  readonly registry: RegistryStore;
  readonly requests: RequestStore;
  readonly transfers: TransferStore;
};

/**
 * What a count sets right besides the shelf: what the last audit found of what is on its way here or free, and a transfer that it names. Read after the rows, so that what lands
 * meanwhile moves a version that the count is written on. Where nothing drifted, which is almost always, one read.
 */
export const asAudited = async (
  location: LocationId,
  claim: Extract<Claim, { kind: 'C' }>,
  deps: DriftContextDeps,
): Promise<Pick<Known, 'audited' | 'told'>> => {
  if (isCancelled(claim)) return {};
  const items = new Set(claim.lines.map(({ item }) => item));
  const { drifts = [] } = (await deps.audits.checkpoint(location)) ?? {};
  const found = foundIn(drifts, items);
  return {
    ...(found.size > 0 && { audited: { found, ...(await standingAt(location, deps)) } }),
    ...(claim.transfer && { told: await toldOf(claim.transfer, deps) }),
  };
};

const foundIn = (drifts: readonly Drift[], items: ReadonlySet<ItemId>): ReadonlyMap<ItemId, Off> => {
  const found = new Map<ItemId, Off>();
  for (const drift of drifts)
    if ((drift.kind === 'inbound' || drift.kind === 'free') && items.has(drift.item))
      found.set(drift.item, { ...found.get(drift.item), [drift.kind]: drift.book - drift.says });
  return found;
};

/** What is on its way here, and what is reserved: only a depot keeps anything for anyone. */
const standingAt = async (location: LocationId, { transfers, requests }: DriftContextDeps) => {
  const coming = await everything((after) => transfers.of('incoming', location, 'open', after));
  if (locationKind(location) !== 'depots') return { coming, reserved: new Map<ItemId, number>() };
  const queued = await everything((after) => requests.queue(location, after, 'reserved'));
  const standing = await requests.several(queued.map(({ request }) => request));
  const lines = [...standing.values()].flatMap((request) => [...reservedBy(request)]);
  const byItem = Map.groupBy(lines, ([item]) => item);
  return { coming, reserved: new Map([...byItem].map(([item, same]) => [item, sumOf(same.map(([, kept]) => kept))])) };
};

type Named = { readonly dispatch: VoucherNumber; readonly receipt?: VoucherNumber | undefined };

const toldOf = async ({ dispatch, receipt }: Named, deps: DriftContextDeps): Promise<Told> => {
  const before = await deps.transfers.find(dispatch);
  const sent = await bookedOf(dispatch, deps, dispatchIn);
  const receipts: BookedReceipt[] = [];
  for (const number of new Set([...(before?.receipts ?? []).map((one) => one.receipt), receipt])) {
    const one = number && (await bookedOf(number, deps, (voucher, back) => receiptIn(voucher, back, dispatch)));
    if (one) receipts.push(one);
  }
  return { dispatch, before, sent, receipts };
};

/** A voucher stands in the book of the place whose terminal numbered it, whatever is kept of it elsewhere. */
const bookedOf = async <Booked>(
  number: VoucherNumber,
  { registry, ledger, back }: DriftContextDeps,
  read: (voucher: Voucher, back: ReadonlyMap<number, number>) => Booked | undefined,
): Promise<Booked | undefined> => {
  const place = (await registry.entry('terminals', partsOf(number).terminal))?.entry.location;
  const voucher = place && (await ledger.find(place, number));
  return voucher && read(voucher, (await back.find(place, number)).back);
};
