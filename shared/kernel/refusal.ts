import * as z from 'zod';
import { issueWording } from './issue-wording.ts';
import { ERROR_CODES, type ErrorCode, type FieldProblem, PROBLEMS, type RefusalFacts } from './problems.ts';
import { toHindi } from './translate.ts';
import type { Language } from './units.ts';

export type Refusal = {
  readonly refused: ErrorCode;
  readonly detail: string;
  readonly facts?: RefusalFacts[keyof RefusalFacts];
};

/** The compiler requires the facts of the code. */
export const refuse = <Code extends ErrorCode>(
  refused: Code,
  detail: string,
  ...[facts]: Code extends keyof RefusalFacts ? [facts: RefusalFacts[Code]] : []
): Refusal => ({ refused, detail, ...(facts && { facts }) });

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'refused' in value;

export const lineProblems = <L>(
  lines: readonly L[],
  field: keyof L & string,
  problem: (line: L) => string | undefined,
): FieldProblem[] =>
  lines.flatMap((line, at) => {
    const says = problem(line);
    return says === undefined ? [] : [{ path: `lines.${at}.${field}`, problem: says }];
  });

type Issue = z.core.$ZodIssue;

export const parse = <T>(schema: z.ZodType<T>, input: unknown): { readonly parsed: T } | Refusal => {
  const { success, data, error } = schema.safeParse(input, { error: issueWording });
  if (success) return { parsed: data };
  const fields = error.issues.flatMap((issue) => fieldProblemsOf(issue));
  return refuse('INVALID_REQUEST', summaryOf(fields), { fields });
};

const summaryOf = (fields: readonly FieldProblem[], more = 'and more', end = '.'): string => {
  const named = fields.map(({ path, problem }) => (path ? `${path}: ${problem}` : problem));
  return `${named.slice(0, 3).join('; ')}${named.length > 3 ? `; ${more}` : ''}${end}`;
};

/** One problem per field. For a union, only the best matching branch reports. */
const fieldProblemsOf = (issue: Issue, above: readonly PropertyKey[] = []): FieldProblem[] => {
  const path = [...above, ...issue.path];
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: [...path, key].join('.'), problem: 'is not a known field' }));
  const branches = issue.code === 'invalid_union' ? issue.errors : [];
  const best = branches.toSorted((a, b) => mismatchScore(a) - mismatchScore(b))[0];
  if (best && best.length > 0) return best.flatMap((inner) => fieldProblemsOf(inner, path));
  return [{ path: path.join('.'), problem: issue.message }];
};

/** Unknown fields count most: they suggest another branch. */
const mismatchScore = (issues: readonly Issue[]): number =>
  issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? 100 * issue.keys.length : 1), 0);

/** RFC 9457. Facts of the code (`fields`, `short`, …) stand beside these fields. */
export const Problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(ERROR_CODES),
  detail: z.string(),
  whatToDo: z.string(),
});
export type Problem = z.infer<typeof Problem>;

/** Keeps the response below Lambda's 6 MB: an import may have 20,000 wrong lines. */
export const MAX_PROBLEM_FIELDS = 200;

/** `faults` in the problem counts all fields, if some are left out. */
export const toProblem = (refusal: Refusal, language: Language = 'en'): Problem => {
  const { refused, detail, facts } = language === 'hi' ? hindiRefusal(refusal) : refusal;
  const { status, [language]: text } = PROBLEMS[refused];
  const type = `urn:bahi:problem:${refused.toLowerCase().replaceAll('_', '-')}`;
  return {
    ...facts,
    type,
    title: text.title,
    status,
    code: refused,
    detail,
    whatToDo: text.whatToDo,
    ...firstFields(facts),
  };
};

const hindiRefusal = ({ refused, detail, facts }: Refusal): Refusal => {
  if (!facts || !('fields' in facts)) return { refused, detail: toHindi(detail), ...(facts && { facts }) };
  const fields = facts.fields.map((field) => ({ ...field, problem: toHindi(field.problem) }));
  const isSummary = detail === summaryOf(facts.fields);
  return {
    refused,
    detail: isSummary ? summaryOf(fields, toHindi('and more'), '।') : toHindi(detail),
    facts: { ...facts, fields } as NonNullable<Refusal['facts']>,
  };
};

type HeldProblem = { readonly code: ErrorCode; readonly detail: string };

const isProblem = (node: object): node is HeldProblem =>
  'code' in node && 'detail' in node && typeof node.detail === 'string' && String(node.code) in PROBLEMS;

/** A reply with the problems inside it, such as of a held voucher, in Hindi. */
export const withHindiProblems = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(withHindiProblems);
  if (typeof node !== 'object' || node === null) return node;
  if (!isProblem(node))
    return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, withHindiProblems(value)]));
  const { code, detail, ...facts } = node;
  if (!('title' in facts)) return { ...node, detail: toHindi(detail) };
  return toProblem({ refused: code, detail, facts: facts as unknown as NonNullable<Refusal['facts']> }, 'hi');
};

const firstFields = (facts: Refusal['facts']) => {
  if (!facts || !('fields' in facts) || facts.fields.length <= MAX_PROBLEM_FIELDS) return undefined;
  return { fields: facts.fields.slice(0, MAX_PROBLEM_FIELDS), faults: facts.fields.length };
};
