import { signal } from '@preact/signals';
import type { ItemId, SellerId } from '../../shared/kernel/ids.ts';
import { isRefusal, type Refusal } from '../../shared/kernel/refusal.ts';
import { amountWithTax } from '../../shared/kernel/tax.ts';
import { dayOf, type Instant, instantOf } from '../../shared/kernel/time.ts';
import { measureOf } from '../../shared/kernel/units.ts';
import type { VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import { sequenceOf } from '../../shared/kernel/voucher-number.ts';
import type { Admission } from '../../shared/ledger/admission.ts';
import { sellerFactsOn } from '../../shared/ledger/bill-facts.ts';
import { decideSale, type Sale, type SaleOutcome, type Tender } from '../../shared/ledger/kinds/sale.ts';
import { registrationOn, type Seller } from '../../shared/registry/entries.ts';
import { amountFor, type Item, priceAt, priceUnitOf } from '../../shared/registry/item.ts';
import { readSetting, writeSetting } from '../outbox/database.ts';
import type { Ended } from '../outbox/outbox.ts';

/** `quantity`: base units. `discount`: paise off the line. */
export type OpenBillLine = {
  readonly item: ItemId;
  readonly quantity: number;
  readonly discount?: number | undefined;
  readonly reason?: string | undefined;
};

/**
 * The bill in progress: one on a phone, in all its tabs. Stored at each change, so that a closed
 * app loses nothing.
 */
export const bill = signal<readonly OpenBillLine[]>([]);

type StoredBill = { readonly id: string; readonly lines: readonly OpenBillLine[] };

let id = '';
let writing: Promise<void> = Promise.resolve();
const channel = new BroadcastChannel('bahi-bill');

export const loadBill = async (): Promise<void> => {
  const stored = (await readSetting('bill')) as StoredBill | undefined;
  id = stored?.id ?? '';
  bill.value = stored?.lines ?? [];
};
channel.onmessage = () => void loadBill();

const setBill = (lines: readonly OpenBillLine[]): void => {
  if (bill.value.length === 0) id = crypto.randomUUID();
  bill.value = lines;
  const stored = lines.length > 0 ? { id, lines } : undefined;
  writing = writing.then(() => writeSetting('bill', stored)).then(() => channel.postMessage('changed'));
};

/** What a sale ends, once it is stored. */
export const storedBill = async (): Promise<Ended> => {
  await writing;
  return { setting: 'bill', id };
};

/** After the sale that ended it, or once another tab did. */
export const reloadBill = async (): Promise<void> => {
  await loadBill();
  channel.postMessage('changed');
};

export const addToBill = (item: ItemId, more = 1): void => {
  const known = bill.value.find((line) => line.item === item);
  if (known) changeLine(item, { quantity: known.quantity + more });
  else setBill([...bill.value, { item, quantity: more }]);
};

/** A quantity of 0 removes the line. */
export const changeLine = (item: ItemId, change: Partial<OpenBillLine>): void =>
  setBill(
    bill.value
      .map((line) => (line.item === item ? { ...line, ...change } : line))
      .filter(({ quantity }) => quantity > 0),
  );

export type SellerBill = {
  readonly seller: SellerId;
  readonly lines: readonly OpenBillLine[];
  readonly total: number;
  readonly tax: number;
  readonly roundOff: number;
  /** What the server would refuse. */
  readonly refusal?: Refusal | undefined;
  /** The claim, but for its header. */
  readonly draft: Pick<Sale, 'kind' | 'lines' | 'payments'> & { readonly roundOff?: number };
};

type BillBasis = {
  readonly items: ReadonlyMap<ItemId, Item>;
  readonly sellers: Readonly<Record<string, Seller>>;
};

/** Paise of one line, by the price in force. */
export const lineAmount = ({ quantity, discount = 0 }: OpenBillLine, item: Item, at: Instant): number => {
  const price = priceAt(item, at);
  return price ? amountFor(quantity, price.price, priceUnitOf(item, price)) - discount : 0;
};

/**
 * One bill per seller, each decided by the code of the server: prices in force, MRP, floor, tax and
 * total. A cash bill is rounded to whole rupees.
 */
export const billsOf = (
  lines: readonly OpenBillLine[],
  tender: Tender,
  { items, sellers }: BillBasis,
  now: number,
  reference?: string,
): SellerBill[] => {
  const at = instantOf(now);
  const bySeller = Map.groupBy(lines, ({ item }) => items.get(item)?.seller ?? ('' as SellerId));
  return [...bySeller].flatMap(([seller, all]) =>
    slices(all, MAX_LINES).map((own) => {
      const stated = own.flatMap((line) => {
        const item = items.get(line.item);
        const price = item && priceAt(item, at);
        if (!item || !price) return [];
        const { discount, reason } = line;
        return {
          item: line.item,
          quantity: measureOf(line.quantity, { unit: item.unit, units: price.per ? (item.units ?? []) : [] }),
          unitPrice: price.price,
          ...(discount && { discount }),
          ...(reason && { reason }),
        };
      }) as Sale['lines'];
      const exact = own.reduce((sum, line) => {
        const item = items.get(line.item);
        return sum + (item ? lineAmount(line, item, at) : 0);
      }, 0);
      const roundOff = tender === 'cash' ? Math.round(exact / 100) * 100 - exact : 0;
      const payments = [{ tender, amount: exact + roundOff, ...(reference && { reference }) }] as Sale['payments'];
      const draft = { kind: 'S' as const, lines: stated, payments, ...(roundOff !== 0 && { roundOff }) };
      const decided = decide(draft, { seller, at, items, sellers });
      return {
        seller,
        lines: own,
        total: exact + roundOff,
        roundOff,
        draft,
        tax: isRefusal(decided) ? 0 : decided.tax.reduce((sum, line) => sum + amountWithTax(line) - line.taxable, 0),
        ...(isRefusal(decided) && { refusal: decided }),
      };
    }),
  );
};

/** A voucher has at most 40 lines. */
export const MAX_LINES = 40;

export const slices = <One>(all: readonly One[], size: number): One[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));

