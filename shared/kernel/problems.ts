import type { ItemId, LocationId } from './ids.ts';
import type { Sum } from './sum.ts';
import type { Instant } from './time.ts';

/** `path`: such as `lines.0.quantity`. */
export type FieldProblem = { readonly path: string; readonly problem: string };

/** Base units or paise. */
export type BoundProblem = FieldProblem & { readonly value: number; readonly bound: number };

/** Base units. */
export type EntitlementShortage = { readonly item: ItemId; readonly wanted: number; readonly left: number };

/** `sent`: in the dispatch. `asked`: still requested, else 0. */
export type ChangedRequestLine = { readonly item: ItemId; readonly sent: number; readonly asked: number };

export type Shortage = { readonly item: ItemId; readonly wanted: number; readonly free: number };

type Fields = { readonly fields: readonly FieldProblem[] };

/** The type of the facts of a code, with an example for the docs. */
const facts = <Facts>(example: Facts): Facts => example;

const fields = [{ path: 'lines.0.item', problem: 'what is wrong with it' }];
const aboveBound = { path: 'lines.0.quantity', problem: 'what is wrong with it', value: 500, bound: 200 };
const item = 'LKO-KURTA-M' as ItemId;
const instant = '2026-11-22T05:00:00.000Z' as Instant;

const RETRY_ADVICE = 'Send the same request again, with the same number: it is recorded once.';

const RETRY_ADVICE_HI = 'वही अनुरोध उसी नंबर से फिर भेजें: वह एक ही बार दर्ज होगा।';

type ProblemText = { readonly title: string; readonly whatToDo: string };

type ProblemRow = {
  readonly status: number;
  readonly en: ProblemText;
  readonly hi: ProblemText;
  readonly example?: object;
};

