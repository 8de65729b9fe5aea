import { createHash } from 'node:crypto';
import type { WorldSize } from './locations.ts';

export type Violation = { readonly check: string; readonly says: string };

export type Run = {
  readonly seed: number;
  readonly statements: number;
  readonly vouchers: number;
  readonly held: number;
  readonly violations: readonly Violation[];
  /** Equal for equal seeds. */
  readonly story: readonly string[];
  readonly hash: string;
};

const LAST_LINES = 40;

export const renderRun = (run: Run, size: WorldSize & { readonly days: number }): string => {
  const { seed, statements, vouchers, held, violations, story, hash } = run;
  const [first] = violations;
  const again = `npm run simulate -- --seed ${seed} --outlets ${size.outlets} --depots ${size.depots} --workshops ${size.workshops} --days ${size.days}`;
  const figures = `seed ${seed}: ${statements} said, ${vouchers} in the books, ${held} held; ${story.length} events, ${hash.slice(0, 12)}`;
  if (!first) return `${figures}\n  nothing differs`;
  const named = /\w{16}/.exec(first.says)?.[0];
  const about = named ? story.filter((line) => line.includes(named)) : [];
  return [
    figures,
    `VIOLATED, ${first.check}: ${first.says}`,
    ...violations.slice(1, 10).map(({ check, says }) => `  and ${check}: ${says}`),
    ...(about.length > 0 ? ['of it:', ...about.slice(-LAST_LINES)] : []),
    'at last:',
    ...story.slice(-LAST_LINES),
    `again: ${again}`,
  ].join('\n');
};

export type RunFigures = Pick<Run, 'seed' | 'statements' | 'vouchers' | 'held' | 'hash'> & { readonly failed: boolean };

export const renderSummary = (runs: readonly RunFigures[], seconds: number): string => {
  const failed = runs.filter((run) => run.failed).map(({ seed }) => seed);
  const sum = (of: 'statements' | 'vouchers' | 'held') => runs.reduce((all, run) => all + run[of], 0);
  const figures = `${sum('statements')} vouchers said, ${sum('vouchers')} in the books, ${sum('held')} held`;
  const ended = failed.length === 0 ? 'no fault' : `FAULT in seed ${failed.join(', ')}`;
  return `${runs.length} seeds, ${figures}, in ${seconds.toFixed(1)} s: ${ended}`;
};

export type Log = {
  note(at: number, who: string, what: string): void;
  readonly all: readonly string[];
  /** Equal for equal runs. */
  hash(): string;
};

export const openLog = (): Log => {
  const all: string[] = [];
  return {
    all,
    note: (at, who, what) => all.push(`${new Date(at).toISOString().slice(0, 19)} ${who} ${what}`),
    hash: () => createHash('sha256').update(all.join('\n')).digest('hex'),
  };
};
