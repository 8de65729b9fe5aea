import type * as z from 'zod';
import type { ItemId, LocationId } from './ids.ts';
import type { Sum } from './sum.ts';
import type { Instant } from './time.ts';

/** problems.ts maps each code to HTTP. */
export const ERROR_CODES = [
  'INVALID_REQUEST',
  'MALFORMED_JSON',
  'BODY_TOO_LARGE',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'MFA_REQUIRED',
  'NOT_FOUND',
  'NUMBER_MISMATCH',
  'NUMBER_LEAPS',
  'CLOCK_OFF',
  'TERMINAL_UNKNOWN',
  'TERMINAL_ELSEWHERE',
  'TERMINAL_REVOKED',
  'TERMINAL_UNPROVEN',
  'TERMINAL_HANDED_OVER',
  'ITEM_UNKNOWN',
  'ITEM_OF_ANOTHER_SELLER',
  'QUANTITY_NOT_WHOLE',
  'LOT_WRONG',
  'ITEM_NOT_PRICED',
  'PRICE_ABOVE_MRP',
  'PRICE_BELOW_FLOOR',
  'PAYMENT_MISMATCH',
  'EXCHANGE_NOT_COVERED',
  'PRODUCER_UNKNOWN',
  'STAFF_UNKNOWN',
  'UNIT_NEEDED',
  'IMPLAUSIBLE',
  'APPROVAL_NEEDED',
  'INSUFFICIENT_STOCK',
  'VOUCHER_CONFLICT',
  'REQUEST_UNKNOWN',
  'REQUEST_STATE',
  'RESERVED_EXCEEDED',
  'ENTITLEMENT_EXCEEDED',
  'NOT_A_MATERIAL',
  'SELLER_NOT_HERE',
  'ENROLMENT_CODE_UNKNOWN',
  'ENROLMENT_CODE_USED',
  'PIN_WRONG',
  'PIN_LOCKED',
  'CODE_WRONG',
  'CODE_VOID',
  'SECOND_PERSON_NEEDED',
  'ALERT_RESOLVED',
  'HELD_STATE',
  'STILL_HELD',
  'VOUCHER_UNKNOWN',
  'RETURN_EXCEEDED',
  'SOLD_ELSEWHERE',
  'NEEDS_OFFICER',
  'TRANSFER_CLOSED',
  'TRANSFER_EXCEEDED',
  'COUNTED_TWICE',
  'NOT_ADDRESSEE',
  'TRANSFER_REQUEST_CHANGED',
  'REFERENCE_UNKNOWN',
  'ENTRY_FIXED',
  'IMPORT_REFUSED',
  'PRECONDITION_REQUIRED',
  'VERSION_MISMATCH',
  'BUSY',
  'INTERNAL',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** `path`: such as `lines.0.quantity`. */
export type FieldProblem = { readonly path: string; readonly problem: string };

/** Base units or paise. */
export type BoundProblem = FieldProblem & { readonly value: number; readonly bound: number };

/** Base units. */
export type EntitlementShortage = { readonly item: ItemId; readonly wanted: number; readonly left: number };

/** `sent`: in the dispatch. `asked`: still requested, else 0. */
export type ChangedRequestLine = { readonly item: ItemId; readonly sent: number; readonly asked: number };

export type Shortage = { readonly item: ItemId; readonly wanted: number; readonly free: number };

export type RefusalFacts = {
  INVALID_REQUEST: { readonly fields: readonly FieldProblem[] };
  NUMBER_MISMATCH: { readonly fields: readonly FieldProblem[] };
  NUMBER_LEAPS: { readonly next: string };
  ITEM_UNKNOWN: { readonly fields: readonly FieldProblem[] };
  ITEM_OF_ANOTHER_SELLER: { readonly fields: readonly FieldProblem[] };
  QUANTITY_NOT_WHOLE: { readonly fields: readonly FieldProblem[] };
  LOT_WRONG: { readonly fields: readonly FieldProblem[] };
  ITEM_NOT_PRICED: { readonly fields: readonly FieldProblem[] };
  PRICE_ABOVE_MRP: { readonly fields: readonly FieldProblem[] };
  STAFF_UNKNOWN: { readonly fields: readonly FieldProblem[] };
  UNIT_NEEDED: { readonly fields: readonly FieldProblem[] };
  IMPLAUSIBLE: { readonly fields: readonly BoundProblem[] };
  /** `held`: id of the held voucher, if it was stored. */
  APPROVAL_NEEDED: { readonly fields: readonly BoundProblem[]; readonly held?: string };
  PRICE_BELOW_FLOOR: { readonly fields: readonly FieldProblem[] };
  REFERENCE_UNKNOWN: { readonly fields: readonly FieldProblem[] };
  ENTRY_FIXED: { readonly fields: readonly FieldProblem[] };
  IMPORT_REFUSED: { readonly fields: readonly FieldProblem[] };
  REQUEST_STATE: { readonly state: string };
  RESERVED_EXCEEDED: { readonly fields: readonly FieldProblem[] };
  ENTITLEMENT_EXCEEDED: { readonly over: readonly EntitlementShortage[] };
  NOT_A_MATERIAL: { readonly fields: readonly FieldProblem[] };
  TERMINAL_REVOKED: { readonly revokedAt: Instant; readonly earlier: boolean };
  CLOCK_OFF: { readonly serverTime: Instant; readonly offBySeconds: number };
  PAYMENT_MISMATCH: { readonly due: number; readonly paid: number };
  EXCHANGE_NOT_COVERED: { readonly basket: string; readonly wanted: Sum; readonly left: Sum };
  INSUFFICIENT_STOCK: { readonly short: readonly Shortage[] };
  VERSION_MISMATCH: { readonly version: number };
  PIN_WRONG: { readonly triesLeft: number };
  PIN_LOCKED: { readonly until: Instant };
  CODE_WRONG: { readonly triesLeft: number };
  SECOND_PERSON_NEEDED: { readonly share: number; readonly confirmed: number; readonly byIssuer: number };
  HELD_STATE: { readonly state: string };
  TRANSFER_CLOSED: { readonly receipt: string };
  SOLD_ELSEWHERE: { readonly location: LocationId };
  COUNTED_TWICE: { readonly fields: readonly FieldProblem[] };
  TRANSFER_EXCEEDED: { readonly fields: readonly FieldProblem[] };
  NOT_ADDRESSEE: { readonly from: string; readonly to: string };
  RETURN_EXCEEDED: { readonly fields: readonly FieldProblem[] };
  TRANSFER_REQUEST_CHANGED: { readonly asked: readonly ChangedRequestLine[] };
};

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
