import * as z from 'zod';
import type { BilingualText } from './units.ts';

/** State codes of GST, as in a GSTIN and as place of supply. */
export const GST_STATES = {
  '01': { en: 'Jammu and Kashmir', hi: 'जम्मू और कश्मीर' },
  '02': { en: 'Himachal Pradesh', hi: 'हिमाचल प्रदेश' },
  '03': { en: 'Punjab', hi: 'पंजाब' },
  '04': { en: 'Chandigarh', hi: 'चंडीगढ़' },
  '05': { en: 'Uttarakhand', hi: 'उत्तराखंड' },
  '06': { en: 'Haryana', hi: 'हरियाणा' },
  '07': { en: 'Delhi', hi: 'दिल्ली' },
  '08': { en: 'Rajasthan', hi: 'राजस्थान' },
  '09': { en: 'Uttar Pradesh', hi: 'उत्तर प्रदेश' },
  '10': { en: 'Bihar', hi: 'बिहार' },
  '11': { en: 'Sikkim', hi: 'सिक्किम' },
  '12': { en: 'Arunachal Pradesh', hi: 'अरुणाचल प्रदेश' },
  '13': { en: 'Nagaland', hi: 'नागालैंड' },
  '14': { en: 'Manipur', hi: 'मणिपुर' },
  '15': { en: 'Mizoram', hi: 'मिज़ोरम' },
  '16': { en: 'Tripura', hi: 'त्रिपुरा' },
  '17': { en: 'Meghalaya', hi: 'मेघालय' },
  '18': { en: 'Assam', hi: 'असम' },
  '19': { en: 'West Bengal', hi: 'पश्चिम बंगाल' },
  '20': { en: 'Jharkhand', hi: 'झारखंड' },
  '21': { en: 'Odisha', hi: 'ओडिशा' },
  '22': { en: 'Chhattisgarh', hi: 'छत्तीसगढ़' },
  '23': { en: 'Madhya Pradesh', hi: 'मध्य प्रदेश' },
  '24': { en: 'Gujarat', hi: 'गुजरात' },
  '26': { en: 'Dadra and Nagar Haveli and Daman and Diu', hi: 'दादरा और नगर हवेली तथा दमन और दीव' },
  '27': { en: 'Maharashtra', hi: 'महाराष्ट्र' },
  '29': { en: 'Karnataka', hi: 'कर्नाटक' },
  '30': { en: 'Goa', hi: 'गोवा' },
  '31': { en: 'Lakshadweep', hi: 'लक्षद्वीप' },
  '32': { en: 'Kerala', hi: 'केरल' },
  '33': { en: 'Tamil Nadu', hi: 'तमिलनाडु' },
  '34': { en: 'Puducherry', hi: 'पुदुच्चेरी' },
  '35': { en: 'Andaman and Nicobar Islands', hi: 'अंडमान और निकोबार द्वीपसमूह' },
  '36': { en: 'Telangana', hi: 'तेलंगाना' },
  '37': { en: 'Andhra Pradesh', hi: 'आंध्र प्रदेश' },
  '38': { en: 'Ladakh', hi: 'लद्दाख' },
  '97': { en: 'Other territory', hi: 'अन्य क्षेत्र' },
} as const satisfies Record<string, BilingualText>;

/** Every seller and stall is in Uttar Pradesh. */
export const HOME_STATE = '09';

/** Two digits. */
export const GstStateCode = z.enum(
  Object.keys(GST_STATES) as (keyof typeof GST_STATES)[],
  'a State of GST is two digits, such as 09',
);
export type GstStateCode = z.infer<typeof GstStateCode>;

/** Offices that no place of supply names: States merged since, and the Centre. */
const MERGED_STATES: Readonly<Record<string, GstStateCode>> = { '25': '26', '28': '37' };
const OTHER_OFFICES = [...Object.keys(MERGED_STATES), '99'];

