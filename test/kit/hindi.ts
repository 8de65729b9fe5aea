import type { Problem } from '../../shared/kernel/refusal.ts';
import { loadHindi, toHindi } from '../../shared/kernel/translate.ts';

await loadHindi();

/** Texts of an English problem that have no Hindi: shared/kernel/hindi-messages.ts. */
export const untranslated = ({ detail, fields }: Problem): string[] => {
  const problems = Array.isArray(fields)
    ? fields.map((field: { problem?: unknown }) => String(field.problem ?? ''))
    : [];
  return [...problems, ...(problems.length === 0 ? [detail] : [])].filter(
    (text) => toHindi(text) === text || /[a-z]{2,} [a-z]{2,} [a-z]{2,}/.test(toHindi(text).replace(/["'].*["']/g, '')),
  );
};
