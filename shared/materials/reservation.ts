import type { ItemId } from '../kernel/ids.ts';
import { sumOf } from '../kernel/quantity.ts';
import { isRefusal, type Refusal } from '../kernel/refusal.ts';
import { type Day, type Instant, millisecondsOf } from '../kernel/time.ts';
import type { StockRow } from '../stock/stock.ts';
import { CONFIRMATION_DAYS } from './confirmation.ts';
import { seasonOf } from './entitlement-account.ts';
import {
  applyTransition,
  lastTransitionAt,
  type MaterialRequest,
  reservedQuantitiesOf,
  type TransitionDetails,
} from './material-request.ts';
import { accountChangesOf, type RequestEffects } from './request-transitions.ts';

const MILLISECONDS_PER_DAY = 24 * 3_600_000;

/** A partial issue starts them anew. */
export const COLLECTION_DAYS = 7;

export const collectionDeadlineOf = (day: Day): Day =>
  new Date(Date.parse(day) + (COLLECTION_DAYS - 1) * MILLISECONDS_PER_DAY).toISOString().slice(0, 10) as Day;

const hasElapsed = (since: Instant | undefined, days: number, now: Instant): boolean =>
  since !== undefined && millisecondsOf(now) - millisecondsOf(since) >= days * MILLISECONDS_PER_DAY;

export const isUncollected = (request: MaterialRequest, now: Instant): boolean =>
  reservedQuantitiesOf(request).size > 0 &&
  hasElapsed(lastTransitionAt(request, 'approve', 'allocate', 'issue'), COLLECTION_DAYS, now);

/** Beyond the day it was needed, or beyond its season. */
export const isTooLate = ({ state, neededBy, season }: MaterialRequest, today: Day): boolean =>
  state === 'submitted' && (neededBy < today || season < seasonOf(today));

export const isUnconfirmed = (request: MaterialRequest, now: Instant): boolean =>
  request.state === 'issued' && hasElapsed(firstUnconfirmed(request), CONFIRMATION_DAYS, now);

/** Later issues do not restart the days. */
const firstUnconfirmed = ({ history }: MaterialRequest): Instant | undefined =>
  history.slice(history.findLastIndex(({ did }) => did === 'confirm') + 1).find(({ did }) => did === 'issue')?.at;

type ShelfStock = ReadonlyMap<ItemId, Pick<StockRow, 'onHand' | 'free'>>;

type ServableQuantity = { readonly item: ItemId; readonly quantity: number };

/** As if it were the only request. */
export const servableQuantities = (
  request: MaterialRequest,
  shelf: ShelfStock,
  leftOf: (item: ItemId) => number,
): ServableQuantity[] => {
  if (request.state === 'submitted')
    return request.lines.map(({ item, asked }) => ({
      item,
      quantity: limitTo(asked, shelf.get(item)?.free, leftOf(item)),
    }));
  return [...reservedQuantitiesOf(request)].map(([item, reserved]) => ({
    item,
    quantity: limitTo(reserved, shelf.get(item)?.onHand),
  }));
};

const limitTo = (wanted: number, inStock = 0, left = wanted): number => Math.max(0, Math.min(wanted, inStock, left));

export type ReservationLoss = { readonly request: MaterialRequest; readonly quantity: number };

/** The latest reservation loses first; within one run, the latest request. */
export const lossesOf = (item: ItemId, missing: number, requests: readonly MaterialRequest[]): ReservationLoss[] => {
  let left = missing;
  return latestFirst(requests).flatMap((request) => {
    const quantity = Math.min(left, reservedQuantitiesOf(request).get(item) ?? 0);
    left -= quantity;
    return quantity > 0 ? [{ request, quantity }] : [];
  });
};

/** All of a run count as old as its first, because it shared at once. */
const latestFirst = (requests: readonly MaterialRequest[]): MaterialRequest[] => {
  const reservations = requests.map((request) => ({ request, ...lastReservationOf(request) }));
  const startOfRun = new Map<Day, string>();
  for (const { at = '', run } of reservations) if (run && at < (startOfRun.get(run) ?? '~')) startOfRun.set(run, at);
  return reservations
    .map(({ request, at, run }) => {
      const since = (run && startOfRun.get(run)) ?? at;
      return { request, order: `${since}#${request.submittedAt}#${request.request}` };
    })
    .toSorted((a, b) => (a.order < b.order ? 1 : -1))
    .map(({ request }) => request);
};

const lastReservationOf = ({ history }: MaterialRequest) =>
  history.findLast(({ did }) => did === 'approve' || did === 'allocate');

/** All is lost and nothing was issued: it waits again. */
export const isTotalLoss = ({ request, quantity }: ReservationLoss): boolean =>
  request.state === 'approved' && sumOf(reservedQuantitiesOf(request).values()) === quantity;

/** Conditional on stock that far below zero. */
export const reduceReservation = (
  { request, quantity }: ReservationLoss,
  item: ItemId,
  details: TransitionDetails,
): RequestEffects | Refusal => {
  const reserved = new Map([[item, -quantity]]);
  const next = applyTransition(request, isTotalLoss({ request, quantity }) ? 'requeue' : 'reduce', details, reserved);
  if (isRefusal(next)) return next;
  return {
    request: next,
    stock: [{ item, onHand: 0, free: quantity, requires: { freeAtMost: -quantity } }],
    accounts: accountChangesOf(reserved),
  };
};
