import { type AnyNode, parse } from 'acorn';
import { transformSync } from 'esbuild';
import { expect, it } from 'vitest';
import { hindiMessages } from '../../shared/kernel/hindi-messages.ts';
import { issueWording } from '../../shared/kernel/issue-wording.ts';
import { loadHindi, toHindi } from '../../shared/kernel/translate.ts';
import { sourcesUnder } from './imports.ts';

await loadHindi();

/** Calls whose texts a caller sees: refusals, checks of zod, and makers of ids. */
const SPEAKING =
  /^(refuse\w*|clockRefusal|lineProblems|\w*Problem\w*|refine|addIssue|regex|min|max|int|length|email|enum|id)$/;
const SPEAKING_PROPERTIES = ['problem', 'error', 'message', 'detail'];

/** Texts that are put together from others, or that no caller of the API sees. */
const NOT_ALONE = [
  /^\d+[:,;]? \d/,
  /^\d+ (?:is )?\d+(?:[.,]|$)/,
  /^\d+ is \d+ s /,
  /^\d+, (?:and is not staff|below the floor)/,
  /^\d+: \d+/,
  /\b(?:hours|too|paise)\d/,
  /nothing was written\.\d/,
  /^The (?:phone's clock$|answer was)/,
  /^(?:HSN|\/) \d/,
  /^(?:what is wrong with it|bill and returns)$/,
];

it('every text of a problem in the code has its Hindi: shared/kernel/hindi-messages.ts', () => {
  const sources = sourcesUnder('shared', 'functions').filter(({ file }) => !/description|hindi-messages/.test(file));
  const texts = sources.flatMap(({ text }) => {
    const { code } = transformSync(text, { loader: 'ts', target: 'es2024' });
    return textsIn(parse(code, { ecmaVersion: 'latest', sourceType: 'module' }).body);
  });
  const spoken = [...new Set(texts)].filter((text) => / [a-z]/.test(text));
  expect(spoken.length).toBeGreaterThan(300);
  const isAlone = (text: string) => !NOT_ALONE.some((pattern) => pattern.test(text));
  expect(spoken.filter((text) => isAlone(text) && toHindi(text) === text)).toEqual([]);
});

it('each text has one translation, in Devanagari, with all its values', () => {
  const english = hindiMessages().map(([text]) => text);
  expect(english.filter((text, at) => english.indexOf(text) !== at)).toEqual([]);
  const wrong = hindiMessages().filter(([text, hindi]) => {
    const values = text.match(/\{[#w]?\}/g)?.length ?? 0;
    const places = [...hindi.matchAll(/\{=?(\d)\}/g)].map(([, at]) => Number(at));
    return !/[\u0900-\u097f]|^admin$/.test(hindi) || places.some((at) => at > values || at < 1);
  });
  expect(wrong).toEqual([]);
});

it('values stay, lists and names are translated around them, and a part without Hindi keeps all English', () => {
  expect(toHindi('lines.0.item: no item LKO-X; and more.')).toBe('lines.0.item: सामान LKO-X दर्ज नहीं है; और भी।');
  expect(toHindi('A caller of role outlet may not do this; it takes officer or admin.')).toBe(
    'दुकान यह नहीं कर सकता; यह अधिकारी या admin का काम है।',
  );
  expect(toHindi('kind: must be one of: outlets, items.')).toBe('kind: इनमें से एक होना चाहिए: outlets, items।');
  expect(toHindi('no item LKO-X; of nobody knows what.')).toBe('no item LKO-X; of nobody knows what.');
});

it.each([
  [{ code: 'invalid_type', expected: 'string', input: undefined }, 'must be given'],
  [{ code: 'invalid_type', expected: 'int', input: 2.5 }, 'must be a whole number'],
  [{ code: 'invalid_value', values: ['state'], input: 'x' }, 'must be state'],
  [{ code: 'invalid_value', values: ['cash', 'upi'], input: 'x' }, 'must be one of: cash, upi'],
  [{ code: 'too_small', origin: 'string', minimum: 1, inclusive: true, input: '' }, 'must not be empty'],
  [{ code: 'too_big', origin: 'array', maximum: 40, inclusive: true, input: [] }, 'must have at most 40 entries'],
  [{ code: 'too_big', origin: 'number', maximum: 9, inclusive: false, input: 9 }, 'must be less than 9'],
  [{ code: 'invalid_format', format: 'regex', pattern: '/^\\d$/', input: 'x' }, 'must have the form /^\\d$/'],
  [{ code: 'invalid_union', errors: [], input: 1 }, 'has none of the allowed forms'],
] as const)('%o is worded in plain English and in Hindi', (issue, wording) => {
  expect(issueWording(issue as unknown as Parameters<typeof issueWording>[0])).toBe(wording);
  expect(toHindi(wording)).toMatch(/[\u0900-\u097f]/);
});

/** A text of the code; each value stands as 1, 2, … */
const textOf = (node: AnyNode | undefined | null): string[] => {
  if (node?.type === 'Literal') return typeof node.value === 'string' ? [node.value] : [];
  if (node?.type === 'TemplateLiteral')
    return [node.quasis.map(({ value }, at) => `${at > 0 ? at : ''}${value.cooked}`).join('')];
  if (node?.type === 'ConditionalExpression') return [node.consequent, node.alternate].flatMap(textOf);
  return node?.type === 'ArrowFunctionExpression' ? textOf(node.body) : [];
};

const textsIn = (node: unknown): string[] => {
  if (Array.isArray(node)) return node.flatMap(textsIn);
  if (typeof node !== 'object' || node === null || !('type' in node)) return [];
  const one = node as AnyNode;
  const own =
    one.type === 'CallExpression' && SPEAKING.test(nameOf(one.callee))
      ? one.arguments.flatMap((argument) => textOf(argument))
      : one.type === 'Property' && SPEAKING_PROPERTIES.includes(nameOf(one.key))
        ? textOf(one.value)
        : [];
  return [...own, ...Object.values(node).flatMap(textsIn)];
};

const nameOf = (node: AnyNode): string => {
  if (node.type === 'Identifier') return node.name;
  return node.type === 'MemberExpression' ? nameOf(node.property) : '';
};
