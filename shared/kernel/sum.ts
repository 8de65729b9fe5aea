import * as z from 'zod';

/**
 * An exact sum of money: a `number` up to 2^53, a `bigint` beyond, so that equal sums compare with
 * `===`.
 */
export type Sum = number | bigint;

const isSum = (value: unknown): value is Sum =>
  typeof value === 'bigint' ? !isSafeInteger(value) : typeof value === 'number' && Number.isSafeInteger(value);

const isSafeInteger = (value: bigint): boolean =>
  value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER);

export const Sum = z.custom<Sum>(isSum, 'a sum is a whole number').meta({ type: 'integer' });

export const NonNegativeSum = z
  .custom<Sum>((value) => isSum(value) && value >= 0, 'a sum is a whole number, not below 0')
  .meta({ type: 'integer', minimum: 0 });

export const toSum = (value: bigint): Sum => (isSafeInteger(value) ? Number(value) : value);

/** Exact in any order. Fractions, such as parts of a day, must be numbers. */
export const addUp = (sums: Iterable<Sum>): Sum => {
  let small = 0;
  let large = 0n;
  for (const sum of sums) {
    if (typeof sum === 'bigint') large += sum;
    else if (Math.abs(small + sum) <= Number.MAX_SAFE_INTEGER) small += sum;
    else [small, large] = [0, large + BigInt(small) + BigInt(sum)];
  }
  return large === 0n ? small : toSum(large + BigInt(small));
};

export const negate = (sum: Sum): Sum => (sum === 0 ? 0 : -sum);

export const subtract = (from: Sum, sum: Sum): Sum => addUp([from, negate(sum)]);

export const multiply = (one: Sum, other: Sum): Sum => toSum(BigInt(one) * BigInt(other));

/** `under` must be positive. Rounds a half up, as `Math.round` does. */
export const divide = (over: Sum, under: Sum): Sum => {
  const twice = 2n * BigInt(over) + BigInt(under);
  const by = 2n * BigInt(under);
  const whole = twice / by;
  return toSum(twice < 0n && whole * by !== twice ? whole - 1n : whole);
};

/** DynamoDB stores 38 digits, also in exponent form. Integers beyond 2^53 become a `bigint`. */
export const parseNumber = (text: string): Sum => {
  const number = Number(text);
  if (Math.abs(number) <= Number.MAX_SAFE_INTEGER) return number;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]\+?(\d+))?$/.exec(text) ?? [];
  const zeros = Number(exponent) - fraction.length;
  return zeros < 0 || whole === '' ? number : BigInt(`${sign}${whole}${fraction}${'0'.repeat(zeros)}`);
};
