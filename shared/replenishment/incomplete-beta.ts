/** ln √(2π) */
const HALF_LOG_TWO_PI = 0.9189385332046728;

/** Lanczos, g = 7, n = 9: ln Γ(x) to 15 digits, x > 0. */
const LANCZOS = [
  0.9999999999998099, 676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
];
const logGamma = (x: number): number => {
  const shifted = x - 1;
  const t = shifted + 7.5;
  const series = LANCZOS.reduce((sum, term, at) => (at === 0 ? term : sum + term / (shifted + at)), 0);
  return HALF_LOG_TWO_PI + (shifted + 0.5) * Math.log(t) - t + Math.log(series);
};

/** Error of Stirling's formula for ln Γ(x + 1); avoids cancellation. */
const stirlingError = (x: number): number => {
  if (x < 15) return logGamma(x + 1) - (x + 0.5) * Math.log(x) + x - HALF_LOG_TWO_PI;
  const s = x * x;
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / s) / s) / s) / s) / x;
};

/** x ln(x / mean) + mean - x, also exact near the mean (Loader 2000). */
const deviance = (x: number, mean: number): number => {
  const far = (x - mean) / (x + mean);
  if (Math.abs(far) >= 0.1) return x * Math.log(x / mean) + mean - x;
  let sum = (x - mean) * far;
  let power = 2 * x * far;
  for (let odd = 3; odd < 1000; odd += 2) {
    power *= far * far;
    const next = sum + power / odd;
    if (next === sum) break;
    sum = next;
  }
  return sum;
};

/** x^a (1-x)^b / B(a, b) by saddle point. */
const density = (a: number, b: number, x: number, rest: number): number => {
  const n = a + b;
  const log =
    stirlingError(n) -
    stirlingError(a) -
    stirlingError(b) -
    deviance(a, n * x) -
    deviance(b, n * rest) -
    HALF_LOG_TWO_PI -
    0.5 * (Math.log(a) + Math.log(b) - Math.log(n));
  return ((a * b) / n) * Math.exp(log);
};

const TINY = 1e-300;
const awayFromZero = (x: number): number => (Math.abs(x) < TINY ? TINY : x);

/** Lentz's method, about √max(a, b) steps. */
const continuedFraction = (a: number, b: number, x: number): number => {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let product = d;
  for (let m = 1; m < 200_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    product *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    product *= d * c;
    if (Math.abs(d * c - 1) < 1e-14) break;
  }
  return product;
};

/** Regularised I_x(a, b). `rest` is 1 - x, separate for precision near 1. */
export const incompleteBeta = (a: number, b: number, x: number, rest: number): number => {
  if (x <= 0) return 0;
  if (rest <= 0) return 1;
  const front = density(a, b, x, rest);
  return x < (a + 1) / (a + b + 2)
    ? (front * continuedFraction(a, b, x)) / a
    : 1 - (front * continuedFraction(b, a, rest)) / b;
};
