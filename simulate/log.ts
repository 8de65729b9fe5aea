import { createHash } from 'node:crypto';

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
