type Pattern = { readonly english: RegExp; readonly hindi: string; readonly letters: number };

const VALUES: Readonly<Record<string, string>> = { '{}': '((?:(?!; ).)+?)', '{#}': '([\\d.,]+)', '{w}': '(\\S+)' };

const escapeText = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const patternOf = ([english, hindi]: readonly [string, string]): Pattern => {
  const parts = english.split(/(\{[#w]?\})/);
  const source = parts.map((part) => VALUES[part] ?? escapeText(part)).join('');
  const letters = parts.filter((part) => !(part in VALUES)).join('').length;
  return { english: new RegExp(`^${source}$`, 's'), hindi, letters };
};

/** By their first letter, or '' for a value. The one with the most fixed letters comes first. */
let patterns: ReadonlyMap<string, readonly Pattern[]> = new Map();

/** Reads the messages, a seventh of a bundle, before the first `toHindi`. */
export const loadHindi = async (): Promise<void> => {
  if (patterns.size > 0) return;
  const { hindiMessages } = await import('./hindi-messages.ts');
  const all = hindiMessages().map((message) => ({ start: startOf(message[0]), pattern: patternOf(message) }));
  const sorted = all.toSorted((a, b) => b.pattern.letters - a.pattern.letters);
  patterns = new Map(
    [...new Set(sorted.map(({ start }) => start))].map((first) => [
      first,
      sorted.filter(({ start }) => start === first || start === '').map(({ pattern }) => pattern),
    ]),
  );
};

const startOf = (english: string): string => (/^\{[#w]?\}/.test(english) ? '' : english.slice(0, 1));

/** By the English text; values, such as ids, stay. If a part has no Hindi, all stays English. */
export const toHindi = (text: string): string => hindiOf(text) ?? text;

const hindiOf = (text: string): string | undefined => {
  const sentences = text.split(/(?<=\.) (?=[A-Z])/);
  if (sentences.length > 1) return joined(sentences.map(hindiOf), ' ');
  if (!text.endsWith('.')) return phraseIn(text);
  const phrase = phraseIn(text.slice(0, -1));
  return phrase && `${phrase}।`;
};

const joined = (parts: readonly (string | undefined)[], separator: string): string | undefined =>
  parts.includes(undefined) ? undefined : parts.join(separator);

const phraseIn = (text: string): string | undefined => {
  const [, name, rest] = /^([\w.-]+): (.+)$/s.exec(text) ?? [];
  const afterName = name && rest && phraseIn(rest);
  if (afterName) return `${name}: ${afterName}`;
  for (const { english, hindi } of patterns.get(text.slice(0, 1)) ?? patterns.get('') ?? []) {
    const match = english.exec(text);
    if (match)
      return hindi.replace(/\{(=?)(\d)\}/g, (_all, asItIs: string, at: string) => {
        const value = match[Number(at)] ?? '';
        return asItIs ? value : valueIn(value);
      });
  }
  return text.includes('; ') ? joined(text.split('; ').map(phraseIn), '; ') : undefined;
};

const LISTS = [
  [' or ', ' या '],
  [' and ', ' और '],
  [', ', ', '],
  [' by ', ' → '],
] as const;

const valueIn = (value: string): string => {
  const phrase = phraseIn(value);
  if (phrase !== undefined) return phrase;
  const [english, hindi] = LISTS.find(([separator]) => value.includes(separator)) ?? [];
  return english ? value.split(english).map(valueIn).join(hindi) : value;
};
