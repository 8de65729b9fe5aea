import type * as z from 'zod';
import { type FieldProblem, type Refusal, refuse } from './refusal.ts';

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
