import type { LocationId } from '../kernel/ids.ts';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';
import type { HeldId, HeldVoucher } from './held.ts';
import { ledgerKey } from './ledger-keys.ts';

/**
 * Under the voucher's own key, where an officer settled a held voucher without recording it: one attribute
 * for each claim that was settled so. The condition that a voucher is written under anyway then refuses that
 * claim, at no cost to any other. Another claim under the number takes the marker's place.
 */
const attributeOf = (held: HeldId): string => `settled-${held.split('-')[1]}`;

type Item = Record<string, unknown>;

export const isSettledMarker = (item: unknown): boolean =>
  typeof item === 'object' && item !== null && 'unrecorded' in item;

/** That the book has no voucher under a key. */
export const NO_VOUCHER_CONDITION = '(attribute_not_exists(daybook) OR attribute_exists(unrecorded))';

/** That the book has none, and that this claim was not settled otherwise. */
export const unsettledCondition = (held: HeldId) => ({
  ConditionExpression: `${NO_VOUCHER_CONDITION} AND attribute_not_exists(#settled)`,
  ExpressionAttributeNames: { '#settled': attributeOf(held) },
});

/** Markers are in no list of vouchers. */
export const VOUCHERS_ONLY_FILTER = { FilterExpression: 'attribute_not_exists(unrecorded)' };

/** Settled without a voucher, as long as the book has none. */
export const settledMarkerUpdate = (TableName: string, { location, number, held, state }: HeldVoucher) => ({
  TableName,
  Key: ledgerKey(location, number),
  UpdateExpression: 'SET unrecorded = :true, #settled = :state',
  ConditionExpression: NO_VOUCHER_CONDITION,
  ExpressionAttributeNames: { '#settled': attributeOf(held) },
  ExpressionAttributeValues: { ':true': true, ':state': state },
});

/** Why this claim is not recorded, if an officer settled it. */
export const refusalOfMarker = (marker: Item, of: { held: HeldId; number: VoucherNumber; location: LocationId }) => {
  const state = marker[attributeOf(of.held)];
  return typeof state === 'string' ? refuseSettled(of, state) : undefined;
};

export const refuseSettled = ({ number }: Pick<HeldVoucher, 'number'>, state: string): Refusal =>
  refuse('HELD_STATE', `${number} was held, and an officer settled it: it is ${state}.`, { state });
