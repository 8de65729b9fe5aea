import { METRIC_NAMES } from '../../shared/platform/metric-names.ts';
import { billOf, effectsOf, totalOf, usageOf } from './bill.ts';
import { capacityTable } from './capacity-table.ts';
import { INPUT_NAMES, INPUTS, type InputValues, inputValues } from './inputs.ts';
import { PRICES, type Price } from './prices.ts';
import { templateFacts } from './template-facts.ts';

/** Rupees of a dollar, and AWS India's GST. */
export type Money = { readonly rupees: number; readonly gst: number };

export const MONEY: Money = { rupees: 90, gst: 0.18 };

const rupees = (amount: number): string => amount.toLocaleString('en-IN', { maximumFractionDigits: 0 });
const figure = (amount: number): string =>
  amount.toLocaleString('en-IN', { maximumFractionDigits: amount < 100 ? 2 : 0 });

const table = ([head = [], ...rows]: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const EVIDENCE: Record<Price['verified'], string> = {
  record: 'a public record of the price list',
  page: 'a stored copy of the page',
  no: '**not verified**',
};

const dollarsOf = ({ dollars, per }: Price): string =>
  `$${dollars}${per === 1 ? '' : ` / ${per.toLocaleString('en-IN')}`}`;

/** The report of `npm run cost`; docs/cost.md has the same text. */
export const costPage = (given: InputValues = inputValues(), { rupees: rate, gst }: Money = MONEY) => {
  const measured = { table: capacityTable(), facts: templateFacts(), metrics: METRIC_NAMES.length };
  const bill = billOf(usageOf(given, measured), PRICES);
  const total = totalOf(bill);
  const unverified = bill.filter(({ price }) => PRICES[price].verified === 'no');
  const doubt = totalOf(unverified) / total;
  const effects = effectsOf(given, PRICES, measured).slice(0, 15);
  const sales = given.outlets * given.sales * given.days;
  const text = `# What a month costs

\`npm run cost\` makes this page; \`test/infra/cost.test.ts\` fails if it is stale. Units come from
[capacity.md](capacity.md), memory, alarms and queues from the stacks, the rest from the inputs
below. Free tiers are not deducted. Nothing was deployed, so nothing here is a bill that was paid.

**₹${rupees(total * rate)} a month** for ${rupees(given.outlets)} outlets with ${given.sales} sales a day, ₹${rupees(total * rate * (1 + gst))} with ${100 * gst} % GST: $${figure(total)}
at ₹${rate} a dollar, ${figure((total * rate * 100) / sales)} paise a sale. ${figure(100 * doubt)} % of it stands on prices that we could not verify.
Another rate: \`npm run cost -- --rupees-a-dollar 92\`; another input: \`npm run cost -- --sales 400\`.

${table([
  ['part', 'units a month', 'unit', '₹ a month', 'share'],
  ...bill.map(({ price, units, dollars }) => {
    const { part, unit, verified } = PRICES[price];
    return [
      `${part}${verified === 'no' ? ' (price not verified)' : ''}`,
      figure(units),
      unit,
      rupees(dollars * rate),
      `${figure((100 * dollars) / total)} %`,
    ];
  }),
])}

Not in it: the CloudFront and WAF of [ADR 26](adr/0026-edge-protection.md), which are not built;
support plans; people; the storage of CloudTrail's files; a domain.

## What would change it most

If one value grows by a tenth and all others stay:

${table([
  ['value', 'from', '₹ a month more', '%'],
  ...effects.map(({ name, dollars }) => {
    const price = name.startsWith('price: ') ? PRICES[name.slice(7) as keyof typeof PRICES] : undefined;
    const input = price ? undefined : INPUTS[name as keyof typeof INPUTS];
    const said = price ? `price of ${price.part}` : (input?.what ?? name);
    const from = price ? EVIDENCE[price.verified] : (input?.from ?? '');
    return [said, from, rupees(dollars * rate), figure((100 * dollars) / total)];
  }),
])}

## Inputs

${table([['option', 'value', 'what', 'from'], ...INPUT_NAMES.map((name) => [`\`--${name}\``, figure(given[name]), INPUTS[name].what, INPUTS[name].from])])}

## Prices

For ap-south-1 (Mumbai), without GST. To check one: \`aws pricing get-products --region us-east-1
--service-code AmazonDynamoDB --filters Type=TERM_MATCH,Field=usagetype,Value=APS3-WriteRequestUnits\`.

${table([
  ['part', 'price', 'for', 'source', 'read', 'verified by'],
  ...Object.values<Price>(PRICES).map((price) => [
    price.part,
    dollarsOf(price),
    price.unit,
    price.source,
    price.read,
    EVIDENCE[price.verified],
  ]),
])}
`;
  return { text, total, bill };
};
