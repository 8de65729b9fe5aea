import { expect, it } from 'vitest';
import { breaches, circleIn, importsOf, LAWS, sourcesUnder } from './imports.ts';

const sources = sourcesUnder('shared', 'functions', 'infra', 'local', 'bench', 'simulate', 'web');

it('nobody imports what the layout forbids', () => {
  expect(breaches(sources)).toEqual([]);
});

it.each([
  ['shared/kernel/time.ts', "import { stockStore } from '../stock/stock-store.ts';"],
  ['shared/kernel/time.ts', "import type { Handler } from 'aws-lambda';"],
  ['shared/stock/stock.ts', "import { sale } from '../ledger/kinds/sale.ts';"],
  ['shared/platform/http-handler.ts', "export { registryStore } from '../registry/registry-store.ts';"],
  ['functions/stock/get-stock.ts', "import { GetCommand } from '@aws-sdk/lib-dynamodb';"],
  ['functions/stock/get-stock.ts', "import { getDay } from '../vouchers/get-day.ts';"],
  ['functions/stock/get-stock.ts', "const late = import('../../local/bahi.ts');"],
  ['simulate/model.ts', "import { orderOf } from '../shared/kernel/voucher-number.ts';"],
  ['infra/app.ts', "import { handler } from '../functions/stock/index.ts';"],
])('%s with %s would be caught', (file, text) => {
  expect(breaches([{ file, text }])).toHaveLength(1);
});

it('every folder that has a law is there', () => {
  for (const { folder } of LAWS)
    expect(
      sources.some(({ file }) => file.startsWith(`${folder}/`)),
      folder,
    ).toBe(true);
});

it('no files import one another in a circle', () => {
  expect(circleIn(sources)).toBeUndefined();
  expect(
    circleIn([
      { file: 'shared/a.ts', text: "import './b.ts';" },
      { file: 'shared/b.ts', text: "import './a.ts';" },
    ]),
  ).toEqual(['shared/a.ts', 'shared/b.ts', 'shared/a.ts']);
});

/** Pure files lack the suffix of a store or a service. Phones run api/ and the time exchange. */
const isDecision = (file: string): boolean =>
  /^shared\/(?!platform|api)/.test(file) && !/-(store|service|cache|channel|exchange)\.ts$/.test(file);

it('decisions have no clock, no chance and no environment', () => {
  const impure = /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bprocess\.|\bperformance\.|\bfetch\(|\bcrypto\./;
  const found = sources.filter(({ file, text }) => isDecision(file) && impure.test(text));
  expect(found.map(({ file }) => file)).toEqual([]);
});

it('no folder or file is a drawer for anything', () => {
  const drawer = /(^|[/-])(utils?|helpers?|common|managers?|misc)([/.-]|$)/;
  expect(sources.map(({ file }) => file).filter((file) => drawer.test(file))).toEqual([]);
});

it('no file only hands on what others export', () => {
  const barrels = sources.filter(({ text }) => {
    const lines = text.split('\n').filter((line) => line.trim() !== '' && !/^\s*(\/\/|\/?\*)/.test(line));
    return lines.length > 0 && lines.every((line) => /^export .* from /.test(line));
  });
  expect(barrels.map(({ file }) => file)).toEqual([]);
});

it('imports say which file they mean', () => {
  const vague = sources.flatMap((source) =>
    importsOf(source)
      .filter((named) => /^(shared|functions|infra|local|bench)\//.test(named) && !named.endsWith('.ts'))
      .map((named) => `${source.file} imports ${named}`),
  );
  expect(vague).toEqual([]);
});
