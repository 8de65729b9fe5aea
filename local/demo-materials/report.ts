import { sumOf } from '../../shared/domain/quantity.ts';
import type { Materials } from './play.ts';

const kg = (grams: number): string => `${(grams / 1000).toLocaleString('en-IN', { maximumFractionDigits: 3 })} kg`;

/** What happened, as a person reads it. */
export const reportMaterials = ({ run, record, ...rest }: Materials): string => {
  const { isRight, collected, absent, differences, told, seconds } = rest;
  const [bamboo] = run.materials;
  const issued = sumOf(collected.flatMap(({ request }) => request.lines.map((line) => line.issued)));
  const by = (proof: string) => collected.filter((one) => one.proof === proof).length;
  return `
The bamboo of ${run.depot} on ${run.day}, in ${seconds.toFixed(1)} s

  makers who asked        ${bamboo?.producers}, for ${kg(sumOf(record.map(({ asked }) => asked)))} in all
  free                    ${kg(bamboo?.free ?? 0)}, of which ${kg(bamboo?.taken ?? 0)} shared by entitlement
  served whole            ${record.filter(({ share, asked }) => share === asked).length}
  reckoned again          ${isRight ? 'from its record: the same' : 'NOT THE SAME'}
  collected now           ${collected.length}, ${kg(issued)}; ${absent} did not come
  confirmed               ${by('code')} by code, ${by('signature')} by signature
  shelf, requests and passbooks differ ${differences.length === 0 ? 'nowhere' : `in ${differences.join(', ')}`}
${told ? `\n  One was told: ${told.en}\n                ${told.hi}\n` : ''}`;
};
