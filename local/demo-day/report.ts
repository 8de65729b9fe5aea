import { sumOf } from '../../shared/kernel/quantity.ts';
import type { DemoDay } from './play.ts';

export const reportDay = ({ phones, lost, differences, alerts, seconds }: DemoDay): string => {
  const answered = (what: string) => sumOf(phones.map(({ answers }) => answers.get(what) ?? 0));
  const amounts = phones.flatMap(({ sold }) => [...sold.values()].map(({ amount }) => amount));
  const rupees = Math.round(sumOf(amounts) / 100).toLocaleString('en-IN');
  return `
A trading day over ${phones.length} outlets, in ${seconds.toFixed(1)} s

  sales recorded          ${amounts.length}, worth ₹${rupees}
  recorded by this answer ${answered('201')}
  repeats recognised      ${answered('200')}
  requests or answers lost ${lost}, each sent again
  refused, too little     ${answered('INSUFFICIENT_STOCK')}
  numbers spoiled         ${sumOf(phones.map(({ spoiled }) => spoiled.size))}, recorded as cancelled
  phones and book differ  ${differences.length === 0 ? 'nowhere' : `in ${differences.join(', ')}`}
  alerts open there now   ${alerts}
`;
};
