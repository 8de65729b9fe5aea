import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { EXAMPLE_REPORTS } from '../../shared/api/report-examples.ts';
import { VOUCHER_KINDS } from '../../shared/ledger/voucher-kinds.ts';
import { EditableKind } from '../../shared/registry/registry-kinds.ts';
import type { ReportPage } from '../../shared/reports/report-contract.ts';
import { ReportName } from '../../shared/reports/reports.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { adjustment, countSheet, dispatch, receipt, reversal, sale } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { openDemoDays } from '../kit/demo-days.ts';
import { openDepot } from '../kit/depot.ts';
import { openPhone } from '../kit/phone.ts';
import { closed, handedOver } from '../kit/shop.ts';

checkAnswersAgainstContract();

/** `WRITE_EXAMPLES=true npx vitest run test/http/examples.test.ts` writes it anew. */
const FILE = 'docs/examples.md';

const book = useBook();

const [kurta = ''] = ['LKO-KURTA-01'];

const EXAMPLES_FILE = 'shared/api/report-examples.ts';

it('docs/examples.md has what a ledger answers to each kind of voucher, report and entry', async () => {
  const registry = await registryExchanges();
  const vouchers = await recordAll();
  const reports = await readDemoReports();
  const parts: readonly (readonly [string, readonly Exchange[]])[] = [
    ['Vouchers', vouchers],
    ['Reports', reportExchanges(reports)],
    ['Registry', registry],
  ];
  const written = parts.map(([title, exchanges]) => [`## ${title}`, ...exchanges.map(section)].join('\n\n'));
  const text = `${withoutChance([INTRODUCTION.trim(), ...written].join('\n\n'))}\n`;
  const examples = JSON.parse(withoutChance(JSON.stringify(reports)));
  if (process.env.WRITE_EXAMPLES) {
    writeFileSync(FILE, text);
    writeFileSync(EXAMPLES_FILE, `${EXAMPLES_HEAD}${JSON.stringify(examples, null, 2)};\n`);
  }
  expect(vouchers.map(({ title }) => title.slice(0, 1)).toSorted()).toEqual(
    ['Q', ...Object.values(VOUCHER_KINDS).map(({ code }) => code)].toSorted(),
  );
  if (!process.env.WRITE_EXAMPLES) expect(EXAMPLE_REPORTS).toEqual(examples);
  expect(text).toBe(readFileSync(FILE, 'utf8'));
});

const INTRODUCTION = `# Examples

A request and its answer for each kind of voucher, each report and each kind of registry entry. A
test records the vouchers and entries in a ledger of its own and compares: \`test/http/examples.test.ts\`.
Reports are of the demo book's closed days, cut to one row. \`proof\` is the signature of the phone
([ADR 25](adr/0025-terminal-keys.md)); it is left out here, as are one-time codes. Money is in
paise, quantities in base units.
`;

type Exchange = { readonly title: string; readonly request: string; readonly sent?: object; readonly answer: object };

const block = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\``;

const json = (value: object): string => block('json', JSON.stringify(value, null, 2));

const section = ({ title, request, sent, answer }: Exchange): string =>
  [`### ${title}`, block('http', request), ...(sent ? [json(sent)] : []), json(answer)].join('\n\n');

const recordAll = async (): Promise<readonly Exchange[]> => {
  const { admin, clock } = book;
  const exchanges: Exchange[] = [];
  const titleOf = (kind: string) => {
    const name = Object.values(VOUCHER_KINDS).find(({ code }) => code === kind)?.name ?? 'material request';
    return `${kind}: ${name}`;
  };
  const written: string[] = [];
  const ofTerminal = (terminal: string) => written.filter((number) => number.startsWith(terminal));
  /** The last number of each kind. */
  const lastOf = (terminal: string) => [...new Map(ofTerminal(terminal).map((one) => [one[5], one])).values()];
  const put = async (location: string, number: string, fields: object): Promise<string> => {
    const sent = { ...fields, previous: ofTerminal(number.slice(0, 5)).at(-1) ?? null };
    written.push(number);
    const answer = expectOk(await admin.recordVoucher({ path: { location, number }, body: sent as never }));
    const request = `PUT /locations/${location}/vouchers/${number}`;
    exchanges.push({ title: titleOf(answer.claim.kind), request, sent, answer });
    clock.forward(60);
    return number;
  };
  const stall = await openPhone(book, 'LKO-01', 'LKO1', { client: admin });
  const at = (kind: string) => stall.number(kind);
  const now = () => ({ occurredAt: clock.now(), by: 'S001' });
  await put('LKO-01', at('R'), receipt(clock, [{ item: kurta, quantity: 20 }]));
  const sold = await put('LKO-01', at('S'), sale(clock, [{ item: kurta, quantity: 2 }]));
  await put('LKO-01', at('V'), reversal(clock, sold, [{ line: 1, item: kurta, quantity: 1 }]));
  await put('LKO-01', at('D'), dispatch(clock, 'LKO-02', [{ item: kurta, quantity: 3 }]));
  await put('LKO-01', at('A'), adjustment(clock, [{ item: kurta, quantity: 1 }]));
  const sheet = await put('LKO-01', at('C'), countSheet(clock, [{ item: kurta, quantity: 15 }], { count: 'November' }));
  await put('LKO-01', at('K'), { ...now(), ...closed(0, { cash: 89_900 }, { last: lastOf(stall.terminal) }) });
  await put('LKO-01', at('H'), { ...now(), ...handedOver([sheet], { [stall.terminal]: lastOf(stall.terminal) }) });

  const depot = await openDepot(book);
  await depot.producer('P0777');
  await depot.receive('L-1', 60_000);
  const number = depot.number('Q');
  const submission = depot.asking('40 kg');
  const path = { producer: 'P0777', number };
  const request = expectOk(await admin.submitRequest({ path, body: submission }));
  exchanges.push({
    title: titleOf('Q'),
    request: `PUT /producers/P0777/requests/${number}`,
    sent: submission,
    answer: request,
  });
  const body = { lines: [{ item: 'PBT-BAMBOO', quantity: '40 kg' }], by: 'S001', why: 'as asked' };
  const ofDepot = { depot: 'PBE-D1', number };
  expectOk(await admin.approveRequest({ path: ofDepot, body, ifMatch: request.version }));
  await put('PBE-D1', depot.number('I'), depot.issuing(number, '40 kg'));
  return exchanges;
};

