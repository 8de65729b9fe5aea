import { computed, signal } from '@preact/signals';
import type { ItemId, SellerId, TerminalCode } from '../../shared/kernel/ids.ts';
import { isRefusal, type Refusal } from '../../shared/kernel/refusal.ts';
import { amountWithTax } from '../../shared/kernel/tax.ts';
import { dayOf, type Instant, instantOf } from '../../shared/kernel/time.ts';
import { measureOf } from '../../shared/kernel/units.ts';
import type { VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import { sequenceOf } from '../../shared/kernel/voucher-number.ts';
import type { Admission } from '../../shared/ledger/admission.ts';
import { sellerFactsOn } from '../../shared/ledger/bill-facts.ts';
import { type Buyer, NAMED_BUYER_AMOUNT } from '../../shared/ledger/buyer.ts';
import type { Reversal } from '../../shared/ledger/kinds/reversal.ts';
import { decideSale, type SaleOutcome } from '../../shared/ledger/kinds/sale.ts';
import type { Sale, Tender } from '../../shared/ledger/kinds/sale-claim.ts';
import type { GstRateRow } from '../../shared/registry/gst-rate.ts';
import { amountFor, type Item, priceAt, priceUnitOf } from '../../shared/registry/item.ts';
import { registrationOn, type Seller } from '../../shared/registry/seller.ts';
import { readSetting, writeSetting } from '../outbox/database.ts';
import type { Ended } from '../outbox/outbox.ts';

/** `quantity`: base units. `discount`: paise off the line. */
export type OpenBillLine = {
  readonly item: ItemId;
  readonly quantity: number;
  readonly discount?: number | undefined;
  readonly reason?: string | undefined;
};

/** Paise that the customer paid already, of a bill that is paid in parts. */
export type PaidPart = { readonly tender: Tender; readonly amount: number; readonly reference?: string | undefined };

/**
 * Goods that come back for goods of this bill. `due`: paise. `isLast`: nothing of the old bill
 * stays with the customer, so `due` is not rounded.
 */
export type ExchangedReturn = {
  readonly seller: SellerId;
  readonly terminal: TerminalCode;
  readonly due: number;
  readonly isLast: boolean;
  readonly draft: Pick<Reversal, 'kind' | 'of' | 'reason' | 'goods'> & { readonly lines: readonly object[] };
};

type BillDraft = {
  /** Names the basket of an exchange, too. */
  readonly id: string;
  readonly lines: readonly OpenBillLine[];
  readonly parts: readonly PaidPart[];
  readonly exchange?: ExchangedReturn | undefined;
  /** As entered. `buyerOnBill` decides how much of it the bill states. */
  readonly buyer?: Buyer | undefined;
};

const NO_BILL: BillDraft = { id: '', lines: [], parts: [] };

/**
 * The bill in progress: one on a phone, in all its tabs. Stored at each change, so that a closed
 * app loses nothing, nor what was paid already.
 */
export const billDraft = signal<BillDraft>(NO_BILL);
export const bill = computed(() => billDraft.value.lines);

let writing: Promise<void> = Promise.resolve();
const channel = new BroadcastChannel('bahi-bill');

export const loadBill = async (): Promise<void> => {
  const stored = (await readSetting('bill')) as Partial<BillDraft> | undefined;
  billDraft.value = { ...NO_BILL, ...stored };
};
channel.onmessage = () => void loadBill();

const setDraft = (change: Partial<BillDraft>): void => {
  const next = { ...billDraft.value, ...change };
  const isEmpty = next.lines.length === 0 && next.parts.length === 0 && !next.exchange;
  billDraft.value = isEmpty ? NO_BILL : { ...next, id: next.id || crypto.randomUUID() };
  const stored = isEmpty ? undefined : billDraft.value;
  writing = writing.then(() => writeSetting('bill', stored)).then(() => channel.postMessage('changed'));
};

const setBill = (lines: readonly OpenBillLine[]): void => setDraft({ lines });

export const setPaidParts = (parts: readonly PaidPart[]): void => setDraft({ parts });

export const setBuyer = (buyer: Buyer | undefined): void => setDraft({ buyer });

export const setExchange = (exchange: ExchangedReturn | undefined): void => setDraft({ exchange });

/** The draft that ends once the sale is stored. */
export const storedBill = async ({ id }: BillDraft): Promise<Ended> => {
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
  /** Paise that the last tender pays: the total less parts and exchanged goods. */
  readonly due: number;
  readonly exchanged: number;
  readonly tax: number;
  readonly roundOff: number;
  /** Why the server would refuse the sale. */
  readonly refusal?: Refusal | undefined;
  /** The claim, but for its header. */
  readonly draft: Pick<Sale, 'kind' | 'lines' | 'payments'> & {
    readonly roundOff?: number;
    readonly basket?: string;
    readonly buyer?: Buyer;
  };
};

/** The tender that pays the rest. */
export type LastTender = { readonly tender: Tender; readonly reference?: string | undefined };

type BillBasis = {
  readonly items: ReadonlyMap<ItemId, Item>;
  readonly sellers: Readonly<Record<string, Seller>>;
  readonly rates?: readonly GstRateRow[];
};

/** Paise of one line, by the price in force. */
export const lineAmount = ({ quantity, discount = 0 }: OpenBillLine, item: Item, at: Instant): number => {
  const price = priceAt(item, at);
  return price ? amountFor(quantity, price.price, priceUnitOf(item, price)) - discount : 0;
};

/**
 * One bill per seller, each decided by the code of the server: prices in force, MRP, floor, tax and
 * total. Exchanged goods pay first, then the parts in order, then the last tender. What is paid in
 * cash is rounded to whole rupees.
 */
export const billsOf = (
  { id, lines, parts, exchange, buyer }: BillDraft,
  { tender, reference }: LastTender,
  { items, sellers, rates = [] }: BillBasis,
  now: number,
): SellerBill[] => {
  const at = instantOf(now);
  const bySeller = Map.groupBy(lines, ({ item }) => items.get(item)?.seller ?? ('' as SellerId));
  const unspent = parts.map((part) => ({ ...part }));
  let credit = exchange?.due ?? 0;
  return [...bySeller].flatMap(([seller, all]) =>
    slices(all, MAX_LINES).map((own) => {
      const exact = own.reduce((sum, line) => {
        const item = items.get(line.item);
        return sum + (item ? lineAmount(line, item, at) : 0);
      }, 0);
      const exchanged = seller === exchange?.seller ? Math.min(credit, exact) : 0;
      credit -= exchanged;
      const payments: Payment[] = exchanged > 0 ? [{ tender: 'exchange', amount: exchanged }] : [];
      let rest = exact - exchanged;
      for (const part of unspent) {
        const amount = Math.min(part.amount, rest);
        if (amount > 0)
          payments.push({ tender: part.tender, amount, ...(part.reference && { reference: part.reference }) });
        part.amount -= amount;
        rest -= amount;
      }
      const roundOff = tender === 'cash' ? Math.round(rest / 100) * 100 - rest : 0;
      const due = rest + roundOff;
      if (due > 0 || payments.length === 0) payments.push({ tender, amount: due, ...(reference && { reference }) });
      const draft = {
        kind: 'S' as const,
        lines: own.flatMap((line) => statedLine(line, items, at)) as Sale['lines'],
        payments: payments as Sale['payments'],
        ...(roundOff !== 0 && { roundOff }),
        ...(exchanged > 0 && { basket: id }),
        ...(buyer && { buyer: buyerOnBill(buyer, exact + roundOff) }),
      };
      const decided = decide(draft, { seller, at, items, sellers, rates });
      return {
        seller,
        lines: own,
        total: exact + roundOff,
        due,
        exchanged,
        roundOff,
        draft,
        tax: isRefusal(decided) ? 0 : decided.tax.reduce((sum, one) => sum + amountWithTax(one) - one.taxable, 0),
        ...(isRefusal(decided) && { refusal: decided }),
      };
    }),
  );
};

/** Below ₹50,000 a bill states only the State of a buyer without a GSTIN (rule 46(e)). */
const buyerOnBill = (buyer: Buyer, total: number): Buyer =>
  buyer.gstin || total >= NAMED_BUYER_AMOUNT ? buyer : { state: buyer.state };

type Payment = { readonly tender: Tender | 'exchange'; readonly amount: number; readonly reference?: string };

const statedLine = ({ item: id, quantity, discount, reason }: OpenBillLine, items: BillBasis['items'], at: Instant) => {
  const item = items.get(id);
  const price = item && priceAt(item, at);
  if (!item || !price) return [];
  return [
    {
      item: id,
      quantity: measureOf(quantity, { unit: item.unit, units: price.per ? (item.units ?? []) : [] }),
      unitPrice: price.price,
      ...(discount && { discount }),
      ...(reason && { reason }),
    },
  ];
};

/**
 * The return of an exchange: the new bills spend it, and the customer gets the rest in cash.
 * `rest`: paise.
 */
export const exchangedReturnOf = ({ id, exchange }: BillDraft, bills: readonly SellerBill[]) => {
  if (!exchange) return undefined;
  const spent = bills.reduce((sum, { exchanged }) => sum + exchanged, 0);
  const exactRest = exchange.due - spent;
  const rest = exchange.isLast ? exactRest : Math.round(exactRest / 100) * 100;
  const refund = [
    ...(spent > 0 ? [{ tender: 'exchange' as const, amount: spent }] : []),
    ...(rest > 0 || spent === 0 ? [{ tender: 'cash' as const, amount: rest }] : []),
  ];
  const roundOff = rest - exactRest;
  const draft = {
    ...exchange.draft,
    refund,
    ...(roundOff !== 0 && { roundOff }),
    ...(spent > 0 && { basket: id }),
  };
  return { rest, entry: { terminal: exchange.terminal, draft } };
};

/** A voucher has at most 40 lines. */
export const MAX_LINES = 40;

export const slices = <One>(all: readonly One[], size: number): One[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));

type Deciding = BillBasis & { readonly seller: SellerId; readonly at: Instant };

/** The goods are in the seller's hand, so stock does not matter. */
const ADMISSION: Admission = { way: 'live', goodsInHand: true };

const decide = (
  draft: SellerBill['draft'],
  { seller, at, items, sellers, rates = [] }: Deciding,
): SaleOutcome | Refusal => {
  const claim = { ...draft, occurredAt: at, by: '', previous: null } as unknown as Sale;
  return decideOwnSale(
    claim,
    { number: '' as VoucherNumber, seller, skew: 0, isLive: true },
    { items, sellers, rates },
  );
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
  { items, sellers, rates }: BillBasis,
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
      rates,
      registration: own ? registrationOn(own, day).registration : 'unregistered',
      sellerFacts: own && sellerFactsOn(own, day),
    },
  });
  return isRefusal(decided) ? decided : decided.outcome;
};
