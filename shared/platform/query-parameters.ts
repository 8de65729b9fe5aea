import * as z from 'zod';
import type { PagePosition } from '../kernel/pages.ts';

/** Nothing is taken. */
export const EmptyObject = z.strictObject({});

/** Keys, as tables have them: none is empty, and none holds half a character. */
const CursorKey = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => text.isWellFormed());
const CursorKeys = z.array(CursorKey).min(1).max(5);

const decodeCursor = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
};

/** Where the next page starts: opaque to callers, checked when it comes back. */
export const Cursor = z
  .string()
  .max(1_000)
  .transform((cursor, context): PagePosition => {
    const parts = CursorKeys.safeParse(decodeCursor(cursor));
    if (parts.success) return parts.data;
    context.addIssue('not a cursor of ours; start again without one');
    return z.NEVER;
  });

/** A cursor in a reply; none means that there is no more. */
export const NextCursor = z.string().optional();

/** What a reply adds when there is more: `{ ...more(next) }`. */
export const cursorField = (next: PagePosition | undefined): { cursor?: string } =>
  next ? { cursor: Buffer.from(JSON.stringify(next)).toString('base64url') } : {};

/** A query parameter that is `true` or `false`. */
export const BooleanParameter = z.enum(['true', 'false']).transform((text) => text === 'true');