/** Each error code in one row. `example`: facts of the code, for the docs. */
export const PROBLEMS = {
  INVALID_REQUEST: {
    status: 400,
    en: { title: 'The request is not as declared', whatToDo: 'Correct the fields named.' },
    hi: { title: 'अनुरोध सही रूप में नहीं है', whatToDo: 'बताए गए खाने ठीक करें।' },
    example: facts<Fields>({ fields }),
  },
  MALFORMED_JSON: {
    status: 400,
    en: { title: 'The body is not JSON', whatToDo: 'Send one JSON object in UTF-8.' },
    hi: { title: 'भेजा गया डेटा JSON नहीं है', whatToDo: 'UTF-8 में एक JSON भेजें।' },
  },
  BODY_TOO_LARGE: {
    status: 413,
    en: { title: 'The body is over 256 KB', whatToDo: 'Send less at a time.' },
    hi: { title: 'भेजा गया डेटा 256 KB से बड़ा है', whatToDo: 'एक बार में कम भेजें।' },
  },
  UNAUTHENTICATED: {
    status: 401,
    en: { title: 'No valid token', whatToDo: 'Sign in, and send the token as Bearer.' },
    hi: { title: 'साइन-इन नहीं है', whatToDo: 'साइन-इन करें, फिर भेजें।' },
  },
  FORBIDDEN: {
    status: 403,
    en: { title: 'Not yours to do', whatToDo: 'Ask your officer for access to this place or task.' },
    hi: { title: 'आपको इसकी अनुमति नहीं है', whatToDo: 'इस जगह या काम की अनुमति अपने अधिकारी से माँगें।' },
  },
  MFA_REQUIRED: {
    status: 403,
    en: {
      title: 'A second factor is needed',
      whatToDo: 'Set up an authenticator app for your account, then sign in again with its code.',
    },
    hi: { title: 'साइन-इन का दूसरा कोड चाहिए', whatToDo: 'अपने खाते के लिए ऑथेंटिकेटर ऐप लगाएँ, फिर उसके कोड से साइन-इन करें।' },
  },
  NOT_FOUND: {
    status: 404,
    en: { title: 'There is no such thing', whatToDo: 'Check the address and the number.' },
    hi: { title: 'ऐसा कुछ नहीं मिला', whatToDo: 'पता और नंबर जाँचें।' },
  },
  NUMBER_MISMATCH: {
    status: 422,
    en: {
      title: 'The number and the body disagree',
      whatToDo: 'Give the voucher a number of its own kind and IST day; record the spoiled number as cancelled.',
    },
    hi: {
      title: 'नंबर और वाउचर मेल नहीं खाते',
      whatToDo: 'वाउचर को उसकी किस्म और उसी दिन का नंबर दें; ख़राब नंबर को रद्द दर्ज करें।',
    },
    example: facts<Fields>({ fields }),
  },
  NUMBER_LEAPS: {
    status: 422,
    en: {
      title: 'The number is far ahead of the book',
      whatToDo:
        'Sync what this terminal has not sent yet, and send it again; if all was sent, give it the number that next says.',
    },
    hi: {
      title: 'नंबर बही से बहुत आगे है',
      whatToDo: 'इस फ़ोन में जो बाकी है वह पहले भेजें, फिर इसे भेजें; सब भेज चुके हों तो next वाला नंबर दें।',
    },
    example: facts<{ readonly next: string }>({ next: '7KQ2MS2611220008' }),
  },
  CLOCK_OFF: {
    status: 422,
    en: {
      title: "The phone's clock is off",
      whatToDo:
        "Measure the phone's clock by this answer, or set it by serverTime. Sync what happened earlier as captured, not live.",
    },
    hi: {
      title: 'फ़ोन की घड़ी ग़लत है',
      whatToDo: 'फ़ोन की घड़ी इस जवाब या serverTime से मिलाएँ। जो पहले हुआ, उसे बाद में दर्ज (captured) के रूप में भेजें।',
    },
    example: facts<{ readonly serverTime: Instant; readonly offBySeconds: number }>({
      serverTime: instant,
      offBySeconds: -540,
    }),
  },
  TERMINAL_UNKNOWN: {
    status: 422,
    en: { title: 'No such terminal', whatToDo: 'Enrol this phone with a one-time code.' },
    hi: { title: 'ऐसा कोई टर्मिनल नहीं है', whatToDo: 'इस फ़ोन को एक बार वाले कोड से जोड़ें।' },
  },
  TERMINAL_ELSEWHERE: {
    status: 422,
    en: {
      title: "The terminal is another location's",
      whatToDo: 'Record at the location the terminal was enrolled for, or enrol here.',
    },
    hi: { title: 'यह टर्मिनल दूसरी जगह का है', whatToDo: 'जिस जगह के लिए जोड़ा गया वहाँ दर्ज करें, या इसे यहाँ जोड़ें।' },
  },
  TERMINAL_REVOKED: {
    status: 422,
    en: { title: 'The terminal was revoked', whatToDo: 'Ask your officer; enrol anew.' },
    hi: { title: 'यह टर्मिनल बंद कर दिया गया है', whatToDo: 'अपने अधिकारी से पूछें; फ़ोन को नए सिरे से जोड़ें।' },
    example: facts<{ readonly revokedAt: Instant; readonly earlier: boolean }>({ revokedAt: instant, earlier: false }),
  },
  TERMINAL_UNPROVEN: {
    status: 422,
    en: {
      title: 'The terminal is not proven',
      whatToDo:
        'Sign it with the key of the phone that enrolled the terminal. Where that key is gone, enrol anew with a code from your officer; what the old terminal numbered is sent as captured, and an officer settles it.',
    },
    hi: {
      title: 'टर्मिनल की पहचान नहीं हुई',
      whatToDo:
        'जिस फ़ोन से टर्मिनल जोड़ा था उसी से भेजें। वह फ़ोन न हो तो अधिकारी से कोड लेकर नया जोड़ें; पुराने टर्मिनल के वाउचर captured के रूप में भेजें, अधिकारी उन्हें देखेगा।',
    },
  },
  TERMINAL_HANDED_OVER: {
    status: 422,
    en: {
      title: 'The terminal was handed over',
      whatToDo: 'Enrol anew with the code of the hand-over; bring what was recorded before it as captured.',
    },
    hi: { title: 'यह टर्मिनल दूसरे को सौंपा जा चुका है', whatToDo: 'सौंपने वाले कोड से नया जोड़ें; उससे पहले का captured के रूप में भेजें।' },
  },
  ITEM_UNKNOWN: {
    status: 422,
    en: { title: 'Unknown item', whatToDo: 'Fetch the catalogue again, and pick from it.' },
    hi: { title: 'यह सामान सूची में नहीं है', whatToDo: 'सूची फिर से मँगाएँ और उसी में से चुनें।' },
    example: facts<Fields>({ fields }),
  },
  ITEM_OF_ANOTHER_SELLER: {
    status: 422,
    en: {
      title: 'Items of more than one seller',
      whatToDo: "Make one voucher per seller, each on that seller's terminal; a basket may join them.",
    },
    hi: {
      title: 'सामान एक से ज़्यादा विक्रेताओं का है',
      whatToDo: 'हर विक्रेता का अलग वाउचर उसके अपने टर्मिनल पर बनाएँ; दोनों को एक basket जोड़ सकती है।',
    },
    example: facts<Fields>({ fields }),
  },
  QUANTITY_NOT_WHOLE: {
    status: 422,
    en: {
      title: 'Not a whole number of base units',
      whatToDo: 'Use one of the nearest that come out whole, or a unit that the item has.',
    },
    hi: { title: 'मात्रा पूरी इकाइयों में नहीं आती', whatToDo: 'बताई गई पास की मात्रा लें, या सामान की कोई और इकाई।' },
    example: facts<Fields>({ fields }),
  },
  LOT_WRONG: {
    status: 422,
    en: {
      title: 'The lot is not right',
      whatToDo:
        "In a receipt, give each line the number of its lot. Else check the lot's number against the depot's stock; name another, or none to take the oldest first.",
    },
    hi: {
      title: 'लॉट सही नहीं है',
      whatToDo:
        'माल आने पर हर पंक्ति में उसका लॉट नंबर लिखें। वरना लॉट नंबर डिपो के माल से मिलाएँ; दूसरा लॉट लिखें, या सबसे पुराना लेने के लिए ख़ाली छोड़ें।',
    },
    example: facts<Fields>({ fields }),
  },
  ITEM_NOT_PRICED: {
    status: 422,
    en: { title: 'No price on that day', whatToDo: 'Ask the officer to enter the price.' },
    hi: { title: 'उस दिन का दाम दर्ज नहीं है', whatToDo: 'अधिकारी से दाम दर्ज करवाएँ।' },
    example: facts<Fields>({ fields }),
  },
  PRICE_ABOVE_MRP: {
    status: 422,
    en: { title: 'Above the MRP', whatToDo: 'Lower the price to the MRP or below.' },
    hi: { title: 'दाम MRP से ज़्यादा है', whatToDo: 'दाम MRP या उससे कम करें।' },
    example: facts<Fields>({ fields }),
  },
  GST_RATE_MISMATCH: {
    status: 422,
    en: {
      title: 'Price and GST rate do not fit',
      whatToDo: 'Use a price or a rate that the fields name. A declared handicraft keeps its own rate.',
    },
    hi: {
      title: 'दाम और GST दर मेल नहीं खाते',
      whatToDo: 'वह दाम या दर लिखें जो खानों में बताई है। हस्तशिल्प घोषित सामान की अपनी दर रहती है।',
    },
    example: facts<Fields>({ fields }),
  },
  PRICE_BELOW_FLOOR: {
    status: 422,
    en: {
      title: 'Below the floor price',
      whatToDo: 'Check the price: it is in paise, not rupees. If it is meant, give the line a `reason`.',
    },
    hi: { title: 'दाम न्यूनतम दाम से कम है', whatToDo: 'दाम जाँचें: वह पैसे में है, रुपये में नहीं। सही हो तो reason में कारण लिखें।' },
    example: facts<Fields>({
      fields: [{ path: 'lines.0.unitPrice', problem: '850 paise each, below the floor price of 42500 paise each' }],
    }),
  },
  PAYMENT_MISMATCH: {
    status: 422,
    en: {
      title: 'The payments do not add up',
      whatToDo:
        'Make the payments equal the lines less discounts plus roundOff; of a return, make the refund equal what is due back.',
    },
    hi: {
      title: 'भुगतान का जोड़ नहीं मिलता',
      whatToDo: 'भुगतान को छूट घटाकर और roundOff जोड़कर बने कुल के बराबर करें; वापसी में उतना ही लौटाएँ जितना बनता है।',
    },
    example: facts<{ readonly due: number; readonly paid: number }>({ due: 179_800, paid: 170_000 }),
  },
  EXCHANGE_NOT_COVERED: {
    status: 409,
    en: {
      title: 'Nothing came back for what is exchanged',
      whatToDo:
        'Record the return into this basket first; or let the customer pay what is not left in it, and send the sale under the same number.',
    },
    hi: {
      title: 'बदले के सामान की वापसी दर्ज नहीं है',
      whatToDo: 'पहले इसी basket में वापसी दर्ज करें; या बाकी रकम ग्राहक से लें और बिक्री उसी नंबर से भेजें।',
    },
    example: facts<{ readonly basket: string; readonly wanted: Sum; readonly left: Sum }>({
      basket: 'B-7',
      wanted: 89_900,
      left: 30_000,
    }),
  },
  PRODUCER_UNKNOWN: {
    status: 422,
    en: { title: 'Unknown producer', whatToDo: 'Check the number on the card.' },
    hi: { title: 'यह कारीगर दर्ज नहीं है', whatToDo: 'कार्ड का नंबर जाँचें।' },
  },
  STAFF_UNKNOWN: {
    status: 422,
    en: {
      title: 'Not staff of this location',
      whatToDo: 'Pick who stands there from the staff of this location, or let an officer enter them in the registry.',
    },
    hi: {
      title: 'यह व्यक्ति इस जगह का कर्मचारी नहीं है',
      whatToDo: 'इस जगह के कर्मचारियों में से चुनें, या अधिकारी से नाम दर्ज करवाएँ।',
    },
    example: facts<Fields>({
      fields: [{ path: 'by', problem: 'S009 is not in the registry, and is not staff of LKO-01' }],
    }),
  },
  UNIT_NEEDED: {
    status: 422,
    en: {
      title: 'A quantity without its unit',
      whatToDo: 'Send the quantity with its unit, such as "40 kg" or "40 gram".',
    },
    hi: { title: 'मात्रा के साथ इकाई नहीं है', whatToDo: 'इकाई के साथ लिखें, जैसे "40 किग्रा" या "40 ग्राम"।' },
    example: facts<Fields>({ fields }),
  },
  IMPLAUSIBLE: {
    status: 422,
    en: {
      title: 'A quantity or an amount is too large to be plausible',
      whatToDo: 'Correct the figures named; or, if they are right, send the same again with confirmed true.',
    },
    hi: {
      title: 'मात्रा या रकम बहुत ज़्यादा लगती है',
      whatToDo: 'बताए गए अंक ठीक करें; सही हों तो confirmed true के साथ फिर भेजें।',
    },
    example: facts<{ readonly fields: readonly BoundProblem[] }>({ fields: [aboveBound] }),
  },
  APPROVAL_NEEDED: {
    status: 409,
    en: {
      title: "Above what may be done without an officer's approval",
      whatToDo: 'Leave it: it is held under the id named, and counts once an officer has admitted it.',
    },
    hi: {
      title: 'इसके लिए अधिकारी की मंज़ूरी चाहिए',
      whatToDo: 'रहने दें: यह बताए गए नंबर पर रुका है और अधिकारी की मंज़ूरी के बाद गिना जाएगा।',
    },
    // `held`: id of the held voucher, if it was stored.

    example: facts<{ readonly fields: readonly BoundProblem[]; readonly held?: string }>({
      fields: [aboveBound],
      held: '7KQ2MA2611220001-0a1b2c3d4e5f',
    }),
  },
  INSUFFICIENT_STOCK: {
    status: 409,
    en: { title: 'The book has too little', whatToDo: 'Ask for no more than is free, or do what the detail says.' },
    hi: { title: 'बही में इतना माल नहीं है', whatToDo: 'जितना उपलब्ध है उतना ही लें, या जो detail में लिखा है वह करें।' },
    example: facts<{ readonly short: readonly Shortage[] }>({ short: [{ item, wanted: 9, free: 3 }] }),
  },
  VOUCHER_CONFLICT: {
    status: 409,
    en: {
      title: 'The number is taken by another voucher',
      whatToDo:
        "Read what is stored under it; if yours is another, give it the terminal's next number, or a grant an id of its own.",
    },
    hi: {
      title: 'इस नंबर पर दूसरा वाउचर है',
      whatToDo: 'देखें उस नंबर पर क्या दर्ज है; आपका दूसरा हो तो अगला नंबर दें, या अनुदान को अपनी अलग id।',
    },
  },
  REQUEST_UNKNOWN: {
    status: 422,
    en: { title: 'No such request here', whatToDo: "Check the request's number, and its depot." },
    hi: { title: 'यहाँ ऐसी कोई माँग नहीं है', whatToDo: 'माँग का नंबर और डिपो जाँचें।' },
  },
  REQUEST_STATE: {
    status: 409,
    en: {
      title: 'The request is past that',
      whatToDo: 'Read the request again: it says what was done, by whom and when.',
    },
    hi: { title: 'माँग अब आगे बढ़ चुकी है', whatToDo: 'माँग फिर पढ़ें: उसमें लिखा है किसने कब क्या किया।' },
    example: facts<{ readonly state: string }>({ state: 'cancelled' }),
  },
  RESERVED_EXCEEDED: {
    status: 409,
    en: {
      title: 'More than is reserved',
      whatToDo: 'Issue what is reserved; for more, a new request is approved first.',
    },
    hi: { title: 'जितना रखा गया है उससे ज़्यादा है', whatToDo: 'जितना रखा है उतना ही दें; और के लिए पहले नई माँग मंज़ूर हो।' },
    example: facts<Fields>({ fields }),
  },
  ENTITLEMENT_EXCEEDED: {
    status: 409,
    en: {
      title: 'More than is left in the passbook',
      whatToDo: 'Approve what is left, or ask an officer for a grant.',
    },
    hi: { title: 'पासबुक में इतना बाकी नहीं है', whatToDo: 'जितना बाकी है उतना मंज़ूर करें, या अधिकारी से अनुदान माँगें।' },
    example: facts<{ readonly over: readonly EntitlementShortage[] }>({
      over: [{ item, wanted: 60_000, left: 20_000 }],
    }),
  },
  NOT_A_MATERIAL: {
    status: 422,
    en: {
      title: 'Not a material of this depot',
      whatToDo: "Ask for what the depot keeps: its stock and its sellers' raw materials.",
    },
    hi: { title: 'यह इस डिपो का कच्चा माल नहीं है', whatToDo: 'वही माँगें जो डिपो रखता है।' },
    example: facts<Fields>({ fields }),
  },
  SELLER_NOT_HERE: {
    status: 422,
    en: {
      title: 'The seller does not trade here',
      whatToDo: "Pick one of the location's sellers, or add the seller to the location in the registry.",
    },
    hi: { title: 'यह विक्रेता यहाँ नहीं बेचता', whatToDo: 'इस जगह के विक्रेताओं में से चुनें, या विक्रेता को इस जगह के लिए दर्ज करवाएँ।' },
  },
  ENROLMENT_CODE_UNKNOWN: {
    status: 422,
    en: {
      title: 'No such enrolment code here',
      whatToDo: 'Check the code; codes are for one location and lapse after a day. Ask for a new one.',
    },
    hi: {
      title: 'यहाँ ऐसा जोड़ने का कोड नहीं है',
      whatToDo: 'कोड जाँचें; कोड एक ही जगह का होता है और एक दिन चलता है। नया कोड माँगें।',
    },
  },
  ENROLMENT_CODE_USED: {
    status: 409,
    en: { title: 'The enrolment code was used by another phone', whatToDo: 'Ask your officer for a new code.' },
    hi: { title: 'यह कोड दूसरे फ़ोन में लग चुका है', whatToDo: 'अपने अधिकारी से नया कोड माँगें।' },
  },
  PIN_WRONG: {
    status: 403,
    en: {
      title: 'Card and PIN do not match',
      whatToDo: 'Check the card number, and let the producer enter the PIN again, as often as triesLeft says.',
    },
    hi: {
      title: 'कार्ड और PIN मेल नहीं खाते',
      whatToDo: 'कार्ड नंबर जाँचें और कारीगर से PIN फिर डलवाएँ; triesLeft बताता है कितनी बार।',
    },
    example: facts<{ readonly triesLeft: number }>({ triesLeft: 4 }),
  },
  PIN_LOCKED: {
    status: 423,
    en: { title: 'Too many wrong PINs', whatToDo: 'Wait until the time said, or let an officer set a new PIN.' },
    hi: { title: 'बहुत बार ग़लत PIN डाला गया', whatToDo: 'बताए गए समय तक रुकें, या अधिकारी से नया PIN लगवाएँ।' },
    example: facts<{ readonly until: Instant }>({ until: instant }),
  },
  CODE_WRONG: {
    status: 403,
    en: {
      title: 'Not the code of the last issue',
      whatToDo: 'Let the producer read out the code that their phone shows now, as often as triesLeft says.',
    },
    hi: {
      title: 'यह पिछली बार दिए माल का कोड नहीं है',
      whatToDo: 'कारीगर से फ़ोन में अभी दिखता कोड पढ़वाएँ; triesLeft बताता है कितनी बार।',
    },
    example: facts<{ readonly triesLeft: number }>({ triesLeft: 4 }),
  },
  CODE_VOID: {
    status: 409,
    en: {
      title: 'The code is no good any more',
      whatToDo: 'Let the producer sign at the depot, and record the signature.',
    },
    hi: { title: 'यह कोड अब नहीं चलता', whatToDo: 'कारीगर से डिपो पर हस्ताक्षर लें और उसे दर्ज करें।' },
  },
  SECOND_PERSON_NEEDED: {
    status: 409,
    en: {
      title: 'Another person has to confirm',
      whatToDo:
        'Let another member of staff confirm under their own login, or let the producer confirm by code or by card and PIN.',
    },
    hi: {
      title: 'पुष्टि कोई दूसरा व्यक्ति करे',
      whatToDo: 'दूसरा कर्मचारी अपने लॉगिन से पुष्टि करे, या कारीगर कोड से अथवा कार्ड और PIN से।',
    },
    example: facts<{ readonly share: number; readonly confirmed: number; readonly byIssuer: number }>({
      share: 20,
      confirmed: 30,
      byIssuer: 6,
    }),
  },
  ALERT_RESOLVED: {
    status: 409,
    en: {
      title: 'The alert is resolved',
      whatToDo: 'Nothing is left to do about it; if there is cause again, it opens again.',
    },
    hi: { title: 'यह सूचना निपट चुकी है', whatToDo: 'अब कुछ करना नहीं है; कारण फिर बने तो यह फिर खुलेगी।' },
  },
  HELD_STATE: {
    status: 409,
    en: { title: 'It is settled already', whatToDo: 'Read what is held again: it says who settled it, when and why.' },
    hi: { title: 'इसका फ़ैसला हो चुका है', whatToDo: 'रुके वाउचर को फिर पढ़ें: उसमें लिखा है किसने, कब और क्यों फ़ैसला किया।' },
    example: facts<{ readonly state: string }>({ state: 'rejected' }),
  },
  STILL_HELD: {
    status: 409,
    en: {
      title: 'It still cannot be admitted',
      whatToDo:
        'Mend what the detail and the fields say, give the time it happened, admit it with approved true if its figures are right, or name the voucher that says it instead. If it is of no use any more, reject it.',
    },
    hi: {
      title: 'यह अब भी दर्ज नहीं हो सकता',
      whatToDo:
        'detail और fields में जो लिखा है उसे ठीक करें, होने का समय दें, अंक सही हों तो approved true के साथ मानें, या सही वाउचर का नंबर दें। अब किसी काम का न हो तो इसे reject करें।',
    },
    example: facts<Fields>({ fields }),
  },
  VOUCHER_UNKNOWN: {
    status: 422,
    en: { title: 'No such voucher here', whatToDo: 'Record the voucher that says what happened, then name it.' },
    hi: { title: 'यहाँ ऐसा वाउचर नहीं है', whatToDo: 'जो हुआ उसका वाउचर पहले दर्ज करें, फिर उसका नंबर दें।' },
  },
  RETURN_EXCEEDED: {
    status: 409,
    en: {
      title: 'More than can still come back',
      whatToDo: 'Take back what the fields say is left; read the voucher for what it was.',
    },
    hi: { title: 'जितना लौट सकता है उससे ज़्यादा है', whatToDo: 'जितना बाकी बताया है उतना ही वापस लें; बिक्री का वाउचर देखें।' },
    example: facts<Fields>({ fields }),
  },
  SOLD_ELSEWHERE: {
    status: 422,
    en: {
      title: 'It was sold at another location',
      whatToDo:
        'Send the customer to the location that is named: it takes the sale back. If it is closed, ask your officer to open it again for the return.',
    },
    hi: {
      title: 'यह दूसरी जगह बिका था',
      whatToDo: 'ग्राहक को बताई गई जगह भेजें: वापसी वहीं होगी। वह बंद हो तो अधिकारी से वापसी के लिए फिर खुलवाएँ।',
    },
    example: facts<{ readonly location: LocationId; readonly name?: string; readonly closedFrom?: string }>({
      location: 'LKO-02' as LocationId,
      name: 'Lucknow Charbagh, stall 2',
    }),
  },
  NEEDS_OFFICER: {
    status: 403,
    en: {
      title: 'An officer decides that',
      whatToDo: 'Bring it as captured: it is held, and your officer admits or rejects it.',
    },
    hi: { title: 'यह फ़ैसला अधिकारी करेगा', whatToDo: 'इसे captured के रूप में भेजें: यह रुका रहेगा और अधिकारी मानेगा या लौटाएगा।' },
  },
  TRANSFER_CLOSED: {
    status: 409,
    en: {
      title: 'That dispatch was received already',
      whatToDo:
        'Read the receipt that is named. If it is wrong, take it back, then receive again; record other goods as their own receipt.',
    },
    hi: {
      title: 'यह माल पहले ही मिल चुका दर्ज है',
      whatToDo: 'बताई गई रसीद देखें। ग़लत हो तो उसे वापस लें और फिर दर्ज करें; दूसरा माल अलग रसीद से दर्ज करें।',
    },
    example: facts<{ readonly receipt: string }>({ receipt: '7KQ2MR2611220003' }),
  },
  TRANSFER_EXCEEDED: {
    status: 409,
    en: {
      title: 'More than is still to come of that dispatch',
      whatToDo:
        'Receive what the fields say is still to come, and other goods by their own receipt. If an earlier receipt is wrong, take it back, then receive again.',
    },
    hi: {
      title: 'जितना आना बाकी है उससे ज़्यादा है',
      whatToDo: 'जितना बाकी बताया है उतना लें, और दूसरा माल अलग रसीद से। पहले की रसीद ग़लत हो तो उसे वापस लेकर फिर दर्ज करें।',
    },
    example: facts<Fields>({ fields }),
  },
  COUNTED_TWICE: {
    status: 409,
    en: {
      title: 'The item is on another sheet of the same count, or opened already',
      whatToDo:
        'Count the item in all its places and record the total on one sheet, under a new name of the count. A location uses a name once: put the date in it. Stock that opened already is counted, or its opening receipt is taken back first.',
    },
    hi: {
      title: 'यह सामान इसी गिनती के दूसरे पन्ने पर है, या इसका शुरुआती माल दर्ज है',
      whatToDo:
        'सामान को हर जगह गिनकर कुल एक ही पन्ने पर, गिनती के नए नाम से लिखें। नाम एक जगह एक ही बार चलता है: उसमें तारीख़ डालें। शुरुआती माल दर्ज हो तो गिनती करें, या पहले उसकी रसीद वापस लें।',
    },
    example: facts<Fields>({ fields }),
  },
  SAME_TIME: {
    status: 409,
    en: {
      title: 'Another voucher of this terminal has the same time, so their order is not known',
      whatToDo:
        'If this happened after the other voucher, state a later occurredAt, by a millisecond or more; if before it, an earlier one. A shift close may name the other in last instead. An officer who admits it states occurredAt.',
    },
    hi: {
      title: 'इसी टर्मिनल के दूसरे वाउचर का समय यही है, इसलिए पहले कौन हुआ यह पता नहीं',
      whatToDo:
        'यह दूसरे वाउचर के बाद हुआ हो तो occurredAt उससे बाद का लिखें, एक मिलीसेकंड भी काफ़ी है; पहले हुआ हो तो पहले का। शिफ़्ट बंद करते समय उसका नंबर last में भी लिख सकते हैं। अधिकारी मानते समय occurredAt बताए।',
    },
    example: facts<{ readonly other: string; readonly occurredAt: Instant }>({
      other: '7KQ2MR2611220003',
      occurredAt: instant,
    }),
  },
  NOT_ADDRESSEE: {
    status: 409,
    en: {
      title: 'That dispatch was sent to another location',
      whatToDo:
        'Check the number on the challan. If the goods are here, let the sender take the dispatch back (V) and dispatch them to this location; receive that.',
    },
    hi: {
      title: 'यह माल दूसरी जगह भेजा गया था',
      whatToDo: 'चालान का नंबर जाँचें। माल यहीं हो तो भेजने वाला उसे वापस ले (V) और इस जगह के लिए भेजे; फिर आप लें।',
    },
    example: facts<{ readonly from: string; readonly to: string }>({ from: 'LKO-02', to: 'LKO-01' }),
  },
  TRANSFER_REQUEST_CHANGED: {
    status: 409,
    en: {
      title: 'It is not asked for any more, or not so much',
      whatToDo:
        'Send what is asked for still, under the same number; or record your own dispatch, if the receiver wants it.',
    },
    hi: {
      title: 'यह माँग अब नहीं है, या इतनी नहीं है',
      whatToDo: 'जितना अब माँगा गया है उसी नंबर से भेजें; या लेने वाला चाहे तो अपना अलग वाउचर दर्ज करें।',
    },
    example: facts<{ readonly asked: readonly ChangedRequestLine[] }>({ asked: [{ item, sent: 4, asked: 2 }] }),
  },
  REFERENCE_UNKNOWN: {
    status: 422,
    en: {
      title: 'The entry names something the registry does not have',
      whatToDo: 'Enter what the fields name first, or correct them.',
    },
    hi: { title: 'इसमें ऐसा नाम है जो दर्ज नहीं है', whatToDo: 'बताए गए नाम पहले दर्ज करें, या उन्हें ठीक करें।' },
    example: facts<Fields>({ fields }),
  },
  ENTRY_FIXED: {
    status: 422,
    en: {
      title: 'What the fields say was settled when it was entered',
      whatToDo: 'Leave those fields as they are, or enter what you mean under an id of its own.',
    },
    hi: { title: 'बताए गए खाने दर्ज होने के बाद नहीं बदलते', whatToDo: 'उन खानों को वैसा ही रहने दें, या नई id से नया दर्ज करें।' },
    example: facts<Fields>({ fields }),
  },
  ENTRY_CLOSED: {
    status: 422,
    en: {
      title: 'Closed or discontinued on that day',
      whatToDo:
        'Leave out what has ended, or ask your officer to open it again. What happened before its end is synced as captured.',
    },
    hi: {
      title: 'उस दिन यह बंद था',
      whatToDo: 'जो बंद हो गया उसे छोड़ दें, या अधिकारी से फिर खुलवाएँ। बंद होने से पहले का captured के रूप में भेजें।',
    },
    example: facts<Fields>({ fields: [{ path: 'location', problem: 'LKO-01 is closed from 2026-11-20' }] }),
  },
  IMPORT_REFUSED: {
    status: 422,
    en: { title: 'Nothing was imported', whatToDo: 'Correct the lines named, and send the whole file again.' },
    hi: { title: 'कुछ भी दर्ज नहीं हुआ', whatToDo: 'बताई गई पंक्तियाँ ठीक करें और पूरी फ़ाइल फिर भेजें।' },
    example: facts<Fields>({ fields: [{ path: 'line 3, district', problem: 'districts has no XYZ' }] }),
  },
  PRECONDITION_REQUIRED: {
    status: 428,
    en: { title: 'If-Match is needed', whatToDo: 'Read what you change, and send its version as If-Match.' },
    hi: { title: 'If-Match चाहिए', whatToDo: 'जिसे बदलना है उसे पढ़ें और उसका version If-Match में भेजें।' },
  },
  VERSION_MISMATCH: {
    status: 412,
    en: {
      title: 'It was changed meanwhile',
      whatToDo: 'Read it again, make the change on what it is now, and send that version as If-Match.',
    },
    hi: { title: 'इस बीच किसी ने इसे बदल दिया', whatToDo: 'फिर पढ़ें, उसी पर बदलाव करें और वह version If-Match में भेजें।' },
    example: facts<{ readonly version: number }>({ version: 4 }),
  },
  NO_BILL: {
    status: 422,
    en: {
      title: 'That voucher has no bill',
      whatToDo: 'Ask for the bill of a recorded sale, or of the return of a recorded sale.',
    },
    hi: { title: 'इस वाउचर का बिल नहीं होता', whatToDo: 'दर्ज बिक्री का, या दर्ज बिक्री की वापसी का बिल माँगें।' },
  },
  BILL_INCOMPLETE: {
    status: 409,
    en: {
      title: 'The registry lacks what the bill must show',
      whatToDo: 'Let an officer enter the fields named in the registry, then ask for the bill again.',
    },
    hi: { title: 'बिल के लिए ज़रूरी जानकारी दर्ज नहीं है', whatToDo: 'अधिकारी बताए गए खाने रजिस्टर में भरे, फिर बिल माँगें।' },
    example: facts<Fields>({ fields: [{ path: 'seller.address', problem: 'the registry has no address of LKO1' }] }),
  },
  NO_CHALLAN: {
    status: 422,
    en: { title: 'That voucher has no delivery challan', whatToDo: 'Ask for the challan of a recorded dispatch.' },
    hi: { title: 'इस वाउचर का डिलीवरी चालान नहीं होता', whatToDo: 'दर्ज प्रेषण का चालान माँगें।' },
  },
  DISPATCH_TAKEN_BACK: {
    status: 422,
    en: {
      title: 'Goods of this dispatch were taken back',
      whatToDo:
        'Goods that left earlier keep the e-way bill that they left with. If some have still to leave, take them back too, dispatch them again, and use the new number.',
    },
    hi: {
      title: 'इस नंबर से भेजा गया माल वापस लिया जा चुका है',
      whatToDo:
        'जो माल निकल चुका है, उसके साथ गया ई-वे बिल ही चलेगा। कुछ माल अभी भेजना हो तो उसे भी वापस लें, फिर से भेजें और नए नंबर से माँगें।',
    },
  },
  EWAY_BILL_NOT_NEEDED: {
    status: 422,
    en: {
      title: 'The law asks for no e-way bill',
      whatToDo: 'Send the goods with the challan. If the seller is registered and wants one, ask with voluntary=true.',
    },
    hi: {
      title: 'क़ानून में ई-वे बिल ज़रूरी नहीं',
      whatToDo: 'माल चालान के साथ भेजें। पंजीकृत विक्रेता फिर भी चाहे तो voluntary=true के साथ माँगें।',
    },
  },
  EWAY_BILL_INCOMPLETE: {
    status: 422,
    en: {
      title: 'Facts are missing that the e-way bill must state',
      whatToDo: 'Give the query fields named; let an officer enter the others in the registry.',
    },
    hi: {
      title: 'ई-वे बिल के लिए ज़रूरी जानकारी कम है',
      whatToDo: 'बताए गए query खाने दें; बाक़ी अधिकारी रजिस्टर में भरे।',
    },
    example: facts<Fields>({ fields: [{ path: 'query.distance', problem: 'give the distance in km' }] }),
  },
  PERIOD_OPEN: {
    status: 409,
    en: {
      title: 'The period is not over',
      whatToDo: 'Ask for an earlier period, or ask again the day after the period ends.',
    },
    hi: { title: 'यह अवधि अभी पूरी नहीं हुई', whatToDo: 'पहले की अवधि माँगें, या अवधि पूरी होने के अगले दिन फिर माँगें।' },
  },
  SELLER_NOT_REGULAR: {
    status: 422,
    en: {
      title: 'The seller files no GSTR-1 for this period',
      whatToDo: 'Ask for a period in which the seller was regular, or correct the registration of the seller.',
    },
    hi: {
      title: 'इस अवधि में विक्रेता GSTR-1 नहीं भरता',
      whatToDo: 'वह अवधि माँगें जब विक्रेता नियमित (regular) था, या विक्रेता का पंजीकरण ठीक करें।',
    },
  },
  BUSY: {
    status: 503,
    en: { title: 'Too busy just now', whatToDo: RETRY_ADVICE },
    hi: { title: 'अभी भीड़ है', whatToDo: RETRY_ADVICE_HI },
  },
  INTERNAL: {
    status: 500,
    en: { title: 'A fault of ours', whatToDo: RETRY_ADVICE },
    hi: { title: 'हमारी ओर से गड़बड़ी हुई', whatToDo: RETRY_ADVICE_HI },
  },
} satisfies Record<string, ProblemRow>;

type ProblemRows = typeof PROBLEMS;

export type ErrorCode = keyof ProblemRows;

export const ERROR_CODES = Object.keys(PROBLEMS) as [ErrorCode, ...ErrorCode[]];

type FactsOf<Row> = Row extends { readonly example: infer Facts } ? Facts : never;

/** The codes that carry facts. */
export type RefusalFacts = {
  [Code in ErrorCode as ProblemRows[Code] extends { readonly example: object } ? Code : never]: FactsOf<
    ProblemRows[Code]
  >;
};
