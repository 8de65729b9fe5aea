import type { Paise } from '../kernel/quantity.ts';
import type { BilingualText } from '../kernel/units.ts';

const ENGLISH_ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const ENGLISH_TENS = 'zero ten twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const ENGLISH_BELOW_100 = Array.from({ length: 100 }, (_, n) => {
  const tens = ENGLISH_TENS[Math.floor(n / 10)];
  const ones = ENGLISH_ONES[n % 10];
  return n < 20 ? ENGLISH_ONES[n] : n % 10 === 0 ? tens : `${tens}-${ones}`;
});

/** Standard spelling of the Central Hindi Directorate. No two tens follow one rule. */
const HINDI_BELOW_100 = [
  ...'शून्य एक दो तीन चार पाँच छह सात आठ नौ'.split(' '),
  ...'दस ग्यारह बारह तेरह चौदह पंद्रह सोलह सत्रह अठारह उन्नीस'.split(' '),
  ...'बीस इक्कीस बाईस तेईस चौबीस पच्चीस छब्बीस सत्ताईस अट्ठाईस उनतीस'.split(' '),
  ...'तीस इकतीस बत्तीस तैंतीस चौंतीस पैंतीस छत्तीस सैंतीस अड़तीस उनतालीस'.split(' '),
  ...'चालीस इकतालीस बयालीस तैंतालीस चौवालीस पैंतालीस छियालीस सैंतालीस अड़तालीस उनचास'.split(' '),
  ...'पचास इक्यावन बावन तिरपन चौवन पचपन छप्पन सत्तावन अट्ठावन उनसठ'.split(' '),
  ...'साठ इकसठ बासठ तिरसठ चौंसठ पैंसठ छियासठ सड़सठ अड़सठ उनहत्तर'.split(' '),
  ...'सत्तर इकहत्तर बहत्तर तिहत्तर चौहत्तर पचहत्तर छिहत्तर सतहत्तर अठहत्तर उनासी'.split(' '),
  ...'अस्सी इक्यासी बयासी तिरासी चौरासी पचासी छियासी सत्तासी अट्ठासी नवासी'.split(' '),
  ...'नब्बे इक्यानवे बानवे तिरानवे चौरानवे पंचानवे छियानवे सत्तानवे अट्ठानवे निन्यानवे'.split(' '),
];

type NumberWords = { readonly below100: readonly (string | undefined)[]; readonly units: readonly string[] };

/** Indian units: hundred, thousand, lakh, crore. Crores repeat: a thousand crore. */
const UNIT_VALUES = [10_000_000, 100_000, 1_000, 100];
const ENGLISH: NumberWords = { below100: ENGLISH_BELOW_100, units: ['crore', 'lakh', 'thousand', 'hundred'] };
const HINDI: NumberWords = { below100: HINDI_BELOW_100, units: ['करोड़', 'लाख', 'हज़ार', 'सौ'] };

const wordsOf = (number: number, words: NumberWords): string => {
  const at = UNIT_VALUES.findIndex((value) => number >= value);
  const value = UNIT_VALUES[at];
  if (value === undefined) return words.below100[number] ?? '';
  const rest = number % value;
  const count = wordsOf(Math.floor(number / value), words);
  return `${count} ${words.units[at]}${rest === 0 ? '' : ` ${wordsOf(rest, words)}`}`;
};

/** A whole number from 0, such as `seven lakh two`. */
export const numberInWords = (number: number): BilingualText => ({
  en: wordsOf(number, ENGLISH),
  hi: wordsOf(number, HINDI),
});

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** For a bill, such as `Rupees one thousand and fifty paise only`. Hindi ends in मात्र. */
export const amountInWords = (amount: Paise): BilingualText => {
  const rupees = Math.floor(amount / 100);
  const paise = amount % 100;
  const rupeeWords = numberInWords(rupees);
  const paiseWords = numberInWords(paise);
  const hindiRupees = `${rupeeWords.hi} ${rupees === 1 ? 'रुपया' : 'रुपये'}`;
  const hindiPaise = `${paiseWords.hi} ${paise === 1 ? 'पैसा' : 'पैसे'}`;
  const englishRupees = `${rupees === 1 ? 'rupee' : 'rupees'} ${rupeeWords.en}`;
  const englishPaise = `${paiseWords.en} ${paise === 1 ? 'paisa' : 'paise'}`;
  if (paise === 0) return { en: capitalized(`${englishRupees} only`), hi: `${hindiRupees} मात्र` };
  if (rupees === 0) return { en: capitalized(`${englishPaise} only`), hi: `${hindiPaise} मात्र` };
  return { en: capitalized(`${englishRupees} and ${englishPaise} only`), hi: `${hindiRupees} ${hindiPaise} मात्र` };
};

/** Indian groups: `1,79,800.00`. Own code, because ICU's output may change with its version. */
export const formatAmount = (paise: number): string => {
  const digits = String(Math.abs(paise)).padStart(3, '0');
  const grouped = digits.slice(0, -2).replace(/(\d)(?=(\d\d)+\d$)/g, '$1,');
  return `${paise < 0 ? '-' : ''}${grouped}.${digits.slice(-2)}`;
};

/** `₹1,79,800.00`, `-₹0.50`. */
export const formatRupees = (paise: number): string => {
  const text = formatAmount(paise);
  return text.startsWith('-') ? `-₹${text.slice(1)}` : `₹${text}`;
};
