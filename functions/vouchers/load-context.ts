import { HOME_STATE } from '../../shared/kernel/gstin.ts';
import {
  type ItemId,
  isProducer,
  type LocationId,
  locationKind,
  type StaffId,
  type StockLocationId,
  stockLocationKind,
} from '../../shared/kernel/ids.ts';
import { numbersToVerify } from '../../shared/kernel/last-numbers.ts';
import { type Clock, dayOf } from '../../shared/kernel/time.ts';
import {
  numberOfSequence,
  partsOf,
  sequenceOf,
  tieOfSequence,
  timeOfSequence,
  type VoucherNumber,
  type VoucherSequence,
} from '../../shared/kernel/voucher-number.ts';
import type { LoadedContext } from '../../shared/ledger/admit-live.ts';
import { sellerFactsOn } from '../../shared/ledger/bill-facts.ts';
import { placeFactsOf } from '../../shared/ledger/challan-facts.ts';
import type { CountSheetStore } from '../../shared/ledger/count-sheet-store.ts';
import { type LastCounts, OPENING_STOCK } from '../../shared/ledger/counts.ts';
import { registryTimeOf } from '../../shared/ledger/ended.ts';
import { isDispatch } from '../../shared/ledger/kinds/dispatch.ts';
import { isReversal } from '../../shared/ledger/kinds/reversal.ts';
import { isSale, isSaleNumber } from '../../shared/ledger/kinds/sale.ts';
import type { LedgerStore } from '../../shared/ledger/ledger-store.ts';
import { declaredNumbers } from '../../shared/ledger/number-gaps.ts';
import { onHandMovementPerItem, reversibleVoucherOf } from '../../shared/ledger/on-hand.ts';
import { loadOpenings } from '../../shared/ledger/opening-stock-service.ts';
import { roundingOf, unbilledQuantities } from '../../shared/ledger/pending-returns.ts';
import type { ReturnedQuantityStore } from '../../shared/ledger/returned-quantity-store.ts';
import type { ReturnContext } from '../../shared/ledger/reversal-context.ts';
import { staffAt, staffReferences } from '../../shared/ledger/staff-check.ts';
import { transferOf } from '../../shared/ledger/transfer-vouchers.ts';
import { claimReferences, contextNeeds, type Voucher } from '../../shared/ledger/voucher.ts';
import { isLedgerKind } from '../../shared/ledger/voucher-kinds.ts';
import type { RequestStore } from '../../shared/materials/request-store.ts';
import { isSuppliedToBuyersState, type Terminal } from '../../shared/registry/entries.ts';
import { endedEntries, endOf, isOpenAt } from '../../shared/registry/entry-status.ts';
import { chaptersOf } from '../../shared/registry/item.ts';
import { endedSellers, openSellersAt } from '../../shared/registry/location-sellers.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import { registrationOn } from '../../shared/registry/seller.ts';
import type { StockStore } from '../../shared/stock/stock-store.ts';
import type { TransferStore } from '../../shared/transfers/transfer-store.ts';
import { type DriftContextDeps, loadDriftContext } from './drift-context.ts';
import { type HandOverContextDeps, loadHandOverContext } from './hand-over-context.ts';
import { loadShiftVouchers, type ShiftContextDeps } from './shift-context.ts';

type SubmittedVoucher = Pick<Voucher, 'location' | 'number' | 'claim' | 'admission'>;

export type LoadTerminalDeps = { readonly registry: RegistryStore };

/** The same call caches the claim's registry entries. */
export const loadTerminal = async (
  { location, number, claim }: Pick<SubmittedVoucher, 'location' | 'number' | 'claim'>,
  { registry }: LoadTerminalDeps,
): Promise<Terminal | undefined> => {
  const code = partsOf(number).terminal;
  const named = claimReferences(claim);
  await registry.recollect([
    { kind: 'terminals', id: code },
    ...named.items.map((id) => ({ kind: 'items' as const, id })),
    ...named.producers.map((id) => ({ kind: 'producers' as const, id })),
    ...(named.destination ? [{ kind: stockLocationKind(named.destination), id: named.destination }] : []),
    { kind: locationKind(location), id: location },
    ...staffOf(location, claim).map((id) => ({ kind: 'staff' as const, id })),
  ]);
  return (await registry.entry('terminals', code))?.entry;
};

/** A workshop has no staff. */
const staffOf = (location: LocationId, claim: SubmittedVoucher['claim']): StaffId[] =>
  isProducer(location) ? [] : [...new Set(staffReferences(claim).map(([, person]) => person))];

type ContextQuery = SubmittedVoucher & { readonly terminal: Terminal | undefined; readonly readsStock: boolean };

export type LoadContextDeps = {
  readonly returnedQuantities: ReturnedQuantityStore;
  readonly clock: Clock;
  readonly countSheets: CountSheetStore;
  readonly ledger: LedgerStore;
  readonly registry: RegistryStore;
  readonly requests: RequestStore;
  readonly stock: StockStore;
  readonly transfers: TransferStore;
} & DriftContextDeps &
  HandOverContextDeps &
  ShiftContextDeps;

