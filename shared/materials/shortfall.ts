import type { ItemId } from '../kernel/ids.ts';
import { sumOf } from '../kernel/quantity.ts';
import { isRefusal, type Refusal } from '../kernel/refusal.ts';
import type { Day } from '../kernel/time.ts';
import {
  applyTransition,
  type MaterialRequest,
  reservedQuantitiesOf,
  type TransitionDetails,
} from './material-request.ts';
import { accountChangesOf, type RequestEffects } from './request-transitions.ts';

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
