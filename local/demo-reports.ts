import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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
  return `${run ? renderRun(run, record, isRight) : '\nNo material request is open at the depot today.\n'}
  issued today            ${collected.length}, ${kg(issued)}; ${absent} not collected
  confirmed               ${by('code')} by code, ${by('signature')} by signature
  stock, requests and passbooks differ ${differences.length === 0 ? 'nowhere' : `in ${differences.join(', ')}`}; all in ${seconds.toFixed(1)} s
${sentence ? `\n  Message to a producer: ${sentence.en}\n                         ${sentence.hi}\n` : ''}`;
};

const renderRun = (run: AllocationRun, record: readonly Allotment[], isRight: boolean): string => {
  const [bamboo] = run.materials;
  return `
Allocation of bamboo at ${run.depot} on ${run.day}

  producers               ${bamboo?.producers}, for ${kg(sumOf(record.map(({ asked }) => asked)))} requested
  free                    ${kg(bamboo?.free ?? 0)}, of which ${kg(bamboo?.taken ?? 0)} shared by entitlement
  received all requested  ${record.filter(({ share, asked }) => share === asked).length}
  computed again          ${isRight ? 'from the stored run: the same' : 'NOT THE SAME'}`;
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
  refused, too little stock ${answered('INSUFFICIENT_STOCK')}
  numbers spoiled         ${sumOf(phones.map(({ spoiled }) => spoiled.size))}, recorded as cancelled
  phones and ledger differ ${differences.length === 0 ? 'nowhere' : `in ${differences.join(', ')}`}
  alerts open there       ${alerts}
`;
};

/** Puts a bill of the day as a PDF into `folder`, and names the page that its code opens. */
export const printBill = async (url: string, token: string, { phones }: DemoDay, folder: string): Promise<string> => {
  const phone = phones.find(({ sold }) => sold.size > 0);
  const [number, sale] = [...(phone?.sold ?? [])][0] ?? [];
  if (!phone || !number || !sale) return '';
  const answer = await fetch(`${url}/locations/${phone.location}/vouchers/${number}/bill`, {
    headers: { authorization: `Bearer ${token}`, accept: 'application/pdf', 'accept-language': 'hi' },
  });
  if (!answer.ok) return `  a bill was not printed   ${await answer.text()}\n`;
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'bill.pdf');
  await writeFile(file, new Uint8Array(await answer.arrayBuffer()));
  return `  a bill to print         ${file}
  its code opens          ${url}/about/${sale.lines[0]?.item}
`;
};

export const reportEvening = (evening: DemoEvening): string => {
  const { from, to, name, syncOutcomes, counted, settled, mismatches, over, vouchers, drifts, shelf, other } = evening;
  const [first = [], second = []] = syncOutcomes;
  const many = (outcomes: readonly string[], which: string) => outcomes.filter((one) => one === which).length;
  const isRight = shelf.truly === shelf.book && other.truly === other.book;
  return `
An evening at ${from}: two phones, one of them without a link

  sold without a link     3 ${name}; synced later: ${many(first, 'recorded')} recorded; synced again: ${many(second, 'repeated')} repeated, ${many(second, 'recorded')} recorded twice
  counted meanwhile       ${counted}, on the other phone, which sold one before and one after
  held                    ${many(first, 'held')}, with an unknown item; an officer settled it: ${settled}
  returned                1, with a refund
  sent to ${to.padEnd(15)} 3, of which 2 arrived in two receipts: ${mismatches === 1 ? 'one alert to the district' : `${mismatches} ALERTS`}
  shifts closed           2, their tills ${over.every((amount) => amount === 0) ? 'right to the paisa' : `OFF BY ${over.join(', ')} PAISE`}
  reconciliation          ${vouchers} vouchers, ${drifts === 0 ? 'no drift' : `${drifts} DRIFTS`}
  stock and ledger        ${isRight ? `the same: ${shelf.book} here, ${other.book} there` : `DIFFER: ${shelf.truly} and ${shelf.book} here, ${other.truly} and ${other.book} there`}
`;
};
