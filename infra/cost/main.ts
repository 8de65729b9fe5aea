// npm run cost: rupees a month by part. Options: inputs by name, --rupees-a-dollar, --gst, --write.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { costPage, MONEY } from './cost-page.ts';
import { INPUT_NAMES, type InputName, inputValues } from './inputs.ts';

const PAGE = new URL('../../docs/cost.md', import.meta.url);

const text = { type: 'string' } as const;
const options = {
  ...Object.fromEntries(INPUT_NAMES.map((name) => [name, text])),
  'rupees-a-dollar': text,
  gst: text,
  write: { type: 'boolean' },
} as const;

const fail = (message: string): never => {
  console.error(message);
  process.exit(1);
};

const readOptions = () => {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    return fail(`${(error as Error).message}\nThe options are listed in docs/cost.md, under Inputs.`);
  }
};
const values = readOptions();

const numberOf = (name: string, otherwise: number): number => {
  const given = (values as Record<string, unknown>)[name];
  if (given === undefined) return otherwise;
  const number = Number(given);
  const isNumber = String(given).trim() !== '' && Number.isFinite(number) && number >= 0;
  return isNumber ? number : fail(`--${name} must be a number of at least 0 (got ${given}).`);
};

const standard = inputValues();
const given = Object.fromEntries(INPUT_NAMES.map((name) => [name, numberOf(name, standard[name])]));
const money = { rupees: numberOf('rupees-a-dollar', MONEY.rupees), gst: numberOf('gst', MONEY.gst) };
const page = costPage(given as Record<InputName, number>, money);

if (values.write) writeFileSync(PAGE, page.text);
else console.log(page.text);
