import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchIndexOf, searchItems, searchKey } from '../../web/stall/search.ts';

describe('Spellings of one word have one key.', () => {
  it.each([
    [['हिंदी', 'हिन्दी', 'hindi']],
    [['कुरता', 'कुर्ता', 'kurta', 'Kurtaa']],
    [['बाँसुरी', 'बांसुरी', 'bansuri', 'baansuree']],
    [['साड़ी', 'saree', 'sari']],
    [['ज़री', 'जरी', 'zari', 'jari']],
    [['चिकनकारी', 'chikankari']],
    [['कंबल', 'कम्बल', 'kambal']],
    [['फूलदान', 'phooldan', 'fuldan']],
    [['दुपट्टा', 'dupatta', 'dupata']],
    [['खिलौना', 'khilauna', 'khilona']],
    [['१२ इंच', '12 inch']],
  ])('%j', (spellings) => {
    expect(new Set(spellings.map(searchKey)).size).toBe(1);
  });

  it('Other words keep other keys.', () => {
    const words = ['कुर्ता', 'साड़ी', 'स्टोल', 'दुपट्टा', 'बाँसुरी', 'ताला', 'पीतल', 'इत्र'];
    expect(new Set(words.map(searchKey)).size).toBe(words.length);
  });

  it('Any text gives a key of small Latin letters and digits, composed or not.', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(searchKey(text)).toMatch(/^[a-z0-9 ]*$/);
        expect(searchKey(text.normalize('NFD'))).toBe(searchKey(text.normalize('NFC')));
      }),
    );
  });
});

const item = (id: string, name: string, nameHi: string, more: object = {}) => ({
  item: id,
  name,
  nameHi,
  aliases: [] as string[],
  ...more,
});
const index = searchIndexOf([
  item('A', 'Chikan kurta, M', 'चिकन कुर्ता, एम', { keypad: '101', barcode: '2000000001012' }),
  item('B', 'Chikan saree', 'चिकन साड़ी', { keypad: '10' }),
  item('C', 'Brass lamp', 'पीतल का दीया', { aliases: ['diya', 'deepak'] }),
]);
const found = (query: string) => searchItems(index, query).map((one) => one.item);

describe('Search', () => {
  it.each([
    ['कुरता', ['A']],
    ['kurta', ['A']],
    ['saree chikan', ['B']],
    ['chikan', ['A', 'B']],
    ['दीपक', ['C']],
    ['diya', ['C']],
    ['10', ['B']],
    ['१०१', ['A']],
    ['2000000001012', ['A']],
    ['मोर', []],
    ['', []],
  ])('“%s” finds %j.', (query, expected) => {
    expect(found(query)).toEqual(expected);
  });
});
