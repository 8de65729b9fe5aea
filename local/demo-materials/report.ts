import { sumOf } from '../../shared/kernel/quantity.ts';
import type { AllocationRun, Allotment } from '../../shared/materials/allocation.ts';
import type { DemoMaterials } from './play.ts';

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
