import type { LocationId } from '../kernel/ids.ts';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';
import type { HeldId, HeldVoucher } from './held.ts';
import { ledgerKey } from './ledger-keys.ts';

/**
 * A marker under the voucher's own key, where an officer settled a held voucher without recording
 * it: one attribute per settled claim. The condition of every voucher write then refuses that claim
 * at no extra cost. A voucher with another claim replaces the marker.
 */
const attributeOf = (held: HeldId): string => `settled-${held.split('-')[1]}`;

type Item = Record<string, unknown>;

export const isSettledMarker = (item: unknown): boolean =>
  typeof item === 'object' && item !== null && 'unrecorded' in item;

/** The condition that no voucher is recorded under a key. */
export const NO_VOUCHER_CONDITION = '(attribute_not_exists(daybook) OR attribute_exists(unrecorded))';

/** The same, and that this claim was not settled without a voucher. */
export const unsettledCondition = (held: HeldId) => ({
  ConditionExpression: `${NO_VOUCHER_CONDITION} AND attribute_not_exists(#settled)`,
  ExpressionAttributeNames: { '#settled': attributeOf(held) },
});

/** Leaves markers out of lists of vouchers. */
export const VOUCHERS_ONLY_FILTER = { FilterExpression: 'attribute_not_exists(unrecorded)' };

/** Sets the marker, as long as no voucher is recorded. */
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

const refuseSettled = ({ number }: Pick<HeldVoucher, 'number'>, state: string): Refusal =>
  refuse('HELD_STATE', `${number} was held, and an officer settled it: it is ${state}.`, { state });
