import type { Day } from '../kernel/time.ts';

export const MAX_EARLIER_VALUES = 20;

/** `value` applies from `from`, or always; an earlier one from its own day until the next. */
export type DatedField<Value> = {
  readonly value: Value;
  readonly from: Day | undefined;
  readonly earlier: readonly EarlierValue<Value>[];
};
type EarlierValue<Value> = { readonly from?: Day | undefined; readonly value: Value };

export const isInDateOrder = (earlier: readonly { readonly from?: Day | undefined }[]): boolean =>
  earlier.every(({ from }, at) => at === 0 || (from !== undefined && from > (earlier[at - 1]?.from ?? '')));

export const NOT_IN_DATE_ORDER = 'earlier values must be in date order, and only the first may have no date';

/** The value on a day; before the first known day, the first value. */
export const valueOn = <Value>({ value, from, earlier }: DatedField<Value>, day: Day): Value => {
  const all = [...earlier, { from, value }];
  return (all.findLast((one) => one.from === undefined || one.from <= day) ?? all[0] ?? { value }).value;
};

/**
 * The field after an officer's edit. The same value without a day keeps its history. Another
 * applies from its day, or today. Explicit earlier values replace the history.
 */
export const changeField = <Value>(
  edited: DatedField<Value> & { readonly isHistory: boolean },
  stored: DatedField<Value>,
  today: Day,
  same: (one: Value, other: Value) => boolean,
): DatedField<Value> => {
  if (edited.isHistory) return edited;
  const isSame = same(edited.value, stored.value);
  if (isSame && (edited.from === undefined || edited.from === stored.from)) return stored;
  const from = edited.from ?? today;
  const all = [...stored.earlier, { from: stored.from, value: stored.value }];
  const earlier = all.filter((one) => one.from === undefined || one.from < from).slice(-MAX_EARLIER_VALUES);
  return {
    value: edited.value,
    from,
    earlier: isSame ? earlier.filter(({ value }) => !same(value, edited.value)) : earlier,
  };
};
