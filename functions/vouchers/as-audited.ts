import type { ItemId, LocationId } from '../../shared/domain/ids.ts';
import { everything } from '../../shared/domain/pages.ts';
import type { BookedReceipt, Told } from '../../shared/domain/transfers/restated.ts';
import { dispatchIn, receiptIn } from '../../shared/domain/vouchers/booked-transfer.ts';
import type { Known } from '../../shared/domain/vouchers/decision.ts';
import { partsOf, type VoucherNumber } from '../../shared/domain/vouchers/number.ts';
import { type Claim, isCancelled, type Voucher } from '../../shared/domain/vouchers/voucher.ts';
import type { Composition } from '../../shared/runtime/composition.ts';

/**
 * What a count sets right besides the shelf: what the last audit found of what is on its way here, and a transfer that it names. Read after the rows, so that what lands
 * meanwhile moves a version that the count is written on. Where nothing drifted, which is almost always, one read.
 */
export const asAudited = async (
  location: LocationId,
  claim: Extract<Claim, { kind: 'C' }>,
  tools: Composition,
): Promise<Pick<Known, 'audited' | 'told'>> => {
  if (isCancelled(claim)) return {};
  const items = claim.lines.map(({ item }) => item);
  const found = await foundOf(location, new Set(items), tools);
  const open = (after?: readonly string[]) => tools.transfers.of('incoming', location, 'open', after);
  return {
    ...(found.size > 0 && { audited: { found, coming: await everything(open) } }),
    ...(claim.transfer && { told: await toldOf(claim.transfer, tools) }),
  };
};

const foundOf = async (location: LocationId, items: ReadonlySet<ItemId>, { audits }: Composition) => {
  const { drifts = [] } = (await audits.checkpoint(location)) ?? {};
  return new Map(
    drifts.flatMap((drift): [ItemId, number][] =>
      drift.kind === 'inbound' && items.has(drift.item) ? [[drift.item, drift.book - drift.says]] : [],
    ),
  );
};

type Named = { readonly dispatch: VoucherNumber; readonly receipt?: VoucherNumber | undefined };

const toldOf = async ({ dispatch, receipt }: Named, tools: Composition): Promise<Told> => {
  const before = await tools.transfers.find(dispatch);
  const sent = await bookedOf(dispatch, tools, dispatchIn);
  const receipts: BookedReceipt[] = [];
  for (const number of new Set([before?.received?.receipt, receipt])) {
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