type Deciding = BillBasis & { readonly seller: SellerId; readonly at: Instant };

/** The goods are in the seller's hand, so stock does not matter. */
const ADMISSION: Admission = { way: 'live', goodsInHand: true };

const decide = (draft: SellerBill['draft'], { seller, at, items, sellers }: Deciding): SaleOutcome | Refusal => {
  const claim = { ...draft, occurredAt: at, by: '', previous: null } as unknown as Sale;
  return decideOwnSale(claim, { number: '' as VoucherNumber, seller, skew: 0, isLive: true }, { items, sellers });
};

type OwnSale = {
  readonly number: VoucherNumber;
  readonly seller: SellerId;
  /** Milliseconds that the phone's clock was behind. */
  readonly skew: number;
  /** Also refuses what a stall may still change. */
  readonly isLive?: boolean;
};

/** The outcome of a sale by the code of the server, with the facts of its bill. */
export const decideOwnSale = (
  claim: Sale,
  { number, seller, skew, isLive = false }: OwnSale,
  { items, sellers }: BillBasis,
): SaleOutcome | Refusal => {
  const own = sellers[seller];
  const day = dayOf(claim.occurredAt);
  const decided = decideSale({
    claim,
    admission: isLive ? ADMISSION : { way: 'captured' },
    sequence: sequenceOf({ number, claim, admission: { skew } }),
    entryDetails: { at: claim.occurredAt, by: '' },
    context: {
      seller,
      items,
      registration: own ? registrationOn(own, day).registration : 'unregistered',
      sellerFacts: own && sellerFactsOn(own, day),
    },
  });
  return isRefusal(decided) ? decided : decided.outcome;
};
