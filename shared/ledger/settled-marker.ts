import type { LocationId } from '../kernel/ids.ts';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';
import type { HeldId, HeldVoucher } from './held.ts';
import { ledgerKey } from './voucher-item.ts';

/**
 * The marker holds one attribute per claim settled without recording. Each voucher write's
 * condition refuses these claims at no extra cost. A voucher with another claim replaces the
 * marker.
 */
const attributeOf = (held: HeldId): string => `settled-${held.split('-')[1]}`;

type Item = Record<string, unknown>;

export const isSettledMarker = (item: unknown): boolean =>
  typeof item === 'object' && item !== null && 'unrecorded' in item;

export const NO_VOUCHER_CONDITION = '(attribute_not_exists(daybook) OR attribute_exists(unrecorded))';

export const unsettledCondition = (held: HeldId) => ({
  ConditionExpression: `${NO_VOUCHER_CONDITION} AND attribute_not_exists(#settled)`,
  ExpressionAttributeNames: { '#settled': attributeOf(held) },
});

/** Keeps markers out of voucher lists. */
export const VOUCHERS_ONLY_FILTER = { FilterExpression: 'attribute_not_exists(unrecorded)' };

/** Fails if a voucher is recorded. */
export const settledMarkerUpdate = (TableName: string, { location, number, held, state }: HeldVoucher) => ({
  TableName,
  Key: ledgerKey(location, number),
  UpdateExpression: 'SET unrecorded = :true, #settled = :state',
  ConditionExpression: NO_VOUCHER_CONDITION,
  ExpressionAttributeNames: { '#settled': attributeOf(held) },
  ExpressionAttributeValues: { ':true': true, ':state': state },
});

export const refusalOfMarker = (marker: Item, of: { held: HeldId; number: VoucherNumber; location: LocationId }) => {
  const state = marker[attributeOf(of.held)];
  return typeof state === 'string' ? refuseSettled(of, state) : undefined;
};

const refuseSettled = ({ number }: Pick<HeldVoucher, 'number'>, state: string): Refusal =>
  refuse('HELD_STATE', `${number} was held, and an officer settled it: it is ${state}.`, { state });
