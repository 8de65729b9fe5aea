import type * as z from 'zod';

type RawIssue = z.core.$ZodRawIssue;

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

const FORMATS: Readonly<Record<string, string>> = {
  email: 'must be an e-mail address',
  url: 'must be a URL',
  uuid: 'must be a UUID',
  date: 'a day is YYYY-MM-DD',
  datetime: 'a time is UTC, such as 2026-11-22T05:00:00Z',
};

const SIZES: Readonly<Record<string, string>> = { string: ' characters', array: ' entries', set: ' entries' };

const oneOf = (values: readonly unknown[]): string =>
  values.length === 1 ? `must be ${values[0]}` : `must be one of: ${values.join(', ')}`;

const sizeWording = (side: 'least' | 'most', origin: string, bound: unknown, isInclusive: boolean): string => {
  const unit = SIZES[origin];
  if (unit && side === 'least' && Number(bound) === 1) return 'must not be empty';
  if (unit) return `must have at ${side} ${bound}${unit}`;
  if (isInclusive) return `must be at ${side} ${bound}`;
  return side === 'least' ? `must be more than ${bound}` : `must be less than ${bound}`;
};

/** The error in a field in plain English, where the field's schema has no text of its own. */
export const issueWording = (issue: RawIssue): string => {
  if (issue.input === undefined && issue.code !== 'custom' && issue.code !== 'unrecognized_keys')
    return 'must be given';
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${TYPES[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return oneOf(issue.values);
    case 'too_small':
      return sizeWording('least', issue.origin, issue.minimum, issue.inclusive !== false);
    case 'too_big':
      return sizeWording('most', issue.origin, issue.maximum, issue.inclusive !== false);
    case 'invalid_format':
      return FORMATS[issue.format] ?? `must have the form ${issue.pattern ?? issue.format}`;
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    case 'invalid_union':
      return Array.isArray(issue.options) ? oneOf(issue.options) : 'has none of the allowed forms';
    case 'invalid_key':
      return 'has a name that is not allowed';
    case 'invalid_element':
      return 'has an entry that is not allowed';
    default:
      return 'is not valid';
  }
};