/** Shapes by class (GST developer portal). A class that sells is listed first. */
const GSTIN_CLASSES = {
  taxpayer: /^\d{2}[A-Z]{5}\d{4}[A-Z][1-9A-Z][Z1-9ABD-J][0-9A-Z]$/,
  department: /^\d{2}[A-Z]{4}\d{5}[A-Z]\dZ[0-9A-Z]$/,
  deductor: /^\d{2}[A-Z]{4}[A-Z0-9]\d{4}[A-Z][1-9A-Z]D[0-9A-Z]$/,
  collector: /^\d{2}[A-Z]{5}\d{4}[A-Z][1-9A-Z]C[0-9A-Z]$/,
  unBody: /^\d{4}[A-Z]{3}\d{5}[UO]N[0-9A-Z]$/,
  nonResident: /^\d{4}[A-Z]{3}\d{5}NR[0-9A-Z]$/,
  onlineService: /^99\d{2}[A-Z]{3}\d{5}OS[0-9A-Z]$/,
} as const;

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The 15th character: modulo 36, weights 1 and 2. */
export const gstinCheckDigit = (first14: string): string => {
  const sum = [...first14].reduce((total, character, at) => {
    const value = ALPHABET.indexOf(character) * (at % 2 === 0 ? 1 : 2);
    return total + Math.floor(value / 36) + (value % 36);
  }, 0);
  return ALPHABET[(36 - (sum % 36)) % 36] ?? '';
};

/** Why a text is no GSTIN. Own code, because stdnum 1.12 refuses most of these classes. */
export const gstinProblemOf = (text: string): string | undefined => {
  if (!Object.values(GSTIN_CLASSES).some((shape) => shape.test(text)))
    return 'a GSTIN is 15 characters, such as 09 and a PAN and three more';
  const state = text.slice(0, 2);
  if (!(state in GST_STATES) && !OTHER_OFFICES.includes(state)) return `no State has the code ${state}`;
  const check = gstinCheckDigit(text.slice(0, 14));
  return text.endsWith(check)
    ? undefined
    : `the check digit of this GSTIN is ${check}: compare it with the certificate`;
};

/** Any class: taxpayers, departments, deductors, embassies and UN bodies. */
export const Gstin = z.string().superRefine((text, { addIssue }) => {
  const problem = gstinProblemOf(text);
  if (problem) addIssue({ code: 'custom', message: problem, continue: false });
});

/** A seller of Bahi is registered in Uttar Pradesh, and is of a class that sells. */
export const SellerGstin = Gstin.refine(
  (text) => text.startsWith('09') && (GSTIN_CLASSES.taxpayer.test(text) || GSTIN_CLASSES.department.test(text)),
  'a GSTIN of UP is 15 characters and starts with 09',
);

/** The State of a registered buyer. Undefined for one abroad (99). */
export const stateOfGstin = (gstin: string): GstStateCode | undefined => {
  const code = gstin.slice(0, 2);
  // No schema: zod is too large for a phone.
  return MERGED_STATES[code] ?? (code in GST_STATES ? (code as GstStateCode) : undefined);
};

export const BuyerGstin = Gstin.refine(
  (text) => stateOfGstin(text) !== undefined,
  'a service provider abroad (99) buys nothing at a stall',
);

/** The fourth letter is the kind of holder: P a person, C a company, T a trust. */
export const Pan = z
  .string()
  .regex(
    /^[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z]$/,
    'a PAN is five letters, four digits and a letter, such as AAAPL1234C',
  );

/** Undefined for a department, which has a TAN. */
export const panOfGstin = (gstin: string): string | undefined => Pan.safeParse(gstin.slice(2, 12)).data;

type TaxIds = { readonly gstin?: string | undefined; readonly pan?: string | undefined };

/** True if one of them is missing. */
export const hasPanOfGstin = ({ gstin, pan }: TaxIds): boolean => !gstin || !pan || panOfGstin(gstin) === pan;

export const PAN_NOT_IN_GSTIN = {
  path: ['pan'],
  error: 'the PAN is characters 3 to 12 of the GSTIN: compare both with the certificates',
};
