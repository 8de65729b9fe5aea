import * as z from 'zod';
import { ERROR_CODES, type ErrorCode, type FieldProblem, PROBLEMS, type RefusalFacts } from './problems.ts';
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
  const { success, data, error } = schema.safeParse(input);
  if (success) return { parsed: data };
  const fields = error.issues.flatMap((issue) => fieldProblemsOf(issue));
  const named = fields.map(({ path, problem }) => (path ? `${path}: ${problem}` : problem));
  return refuse('INVALID_REQUEST', `${named.slice(0, 3).join('; ')}${named.length > 3 ? '; and more' : ''}.`, {
    fields,
  });
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

/** `faults`: the number of all fields, if some are left out. */
export const toProblem = ({ refused, detail, facts }: Refusal, language: Language = 'en'): Problem => {
  const { status, [language]: text } = PROBLEMS[refused];
  const type = `urn:bahi:problem:${refused.toLowerCase().replaceAll('_', '-')}`;
  return {
    type,
    title: text.title,
    status,
    code: refused,
    detail,
    whatToDo: text.whatToDo,
    ...facts,
    ...firstFields(facts),
  };
};

const firstFields = (facts: Refusal['facts']) => {
  if (!facts || !('fields' in facts) || facts.fields.length <= MAX_PROBLEM_FIELDS) return undefined;
  return { fields: facts.fields.slice(0, MAX_PROBLEM_FIELDS), faults: facts.fields.length };
};
