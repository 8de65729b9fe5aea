import { toLatinDigits } from '../app/format.ts';

/**
 * A key that is equal for all usual spellings of a word: हिंदी and हिन्दी, कुरता, कुर्ता and kurta.
 * Devanagari is written in Latin, then what spellings disagree on is dropped: a, the h of
 * aspirates, vowel length, double letters.
 */
export const searchKey = (text: string): string =>
  foldLatin(
    [...toLatinDigits(text).normalize('NFD').toLowerCase()]
      .map((letter, at, all) => devanagari(letter, all[at + 1]) ?? letter)
      .join(''),
  );

const NUKTA = '\u093c';
const LETTERS: Readonly<Record<string, string>> = {
  क: 'k',
  ख: 'k',
  ग: 'g',
  घ: 'g',
  ङ: 'n',
  च: 'ch',
  छ: 'ch',
  ज: 'j',
  झ: 'j',
  ञ: 'n',
  ट: 't',
  ठ: 't',
  ड: 'd',
  ढ: 'd',
  ण: 'n',
  त: 't',
  थ: 't',
  द: 'd',
  ध: 'd',
  न: 'n',
  प: 'p',
  फ: 'f',
  ब: 'b',
  भ: 'b',
  म: 'm',
  य: 'y',
  र: 'r',
  ल: 'l',
  व: 'v',
  ळ: 'l',
  श: 's',
  ष: 's',
  स: 's',
  ह: 'h',
  अ: 'a',
  आ: 'a',
  इ: 'i',
  ई: 'i',
  उ: 'u',
  ऊ: 'u',
  ए: 'e',
  ऐ: 'e',
  ओ: 'o',
  औ: 'o',
  ऋ: 'ri',
  ऑ: 'o',
  ऍ: 'e',
  'ा': 'a',
  'ि': 'i',
  'ी': 'i',
  'ु': 'u',
  'ू': 'u',
  'े': 'e',
  'ै': 'e',
  'ो': 'o',
  'ौ': 'o',
  'ृ': 'ri',
  'ॉ': 'o',
  'ॅ': 'e',
  'ं': 'n',
  'ँ': 'n',
  'ः': '',
  '्': '',
  [NUKTA]: '',
};

/** ड़ and ढ़ sound like r: साड़ी is saree. */
const devanagari = (letter: string, next: string | undefined): string | undefined =>
  next === NUKTA && (letter === 'ड' || letter === 'ढ') ? 'r' : LETTERS[letter];

const foldLatin = (text: string): string =>
  text
    .replace(/[\u0300-\u036f\u200c\u200d]/g, '')
    .replace(/ph/g, 'f')
    .replace(/chh?/g, 'C')
    .replace(/[cq]/g, 'k')
    .replaceAll('C', 'c')
    .replace(/x/g, 'ks')
    .replace(/w/g, 'v')
    .replace(/z/g, 'j')
    .replace(/(?<=[kgcjtdbsrl])h/g, '')
    .replace(/m(?=[pb])/g, 'n')
    .replace(/(?<=[a-z])a+/g, '')
    .replace(/[ie]+/g, 'i')
    .replace(/[ou]+/g, 'u')
    .replace(/([a-z])\1+/g, '$1')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

export type Searchable = {
  readonly item: string;
  readonly name: string;
  readonly nameHi: string;
  readonly aliases: readonly string[];
  readonly keypad?: string | undefined;
  readonly barcode?: string | undefined;
};

export type SearchEntry<Item> = { readonly item: Item; readonly words: readonly string[] };

export const searchIndexOf = <Item extends Searchable>(items: readonly Item[]): SearchEntry<Item>[] =>
  items.map((item) => ({
    item,
    words: [...new Set([item.name, item.nameHi, ...item.aliases].flatMap((text) => searchKey(text).split(' ')))],
  }));

/**
 * Items that have a word starting with each word of the query; then those that only contain them.
 * Digits find the keypad code and the barcode first, and then sizes.
 */
export const searchItems = <Item extends Searchable>(index: readonly SearchEntry<Item>[], query: string): Item[] => {
  const digits = toLatinDigits(query).trim();
  const byCode = /^\d+$/.test(digits)
    ? index.filter(({ item }) => item.keypad === digits || item.barcode === digits).map(({ item }) => item)
    : [];
  if (byCode.some(({ barcode }) => barcode === digits)) return byCode;
  const parts = searchKey(query)
    .split(' ')
    .filter((part) => part !== '');
  if (parts.length === 0) return byCode;
  const starts = index.filter(({ words }) => parts.every((part) => words.some((word) => word.startsWith(part))));
  const contains = index.filter(({ words }) => parts.every((part) => words.some((word) => word.includes(part))));
  return [...new Set([...byCode, ...starts.map(({ item }) => item), ...contains.map(({ item }) => item)])];
};
