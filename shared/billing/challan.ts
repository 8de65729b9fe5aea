import * as z from 'zod';
import { FreeText } from '../kernel/claim-fields.ts';
import { ItemId, LocationId } from '../kernel/ids.ts';
import type { FieldProblem } from '../kernel/problems.ts';
import { Paise, sumOf } from '../kernel/quantity.ts';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import { Day, Instant } from '../kernel/time.ts';
import { BilingualText } from '../kernel/units.ts';
import { partsOf, VoucherNumber } from '../kernel/voucher-number.ts';
import { SellerFacts } from '../ledger/bill-facts.ts';
import { type ChallanFacts, ChallanLineFacts, PlaceFacts } from '../ledger/challan-facts.ts';
import type { Dispatch, DispatchOutcome } from '../ledger/kinds/dispatch.ts';
import { isCancelled, type Voucher } from '../ledger/voucher.ts';
import type { SentLine } from '../transfers/transfer.ts';
import { amountInWords } from './amount-in-words.ts';
import { quantityInUqc } from './bill.ts';

const ChallanPlace = z.strictObject({ location: LocationId, ...PlaceFacts.shape });
export type ChallanPlace = z.infer<typeof ChallanPlace>;

const ChallanLine = z.strictObject({
  line: z.int().min(1),
  item: ItemId,
  ...ChallanLineFacts.shape,
  quantity: z.string(),
});
type ChallanLine = z.infer<typeof ChallanLine>;

const TakenBackGoods = z.strictObject({ item: ItemId, quantity: z.string() });
const ChallanReversal = z.strictObject({ number: VoucherNumber, day: Day });

/**
 * A delivery challan (CGST rule 55) as data. Both places are the seller's, under one registration,
 * so it is no supply and bears no tax. Paise. After the dispatch only missing
 * addresses, `takenBack` and its `reversals` are added.
 */
export const Challan = z.strictObject({
  document: z.literal('delivery-challan'),
  number: VoucherNumber,
  location: LocationId,
  day: Day,
  at: Instant,
  seller: SellerFacts,
  from: ChallanPlace,
  to: ChallanPlace,
  /** As the sender wrote it. */
  reference: FreeText.optional(),
  lines: z.array(ChallanLine),
  takenBack: z.array(TakenBackGoods).optional(),
  reversals: z.array(ChallanReversal).optional(),
  taxable: Paise,
  totalInWords: BilingualText,
});
export type Challan = z.infer<typeof Challan>;

export type DispatchVoucher = Voucher & { readonly claim: Dispatch; readonly outcome: DispatchOutcome };

const isDispatched = (voucher: Voucher): voucher is DispatchVoucher =>
  voucher.claim.kind === 'D' && !isCancelled(voucher.claim);

/** `NO_CHALLAN` with the reason, or the dispatch. */
export const dispatchOf = (voucher: Voucher): DispatchVoucher | Refusal => {
  const { number, claim } = voucher;
  if (isCancelled(claim)) return refuse('NO_CHALLAN', `${number} was cancelled: ${claim.cancelled}.`);
  return isDispatched(voucher) ? voucher : refuse('NO_CHALLAN', `${number} is not a dispatch.`);
};

/** The transfer that the dispatch began. */
type ChallanTransfer = {
  readonly lines: readonly Pick<SentLine, 'item' | 'takenBack'>[];
  readonly takenBackBy?: readonly VoucherNumber[] | undefined;
};

const NO_TRANSFER: ChallanTransfer = { lines: [] };

/** The challan of a dispatch, or `BILL_INCOMPLETE` with the fields that the registry lacks. */
export const challanOf = (
  voucher: DispatchVoucher,
  facts: ChallanFacts,
  { lines: sent, takenBackBy = [] }: ChallanTransfer = NO_TRANSFER,
): Challan | Refusal => {
  const { number, location, claim, outcome } = voucher;
  const lines = facts.lines.flatMap((line, at): ChallanLine[] => {
    const claimed = claim.lines[at];
    if (!claimed) return [];
    const quantity = outcome.quantities?.[at] ?? Number(claimed.quantity);
    const { gstBasisPoints, ...fact } = line;
    return [
      {
        line: at + 1,
        item: claimed.item,
        ...fact,
        ...(facts.seller.gstin && gstBasisPoints !== undefined && { gstBasisPoints }),
        quantity: quantityInUqc(quantity, line.uqc),
      },
    ];
  });
  const takenBack = sent.flatMap(({ item, takenBack: quantity }) => {
    const line = lines.find((one) => one.item === item);
    return line && quantity > 0 ? [{ item, quantity: quantityInUqc(quantity, line.uqc) }] : [];
  });
  const taxable = sumOf(lines.map((line) => line.taxable)) as Paise;
  const challan: Challan = {
    document: 'delivery-challan',
    number,
    location,
    day: partsOf(number).day,
    at: claim.occurredAt,
    seller: facts.seller,
    from: { location, ...facts.from },
    to: { location: claim.to, ...facts.to },
    ...(claim.document && { reference: claim.document }),
    lines,
    ...(takenBack.length > 0 && { takenBack }),
    ...(takenBackBy.length > 0 && { reversals: takenBackBy.map((by) => ({ number: by, day: partsOf(by).day })) }),
    taxable,
    totalInWords: amountInWords(taxable),
  };
  return refuseIncomplete(challan, voucher.seller) ?? challan;
};

const refuseIncomplete = ({ number, seller, from, to }: Challan, id: string): Refusal | undefined => {
  const fields: FieldProblem[] = [];
  if (seller.registration !== 'unregistered' && !seller.address)
    fields.push({ path: 'seller.address', problem: `the registry has no address of ${id}` });
  for (const [side, place] of Object.entries({ from, to }))
    if (!place.address)
      fields.push({ path: `${side}.address`, problem: `the registry has no address of ${place.location}` });
  if (fields.length === 0) return undefined;
  return refuse('BILL_INCOMPLETE', `The challan of ${number} lacks facts of the registry.`, { fields });
};
