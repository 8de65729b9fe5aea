import { DEPOT_TERMS } from '../../shared/replenishment/lead-time.ts';

const logFactorial = (n: number): number => {
  let sum = 0;
  for (let k = 2; k <= n; k++) sum += Math.log(k);
  return sum;
};

/**
 * Probability that issues exceed a multiple of their mean (Poisson arrivals, exponential sizes).
 */
const risk = (aDay: number, days: number, times: number): number => {
  const mean = aDay * days;
  const much = times * mean;
  let [tail, sum] = [0, 0];
  for (let n = 1; n < mean + 12 * Math.sqrt(mean) + 30; n++) {
    tail += Math.exp(-much + (n - 1) * Math.log(much) - logFactorial(n - 1));
    sum += Math.exp(-mean + n * Math.log(mean) - logFactorial(n)) * Math.min(1, tail);
  }
  return sum;
};

/** The multiple with 5 % risk. */
const timesFor = (aDay: number, days: number): number => {
  let [low, high] = [1, 20];
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (risk(aDay, days, middle) > 0.05) low = middle;
    else high = middle;
  }
  return high;
};

const { safetyFactor: times, reviewDays: review } = DEPOT_TERMS;
console.log(`| lead and review | issues a day | risk of a cycle at ${times} times | times for a risk of 5 % |`);
console.log('| --- | --- | --- | --- |');
for (const days of [7 + review, 14 + review])
  for (const aDay of [0.1, 0.25, 1, 4, 12])
    console.log(
      `| ${days} days | ${aDay} | ${(100 * risk(aDay, days, times)).toFixed(1)} % | ${timesFor(aDay, days).toFixed(2)} |`,
    );