/** Reads stock rows at a depot, for a count, and after a conflict with a count (`readsStock`). */
export const loadDecisionContext = async (
  { location, number, claim, admission, terminal, readsStock }: ContextQuery,
  deps: LoadContextDeps,
): Promise<LoadedContext> => {
  const { registry, stock, requests, ledger, transfers, countSheets, clock } = deps;
  const named = claimReferences(claim);
  const needs = contextNeeds(claim);
  const seller = terminal && (await registry.entry('sellers', terminal.seller));
  if (terminal && !seller) throw new Error(`${number} is for seller ${terminal.seller}, who is not there`);
  const items = await registry.entries('items', named.items);
  const producers = await registry.entries('producers', named.producers);
  const place = isProducer(location) ? undefined : (await registry.entry(stockLocationKind(location), location))?.entry;
  const staff = isProducer(location) ? undefined : await registry.entries('staff', staffOf(location, claim));
  const receiver = named.destination && (await registry.entry(stockLocationKind(named.destination), named.destination));
  // Assumes that no receipt came before, until one conflicts.
  const dispatch = named.dispatch ?? (readsStock && needs.ownTransfer ? number : undefined);
  // A workshop keeps no stock.
  const here = isProducer(location) ? undefined : location;
  const isDepot = here !== undefined && stockLocationKind(here) === 'depots';
  const shelf = here && (isDepot || needs.stockRows || readsStock) ? await stock.rows(here, named.items) : undefined;
  const order = sequenceOf({ number, claim, admission });
  const lastCounts = new Map<ItemId, VoucherSequence>(
    [...(shelf ?? [])].flatMap(([item, { countedAt }]) => (countedAt ? [[item, countedAt]] : [])),
  );
  const day = dayOf(timeOfSequence(order));
  const itsOwn = await registry.entry(locationKind(location), location);
  const at = registryTimeOf({ number, claim, admission });
  const ended = [
    ...(itsOwn && terminal ? endedSellers(location, itsOwn.entry, terminal.seller, at) : []),
    ...endedEntries(at, {
      ...(seller && { seller: [[seller.id, seller.entry]] }),
      ...(itsOwn && { location: [[location, itsOwn.entry]] }),
      ...(receiver && { to: [[receiver.id, receiver.entry]] }),
      items: [...items].map(([id, { entry }]) => [id, entry]),
      producer: [...producers].map(([id, { entry }]) => [id, entry]),
    }),
  ];
  const isRegular = seller && registrationOn(seller.entry, day).registration === 'regular';
  const chapters = [...items.values()].flatMap(({ entry }) => chaptersOf(entry));
  const rates = isDispatch(claim) || (isRegular && isSale(claim)) ? await registry.rates(chapters) : undefined;
  const { state } = ('buyer' in claim && claim.buyer) || {};
  const home = state && state !== HOME_STATE ? await registry.entry('states', HOME_STATE) : undefined;
  const sellerFacts = seller && sellerFactsOn(seller.entry, day);
  return {
    terminal,
    registration: sellerFacts?.registration ?? 'unregistered',
    sellerFacts,
    ...(rates && { rates }),
    ...(home && { isSuppliedToBuyersState: isSuppliedToBuyersState(home.entry, day) }),
    items: new Map([...items].map(([id, { entry }]) => [id, entry])),
    producers: new Set(producers.keys()),
    ...(ended.length > 0 && { ended }),
    ...(place && { locationEntry: place }),
    ...(staff && { staff: staffAt(staff, at) }),
    ...(receiver && { receiver: { sellers: openSellersAt(receiver.entry, at) } }),
    ...(sellerFacts &&
      itsOwn &&
      receiver &&
      isDispatch(claim) && {
        challanParties: {
          seller: sellerFacts,
          from: placeFactsOf(itsOwn.entry),
          to: placeFactsOf(receiver.entry),
        },
      }),
    ...(dispatch && { transfer: await transfers.find(dispatch) }),
    ...(named.request && { request: await loadRequest(location, named.request, requests) }),
    ...(named.reverses && (await loadReversalContext(location, named.reverses, deps))),
    depotRows: isDepot ? shelf : undefined,
    countedRows: shelf,
    lastCounts,
    // Rows before the ledger: a voucher between the two changes the rows' versions.
    ...(here && needs.handOver && { handOver: await loadHandOverContext(here, needs.handOver, deps) }),
    ...(here &&
      needs.shiftVouchers && {
        shiftVouchers: await loadShiftVouchers({ location: here, close: { number, claim, admission }, terminal }, deps),
      }),
    ...(here && needs.drift && (await loadDriftContext(here, needs.drift, deps))),
    ...(await loadHighestNumbers({ location, number, claim, admission }, deps)),
    // After the rows: a later sheet changes the version.
    ...(here &&
      needs.sheetsOfCount !== undefined && {
        countSheets:
          needs.sheetsOfCount === OPENING_STOCK
            ? await loadOpenings(here, named.items, deps)
            : await countSheets.find(here, needs.sheetsOfCount),
      }),
    ...(here &&
      (needs.onHandSince
        ? contextOfCount(order, await ledger.vouchersFrom(here, order, clock.now()))
        : { sameTime: await countsAtSameTime(here, order, lastCounts, ledger) })),
  };
};

