import * as z from 'zod';
import type { PagePosition } from '../kernel/pages.ts';

export const EmptyObject = z.strictObject({});

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

/** Opaque to callers. */
export const Cursor = z
  .string()
  .max(1_000)
  .transform((cursor, context): PagePosition => {
    const parts = CursorKeys.safeParse(decodeCursor(cursor));
    if (parts.success) return parts.data;
    context.addIssue('not a cursor of ours; start again without one');
    return z.NEVER;
  });

/** Absent on the last page. */
export const NextCursor = z.string().optional();

export const cursorField = (next: PagePosition | undefined): { cursor?: string } =>
  next ? { cursor: Buffer.from(JSON.stringify(next)).toString('base64url') } : {};

export const BooleanParameter = z.enum(['true', 'false']).transform((text) => text === 'true');
