import type { Composition } from '../../shared/api/composition.ts';
import { type ItemId, type LocationId, locationKind } from '../../shared/kernel/ids.ts';
import { everything } from '../../shared/kernel/pages.ts';
import { sumOf } from '../../shared/kernel/quantity.ts';
import { partsOf, type VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import type { Known } from '../../shared/ledger/decision.ts';
import type { Off } from '../../shared/ledger/remaining-drift.ts';
import { dispatchIn, receiptIn } from '../../shared/ledger/transfer-vouchers.ts';
import { type Claim, isCancelled, type Voucher } from '../../shared/ledger/voucher.ts';
import { reservedBy } from '../../shared/materials/material-request.ts';
import type { Drift } from '../../shared/reconciliation/drift.ts';
import type { BookedReceipt, Told } from '../../shared/transfers/rebuilt-transfer.ts';

/**
 * What a count sets right besides the shelf: what the last audit found of what is on its way here or free, and a transfer that it names. Read after the rows, so that what lands
 * meanwhile moves a version that the count is written on. Where nothing drifted, which is almost always, one read.
 */
export const asAudited = async (
  location: LocationId,
  claim: Extract<Claim, { kind: 'C' }>,
  tools: Composition,
): Promise<Pick<Known, 'audited' | 'told'>> => {
  if (isCancelled(claim)) return {};
  const items = new Set(claim.lines.map(({ item }) => item));
  const { drifts = [] } = (await tools.audits.checkpoint(location)) ?? {};
  const found = foundIn(drifts, items);
  return {
    ...(found.size > 0 && { audited: { found, ...(await standingAt(location, tools)) } }),
    ...(claim.transfer && { told: await toldOf(claim.transfer, tools) }),
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
const standingAt = async (location: LocationId, { transfers, requests }: Composition) => {
  const coming = await everything((after) => transfers.of('incoming', location, 'open', after));
  if (locationKind(location) !== 'depots') return { coming, reserved: new Map<ItemId, number>() };
  const queued = await everything((after) => requests.queue(location, after, 'reserved'));
  const standing = await requests.several(queued.map(({ request }) => request));
  const lines = [...standing.values()].flatMap((request) => [...reservedBy(request)]);
  const byItem = Map.groupBy(lines, ([item]) => item);
  return { coming, reserved: new Map([...byItem].map(([item, same]) => [item, sumOf(same.map(([, kept]) => kept))])) };
};

type Named = { readonly dispatch: VoucherNumber; readonly receipt?: VoucherNumber | undefined };

const toldOf = async ({ dispatch, receipt }: Named, tools: Composition): Promise<Told> => {
  const before = await tools.transfers.find(dispatch);
  const sent = await bookedOf(dispatch, tools, dispatchIn);
  const receipts: BookedReceipt[] = [];
  for (const number of new Set([...(before?.receipts ?? []).map((one) => one.receipt), receipt])) {
    const one = number && (await bookedOf(number, tools, (voucher, back) => receiptIn(voucher, back, dispatch)));
    if (one) receipts.push(one);
  }
  return { dispatch, before, sent, receipts };
};

/** A voucher stands in the book of the place whose terminal numbered it, whatever is kept of it elsewhere. */
const bookedOf = async <Booked>(
  number: VoucherNumber,
  { registry, ledger, back }: Composition,
  read: (voucher: Voucher, back: ReadonlyMap<number, number>) => Booked | undefined,
): Promise<Booked | undefined> => {
  const place = (await registry.entry('terminals', partsOf(number).terminal))?.entry.location;
  const voucher = place && (await ledger.find(place, number));
  return voucher && read(voucher, (await back.find(place, number)).back);
};