const registryExchanges = async (): Promise<readonly Exchange[]> => {
  const { admin } = book;
  const missing = {
    festivals: ['DIWALI-2026', { name: 'Diwali', nameHi: 'दीवाली', from: '2026-10-30', to: '2026-11-08', factor: 2.5 }],
  } as const;
  for (const [kind, [id, body]] of Object.entries(missing))
    await admin.putEntry({ path: { kind: kind as EditableKind, id }, body });
  const exchanges: Exchange[] = [];
  for (const kind of EditableKind.options) {
    const [first] = expectOk(await admin.listEntries({ path: { kind } })).entries;
    if (!first) throw new Error(`no entry of ${kind}`);
    const path = { kind, id: first.id };
    const answer = expectOk(await admin.putEntry({ path, body: first.entry as never, ifMatch: first.version }));
    const request = `PUT /registry/${kind}/${first.id}\nIf-Match: "${first.version}"`;
    exchanges.push({ title: kind, request, sent: first.entry, answer });
  }
  return exchanges;
};

const namesWithin = <Named extends { readonly id: string }>(names: readonly Named[], text: string): Named[] =>
  names.filter(({ id }) => text.includes(`"${id}"`));

/** A report cut to its first row and the names in it; `closed` only in the first report. */
const shortened = (page: ReportPage, isFirst: boolean): ReportPage => {
  const { closed, cursor: _cursor, rows, names, ...head } = page;
  const text = JSON.stringify(rows.slice(0, 1));
  return {
    ...head,
    rows: rows.slice(0, 1),
    names: {
      districts: namesWithin(names.districts, text),
      locations: namesWithin(names.locations, text),
      sellers: namesWithin(names.sellers, text),
      items: namesWithin(names.items, text),
    },
    ...(isFirst && closed && { closed }),
  } as ReportPage;
};

/** Reports of the demo book; the made-up example where its three days give no rows. */
const readDemoReports = async (): Promise<readonly ReportPage[]> => {
  const demo = await openDemoDays();
  try {
    const pages: ReportPage[] = [];
    for (const [at, report] of ReportName.options.entries()) {
      const from = report === 'dead-stock' ? '2026-11-20' : '2026-11-19';
      const query = { area: 'state', from, to: '2026-11-21' };
      const page = expectOk(await demo.admin.getReport({ path: { report }, query }));
      const made = EXAMPLE_REPORTS.find((one) => one.report === report) as ReportPage;
      pages.push(page.rows.length > 0 ? shortened(page, at === 0) : made);
    }
    return pages;
  } finally {
    await demo.bahi.stop();
  }
};

const EXAMPLES_HEAD = `import type * as z from 'zod';
import type { ReportPage } from '../reports/report-contract.ts';

/** Generated: one row of each report of the demo book (test/http/examples.test.ts). */
export const EXAMPLE_REPORTS: readonly z.input<typeof ReportPage>[] = `;

const reportExchanges = (pages: readonly ReportPage[]): readonly Exchange[] =>
  pages.map((answer) => {
    const { report, area, from, to } = answer;
    return { title: report, request: `GET /reports/${report}?area=${area}&from=${from}&to=${to}`, answer };
  });

/** Terminals and one-time codes are random: each gets a fixed stand-in. */
const withoutChance = (text: string): string => {
  const terminals = [...new Set([...text.matchAll(/\b([0-9A-Z]{5})[A-Z]\d{10}\b/g)].map(([, code = '']) => code))];
  const names = new Map(terminals.map((code, at) => [code, `7KQ2${'MNPRT'[at] ?? at}`]));
  return [...names]
    .reduce((all, [code, name]) => all.replaceAll(code, name), text)
    .replaceAll(/"code": "[0-9A-Z ]+"/g, '"code": "…"')
    .replaceAll(/"code": "\d+"/g, '"code": "…"');
};
