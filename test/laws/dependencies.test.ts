import { describe, expect, it } from 'vitest';
import { type Source, sourcesUnder } from './imports.ts';

type Import = { readonly names: readonly string[]; readonly from: string };

/** Names that a file imports as values, by module. Types are left out: they load nothing. */
const valuesImported = ({ text }: Source): Import[] =>
  [...text.matchAll(/^import (?!type )(?:(.*?) from )?'([^']+)';/gms)].map(([, names = '', from = '']) => ({
    names: names
      .replace(/[{}]/g, '')
      .split(',')
      .map((name) => name.trim().replace(/ as .*/, ''))
      .filter((name) => name !== '' && !name.startsWith('type ')),
    from,
  }));

/** Functions that make a store of a table: `export const stockStore = (tables: Tables) => …`. */
const factoriesIn = (sources: readonly Source[]): Set<string> =>
  new Set(
    sources
      .filter(({ file }) => file.endsWith('-store.ts'))
      .flatMap(({ text }) =>
        [...text.matchAll(/^export const (\w+) = (?:oncePer\()?\((?:\w+|\{[^}]*\}): Tables\b/gm)].flatMap(
          ([, name]) => name ?? [],
        ),
      ),
  );

const isEntry = (file: string): boolean => /^functions\/[^/]+\/(index|dependencies)\.ts$/.test(file);
const isOurs = (file: string): boolean => /^(shared|functions)\//.test(file);

type Law = {
  readonly title: string;
  readonly broken: string;
  readonly breaks: (source: Source, factories: ReadonlySet<string>) => boolean;
};

const LAWS: readonly Law[] = [
  {
    title: 'a handler takes stores and makes none: only index.ts and dependencies.ts call what makes a store',
    broken: "import { stockStore } from '../../shared/stock/stock-store.ts';",
    breaks: (source, factories) =>
      source.file.startsWith('functions/') &&
      !isEntry(source.file) &&
      valuesImported(source).some(({ names }) => names.some((name) => factories.has(name))),
  },
  {
    title: 'a handler takes clients of the cloud and makes none: only index.ts and dependencies.ts import the SDK',
    broken: "import { S3Client } from '@aws-sdk/client-s3';",
    breaks: (source) =>
      source.file.startsWith('functions/') &&
      !isEntry(source.file) &&
      valuesImported(source).some(({ from }) => from.startsWith('@aws-sdk/')),
  },
  {
    title: 'a handler knows no process: it takes a clock and tables, and never the current runtime',
    broken: "import { currentRuntime } from '../../shared/platform/runtime.ts';",
    breaks: (source) =>
      source.file.startsWith('functions/') &&
      valuesImported(source).some(({ from }) => from.endsWith('/platform/runtime.ts')),
  },
  {
    title: 'no file is imported for its side effect',
    broken: "import './connect.ts';",
    breaks: (source) =>
      isOurs(source.file) &&
      valuesImported(source).some(({ names, from }) => names.length === 0 && from.startsWith('.')),
  },
  {
    title: 'no file exports what another file declares',
    broken: "export { stockStore } from '../../shared/stock/stock-store.ts';",
    breaks: ({ file, text }) => isOurs(file) && /^export (?:type )?(?:\{[^}]*\}|\*[^;]*) from /m.test(text),
  },
];

describe.each(LAWS)('$title', ({ broken, breaks }) => {
  const sources = sourcesUnder('shared', 'functions');
  const factories = factoriesIn(sources);

  it('holds in every file', () => {
    expect(sources.filter((source) => breaks(source, factories)).map(({ file }) => file)).toEqual([]);
  });

  it('is broken by an example', () => {
    expect(breaks({ file: 'functions/stock/get-stock.ts', text: broken }, factories)).toBe(true);
  });
});

it('every store that takes tables counts as one that only dependencies may make', () => {
  const factories = factoriesIn(sourcesUnder('shared'));
  expect([...factories]).toEqual(expect.arrayContaining(['stockStore', 'ledgerStore', 'registryStore']));
});
