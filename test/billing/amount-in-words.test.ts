import englishRules from 'cldr-rbnf/rbnf/en.json' with { type: 'json' };
import hindiRules from 'cldr-rbnf/rbnf/hi.json' with { type: 'json' };
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { amountInWords, formatAmount, formatRupees, numberInWords } from '../../shared/billing/amount-in-words.ts';
import type { Paise } from '../../shared/kernel/quantity.ts';

/** Unicode CLDR's spell-out rules, applied here by their definition: an independent table. */
const rulesOf = (rules: readonly (readonly string[])[]): [number, string][] =>
  rules
    .filter(([base]) => /^\d+$/.test(base ?? ''))
    .map(([base, rule]) => [Number(base), String(rule).replace(/;$/, '')]);

const hindi = rulesOf(hindiRules.rbnf.rbnf.SpelloutRules['%spellout-cardinal']);
const english = rulesOf(englishRules.rbnf.rbnf.SpelloutRules['%spellout-cardinal']);

it('Each number below 2,000 is spelt as the reference spells it.', () => {
  for (let number = 0; number < 2_000; number += 1) expect(numberInWords(number)).toEqual(referenceOf(number));
});

it('Any number up to 99 crore is spelt in Hindi as the reference spells it.', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999_999 }), (number) => {
      expect(numberInWords(number).hi).toBe(standardHindi(spellOut(number, hindi)));
    }),
  );
});

it('English names lakhs and crores.', () => {
  expect(numberInWords(1_798)).toEqual({ en: 'one thousand seven hundred ninety-eight', hi: 'एक हज़ार सात सौ अट्ठानवे' });
  expect(numberInWords(99_51_91_100)).toEqual({
    en: 'ninety-nine crore fifty-one lakh ninety-one thousand one hundred',
    hi: 'निन्यानवे करोड़ इक्यावन लाख इक्यानवे हज़ार एक सौ',
  });
  expect(numberInWords(1_000_00_00_000).en).toBe('one thousand crore');
});

it.each([
  [0, 'Rupees zero only', 'शून्य रुपये मात्र'],
  [1, 'One paisa only', 'एक पैसा मात्र'],
  [100, 'Rupee one only', 'एक रुपया मात्र'],
  [150, 'Rupee one and fifty paise only', 'एक रुपया पचास पैसे मात्र'],
  [179_800, 'Rupees one thousand seven hundred ninety-eight only', 'एक हज़ार सात सौ अट्ठानवे रुपये मात्र'],
])('%i paise are written as %s.', (paise, en, hi) => {
  expect(amountInWords(paise as Paise)).toEqual({ en, hi });
});

it.each([
  [0, '0.00', '₹0.00'],
  [-50, '-0.50', '-₹0.50'],
  [99_999, '999.99', '₹999.99'],
  [100_000, '1,000.00', '₹1,000.00'],
  [17_980_000, '1,79,800.00', '₹1,79,800.00'],
  [-1_000_000_000_000, '-10,00,00,00,000.00', '-₹10,00,00,00,000.00'],
])('%i paise are %s in Indian groups.', (paise, amount, rupees) => {
  expect([formatAmount(paise), formatRupees(paise)]).toEqual([amount, rupees]);
});

it('Grouping agrees with the standard en-IN format for any amount.', () => {
  const standard = new Intl.NumberFormat('en-IN', { style: 'currency', currency: 'INR' });
  fc.assert(
    fc.property(fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 }), (paise) => {
      if (paise !== 0) expect(formatRupees(paise)).toBe(standard.format(paise / 100));
    }),
  );
});

it('Words name the paise of the figures, also where a half paisa was rounded.', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2_000_000_000_001 }), (halfPaise) => {
      const paise = Math.round(halfPaise / 2);
      const [rupees = '', rest = ''] = formatAmount(paise).replaceAll(',', '').split('.');
      const { en, hi } = amountInWords(paise as Paise);
      const named = [numberInWords(Number(rupees)), numberInWords(Number(rest))];
      const shown = named.filter((_, at) => [Number(rupees), Number(rest)][at] !== 0 || (at === 0 && paise === 0));
      for (const words of shown) {
        expect(en.toLowerCase()).toContain(words.en);
        expect(hi).toContain(words.hi);
      }
    }),
  );
});

const spellOut = (number: number, rules: readonly [number, string][]): string => {
  const [base, rule] = rules.findLast(([from]) => from <= number) ?? [0, ''];
  const divisor = 10 ** Math.floor(Math.log10(Math.max(1, base)));
  const rest = number % divisor;
  return rule
    .replace(/\[(.*?)\]/, (_all, optional: string) => (rest === 0 ? '' : optional))
    .replace('←←', () => spellOut(Math.floor(number / divisor), rules))
    .replace('→→', () => spellOut(rest, rules));
};

/** Three spellings of CLDR differ from those of the Central Hindi Directorate. */
const standardHindi = (text: string): string =>
  text.replaceAll('पन्द्रह', 'पंद्रह').replaceAll('तिरे', 'तिर').replaceAll('नबे', 'नवे');

/** CLDR counts in millions; below a lakh both count alike. */
const referenceOf = (number: number) => ({ en: spellOut(number, english), hi: standardHindi(spellOut(number, hindi)) });
