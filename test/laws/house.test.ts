import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { sourcesUnder } from './imports.ts';

const THIS_FILE = 'test/laws/house.test.ts';

/** How the code is written: names, comments, files and commits. */
const sources = sourcesUnder('shared', 'functions', 'infra', 'local', 'simulate', 'bench', 'web');

const COMMENT = /(?<![\w>:])\/\*[\s\S]*?\*\/|(?<![:'"`\w])\/\/[^\n]*/g;
const STRING = /'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g;
const commentsIn = (text: string): string[] => [...text.matchAll(COMMENT)].map(([comment]) => comment);

/** Words that said nothing to a newcomer, as names of code. Texts and comments may have them. */
const BANNED = [
  'untilAnswered',
  'everything',
  'atOnce',
  'sayOnce',
  'keptOf',
  'bring',
  'recall',
  'composition',
  'restated',
  'lookAt',
  'judge',
  'announce',
  'cameAtLast',
  'stillOff',
  'powers',
];

const bannedIn = (text: string): string[] => {
  const code = text.replace(COMMENT, '').replace(STRING, "''");
  return BANNED.filter((word) => new RegExp(`\\b${word}\\b`).test(code));
};

it('no code is named by a word that the glossary replaced', () => {
  expect(sources.flatMap(({ file, text }) => bannedIn(text).map((word) => `${file}: ${word}`))).toEqual([]);
  expect(bannedIn('const atOnce = 3;')).toEqual(['atOnce']);
  expect(bannedIn("// atOnce\nconst a = 'atOnce';")).toEqual([]);
});

it('no object literal is spread into another', () => {
  const spread = /\.\.\.\{/;
  expect(sources.filter(({ text }) => spread.test(text.replace(COMMENT, ''))).map(({ file }) => file)).toEqual([]);
});

it('no amount is formatted by the accounting sign or compact forms, which group en-IN by thousands', () => {
  const trap = /currencySign|notation: 'compact'/;
  expect(sources.filter(({ text }) => trap.test(text)).map(({ file }) => file)).toEqual([]);
});

it('no text is read back out of a PDF, where Hindi is not what was put in', () => {
  expect(sources.filter(({ text }) => /pdfjs|pdf-parse|pdftotext/.test(text)).map(({ file }) => file)).toEqual([]);
});

const exportedTypes = (text: string): string[] =>
  [...text.matchAll(/^export (?:type|interface) (\w+)/gm)].map(([, name]) => name ?? '');

it('an exported type name exists once', () => {
  const files = new Map<string, string[]>();
  for (const { file, text } of sources)
    for (const name of exportedTypes(text)) files.set(name, [...(files.get(name) ?? []), file]);
  expect([...files].filter(([, all]) => all.length > 1)).toEqual([]);
});

/**
 * Debts of the house. Each figure may only fall: a commit that lowers one writes it here.
 */
const OWED = { commentWordsPer100Lines: 48, smallFiles: 14, lateTests: 74 };

it('comments do not grow', () => {
  const comments = sources.flatMap(({ text }) => commentsIn(text));
  const words = comments.flatMap((comment) => comment.split(/\s+/).filter((word) => /\w/.test(word)));
  const lines = sources.flatMap(({ text }) => text.split('\n'));
  expect((100 * words.length) / lines.length).toBeLessThanOrEqual(OWED.commentWordsPer100Lines);
});

/** These comments leave out their noun, and the reader has to guess it. */
const RIDDLE = /^(\/\*\*?|\/\/)[\s*]*(All that|Nor|Of|Such|Then|Those|What|Which|Who)\b/;

it('no comment begins with a word that needs the line before', () => {
  const riddles = [...sources, ...sourcesUnder('test')].flatMap(({ file, text }) =>
    commentsIn(text)
      .filter((comment) => RIDDLE.test(comment))
      .map((comment) => `${file}: ${comment}`),
  );
  expect(riddles).toEqual([]);
});

/** Columns of a line of comment, with its indentation; 0 for other lines. */
const commentColumnsOf = (line: string): number => (/^\s*(\/\*|\* |\/\/)/.test(line) ? line.length : 0);

it('lines of comment have at most 100 columns', () => {
  const long = [...sources, ...sourcesUnder('test')].flatMap(({ file, text }) =>
    text
      .split('\n')
      .filter((line) => commentColumnsOf(line) > 100)
      .map((line) => `${file}: ${line}`),
  );
  expect(long).toEqual([]);
});

/** A file serves one operation or job; a command starts there; a table or schemas stand alone. */
const ENTRY_POINTS = [
  /^functions\//,
  /^infra\/app\.ts$/,
  /^bench\/sale\/phone\.ts$/,
  /^web\/service-worker\.ts$/,
  /^shared\/billing\/typst-worker-service\.ts$/,
  /^local\/(start|token|proof|demo|open-api|quiet)\.ts$/,
];
const DATA = [
  /^shared\/alerts\/sources\//,
  /^shared\/reports\//,
  /^shared\/kernel\/claim-fields\.ts$/,
  /^shared\/ledger\/admission\.ts$/,
  /^shared\/platform\/metric-names\.ts$/,
  /-contract\.ts$/,
  /\.d\.ts$/,
];

it('no file is smaller than 40 lines but entry points and data', () => {
  const small = sources
    .filter(({ text }) => text.split('\n').length < 40)
    .map(({ file }) => file)
    .filter((file) => ![...ENTRY_POINTS, ...DATA].some((pattern) => pattern.test(file)));
  expect(small.length, small.join(', ')).toBeLessThanOrEqual(OWED.smallFiles);
});

/** Helpers stand below the tests that use them, or in test/kit. */
const firstTestIn = (text: string): number =>
  text.split('\n').findIndex((line) => /^\s*(\]\S*\.)?(it|test)(\.\w+)*[(`<]/.test(line)) + 1;

it('a test file shows its first test within 30 lines', () => {
  const late = sourcesUnder('test').filter(({ file, text }) => file.endsWith('.test.ts') && firstTestIn(text) > 30);
  expect(late.length, late.map(({ file }) => file).join(', ')).toBeLessThanOrEqual(OWED.lateTests);
  expect(firstTestIn("import a;\n\n  it.each([1])('', () => a);")).toBe(3);
});

/** Milliseconds. A busy machine is many times as slow: a shorter time fails what is right. */
const LEAST_PATIENCE = 120_000;

const timingIn = (text: string): string[] => [
  ...(text.match(/\bperformance\.now\(|\bhrtime\b|\bconsole\.time/g) ?? []),
  ...[...text.matchAll(/\b(?:timeout: |[Tt]imeout\()([\d_]+)|^\s*\}, ([\d_]{4,})\);$/gm)]
    .filter(([, named, last]) => Number((named ?? last)?.replaceAll('_', '')) < LEAST_PATIENCE)
    .map(([found]) => found.trim()),
];

it('no test measures how long something takes, or gives up after less than two minutes', () => {
  const tests = sourcesUnder('test').filter(({ file }) => file.endsWith('.test.ts') && file !== THIS_FILE);
  expect(tests.flatMap(({ file, text }) => timingIn(text).map((found) => `${file}: ${found}`))).toEqual([]);
  expect(timingIn('const began = performance.now();')).toEqual(['performance.now(']);
  expect(timingIn("it('waits', async () => {\n}, 5_000);\nwait({ timeout: 900 });")).toHaveLength(2);
  expect(timingIn('page.setDefaultTimeout(120_000);')).toEqual([]);
});

it('commit subjects have at most 72 characters', () => {
  const log = execFileSync('git', ['log', '-n', '40', '--no-merges', '--format=%s'], { encoding: 'utf8' });
  expect(log.split('\n').filter((subject) => subject.length > 72)).toEqual([]);
});