const contextOfCount = (order: VoucherSequence, found: readonly Voucher[]) => ({
  onHandSince: onHandMovementPerItem(found.filter((voucher) => sequenceOf(voucher) > order)),
  sameTime: found.filter((voucher) => tieOfSequence(sequenceOf(voucher)) === tieOfSequence(order)),
});

/** Reads only if a row was counted at this time or later. */
const countsAtSameTime = async (
  location: StockLocationId,
  order: VoucherSequence,
  lastCounts: LastCounts,
  ledger: LedgerStore,
): Promise<readonly Voucher[]> => {
  const tie = tieOfSequence(order);
  const counts = [...lastCounts.values()].filter((count) => count >= tie);
  if (counts.length === 0) return [];
  const { terminal, day } = partsOf(numberOfSequence(order));
  // Around midnight, the numbers of one time may be of two days.
  const tied = counts.filter((count) => tieOfSequence(count) === tie).map(numberOfSequence);
  const days = new Set([day, ...tied.map((number) => partsOf(number).day)]);
  const found = await ledger.countsOf(location, terminal, [...days]);
  return found.filter((voucher) => tieOfSequence(sequenceOf(voucher)) === tie);
};

/** Live only. Usually none is high, so it reads nothing. */
const loadHighestNumbers = async (
  { location, number, claim, admission }: SubmittedVoucher,
  { ledger }: LoadContextDeps,
) => {
  const highestRecorded = new Map<VoucherNumber, VoucherNumber>();
  for (const high of admission.way === 'live' ? numbersToVerify([number, ...declaredNumbers(claim)]) : []) {
    const highest = await ledger.highest(location, high);
    if (highest) highestRecorded.set(high, highest);
  }
  return { highestRecorded };
};

/** Reads returned quantities last: nothing else is newer. */
const loadReversalContext = async (location: LocationId, of: VoucherNumber, deps: LoadContextDeps) => {
  const { returnedQuantities, ledger, requests, transfers } = deps;
  const found = isLedgerKind(partsOf(of).kind) ? await ledger.find(location, of) : undefined;
  const { request } = found ? claimReferences(found.claim) : {};
  const issuedOn = request && (await loadRequest(location, request, requests));
  const dispatch = found && transferOf(found);
  const transfer = dispatch && (await transfers.find(dispatch));
  const before = await returnedQuantities.find(location, of);
  const waited = found && before.pendingReturns.length > 0 ? await ledger.several(location, before.pendingReturns) : [];
  const returned = found && (await loadReturnContext(found, before, returnedQuantities));
  const isAwaited = !found && isSaleNumber(of);
  const seller = isAwaited ? await deps.registry.entry('terminals', partsOf(of).terminal) : undefined;
  const soldAt = seller?.entry.location;
  const sold = soldAt && { soldAt, ...(soldAt !== location && (await loadSaleLocation(soldAt, deps))) };
  const early = { sale: found, returns: waited };
  const fromPending = waited.length > 0 && {
    unbilled: unbilledQuantities(early),
    roundedPending: roundingOf(early),
  };
  return {
    reversal: {
      ...before,
      ...sold,
      original: found && !returned ? reversibleVoucherOf(found) : undefined,
      ...fromPending,
    },
    ...(returned && { reversedReturn: returned }),
    ...(issuedOn && { request: issuedOn }),
    ...(transfer && { transfer }),
  };
};

const loadSaleLocation = async (soldAt: LocationId, { registry, clock }: LoadContextDeps) => {
  const found = await registry.entry(locationKind(soldAt), soldAt);
  if (!found) return undefined;
  const { entry } = found;
  return { soldThere: { name: entry.name, endsFrom: endOf(entry), hasEnded: !isOpenAt(entry, clock.now()) } };
};

const loadReturnContext = async (
  voucher: Voucher,
  own: ReturnContext['own'],
  { find }: ReturnedQuantityStore,
): Promise<ReturnContext | undefined> => {
  const { claim, outcome, location } = voucher;
  if (!isReversal(claim) || !('moved' in outcome)) return undefined;
  return { claim, outcome, own, sale: await find(location, claim.of) };
};

const loadRequest = async (location: LocationId, number: VoucherNumber, requests: RequestStore) => {
  const request = await requests.find(number);
  return request?.depot === location ? request : undefined;
};
