import { sumOf } from '../shared/kernel/quantity.ts';
import type { AllocationRun, Allotment } from '../shared/materials/allocation.ts';
import type { DemoDay } from './demo-day/play.ts';
import type { DemoEvening } from './demo-evening/play.ts';
import type { DemoMaterials } from './demo-materials/play.ts';

const kg = (grams: number): string => `${(grams / 1000).toLocaleString('en-IN', { maximumFractionDigits: 3 })} kg`;

export const reportMaterials = ({ run, record, ...rest }: DemoMaterials): string => {
  const { isRight, collected, absent, differences, sentence, seconds } = rest;
  const issued = sumOf(collected.flatMap(({ request }) => request.lines.map((line) => line.issued)));
  const by = (proof: string) => collected.filter((one) => one.proof === proof).length;
  return `${run ? renderRun(run, record, isRight) : '\nNobody asks the depot for bamboo today.\n'}
  collected now           ${collected.length}, ${kg(issued)}; ${absent} did not come
  confirmed               ${by('code')} by code, ${by('signature')} by signature
  shelf, requests and passbooks differ ${differences.length === 0 ? 'nowhere' : `in ${differences.join(', ')}`}; all in ${seconds.toFixed(1)} s
${sentence ? `\n  One was told: ${sentence.en}\n                ${sentence.hi}\n` : ''}`;
};

const renderRun = (run: AllocationRun, record: readonly Allotment[], isRight: boolean): string => {
  const [bamboo] = run.materials;
  return `
The bamboo of ${run.depot} on ${run.day}

  makers who asked        ${bamboo?.producers}, for ${kg(sumOf(record.map(({ asked }) => asked)))} in all
  free                    ${kg(bamboo?.free ?? 0)}, of which ${kg(bamboo?.taken ?? 0)} shared by entitlement
  served whole            ${record.filter(({ share, asked }) => share === asked).length}
  reckoned again          ${isRight ? 'from its record: the same' : 'NOT THE SAME'}`;
};

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

export const reportEvening = (evening: DemoEvening): string => {
  const { from, to, name, syncOutcomes, counted, settled, mismatches, over, vouchers, drifts, shelf, other } = evening;
  const [first = [], second = []] = syncOutcomes;
  const many = (outcomes: readonly string[], which: string) => outcomes.filter((one) => one === which).length;
  const isRight = shelf.truly === shelf.book && other.truly === other.book;
  return `
An evening at ${from}: two phones, one of them without a link

  sold without a link     3 ${name}; brought later: ${many(first, 'recorded')} recorded; sent again: ${many(second, 'repeated')} repeated, ${many(second, 'recorded')} doubled
  counted meanwhile       ${counted}, by the other phone, which sold one before and one after
  not to be admitted      ${many(first, 'held')} held, with an item that nobody knows; an officer looked at it: ${settled}
  came back               1, and its money was given back
  sent to ${to.padEnd(15)} 3, of which 2 came in two deliveries: ${mismatches === 1 ? 'the district is told, once' : `TOLD ${mismatches} TIMES`}
  shifts closed           2, their tills ${over.every((amount) => amount === 0) ? 'right to the paisa' : `OFF BY ${over.join(', ')} PAISE`}
  audit of both stalls    ${vouchers} vouchers, ${drifts === 0 ? 'no drift' : `${drifts} DRIFTS`}
  truth and book          ${isRight ? `the same: ${shelf.book} here, ${other.book} there` : `DIFFER: ${shelf.truly} and ${shelf.book} here, ${other.truly} and ${other.book} there`}
`;
};
