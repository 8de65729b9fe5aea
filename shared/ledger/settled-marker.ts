import type { Place } from '../kernel/ids.ts';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';
import type { Held, HeldId } from './held.ts';
import { ledgerKey } from './ledger-keys.ts';

/**
 * Under the voucher's own key, where an officer settled a held voucher without recording it: one attribute
 * for each claim that was settled so. The condition that a voucher is written under anyway then refuses that
 * claim, at no cost to any other. Another claim under the number takes the marker's place.
 */
const attributeOf = (held: HeldId): string => `settled-${held.split('-')[1]}`;

type Item = Record<string, unknown>;

export const isMarker = (item: unknown): boolean => typeof item === 'object' && item !== null && 'unrecorded' in item;

/** That the book has no voucher under a key. */
export const NO_VOUCHER = '(attribute_not_exists(daybook) OR attribute_exists(unrecorded))';

/** That the book has none, and that this claim was not settled otherwise. */
export const unsettled = (held: HeldId) => ({
  ConditionExpression: `${NO_VOUCHER} AND attribute_not_exists(#settled)`,
  ExpressionAttributeNames: { '#settled': attributeOf(held) },
});

/** Markers are in no list of vouchers. */
export const VOUCHERS_ONLY = { FilterExpression: 'attribute_not_exists(unrecorded)' };

/** Settled without a voucher, as long as the book has none. */
export const settledMarker = (TableName: string, { location, number, held, state }: Held) => ({
  TableName,
  Key: ledgerKey(location, number),
  UpdateExpression: 'SET unrecorded = :true, #settled = :state',
  ConditionExpression: NO_VOUCHER,
  ExpressionAttributeNames: { '#settled': attributeOf(held) },
  ExpressionAttributeValues: { ':true': true, ':state': state },
});

/** Why this claim is not recorded, if an officer settled it. */
export const settledIn = (marker: Item, of: { held: HeldId; number: VoucherNumber; location: Place }) => {
  const state = marker[attributeOf(of.held)];
  return typeof state === 'string' ? alreadySettled(of, state) : undefined;
};

export const alreadySettled = ({ number }: Pick<Held, 'number'>, state: string): Refusal =>
  refuse('HELD_STATE', `${number} was held, and an officer settled it: it is ${state}.`, { state });
