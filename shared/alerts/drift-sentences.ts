import { formatDate } from '../kernel/time.ts';
import type { BilingualText } from '../kernel/units.ts';
import type { Drift } from '../reconciliation/drift.ts';

type DriftKind = Drift['kind'];
type DriftOf<One extends DriftKind> = Extract<Drift, { kind: One }>;
/** Kinds that compare two figures or names. */
type ComparedKind = Exclude<DriftKind, 'voucher' | 'books' | 'close'>;

const REBUILT_TRANSFER = {
  en: 'a count sheet (C) that names it as its transfer, where it was to come or came, writes it again from its vouchers',
  hi: 'जहाँ माल भेजा या पाया गया वहाँ की गिनती (C) में इस रवानगी (transfer) का नाम दें: वह वाउचरों से फिर लिखी जाएगी',
};

const REPAIR_SENTENCES = {
  'on-hand': {
    en: 'a count sheet (C) of the item sets it right',
    hi: 'इस माल की गिनती (C) दर्ज करने से ठीक होगा',
  },
  free: {
    en: 'a count sheet (C) of the item sets it right too',
    hi: 'इस माल की गिनती (C) दर्ज करने से यह भी ठीक होगा',
  },
  inbound: {
    en: 'a count sheet (C) of the item sets it right too',
    hi: 'इस माल की गिनती (C) दर्ज करने से यह भी ठीक होगा',
  },
  transfer: REBUILT_TRANSFER,
  sent: REBUILT_TRANSFER,
  received: REBUILT_TRANSFER,
  final: REBUILT_TRANSFER,
  lots: {
    en: 'a count sheet (C) of the item sets the lots right',
    hi: 'इस माल की गिनती (C) दर्ज करने से लॉट ठीक होंगे',
  },
  count: { en: 'a new count sheet (C) of the item is its anchor', hi: 'इस माल की नई गिनती (C) दर्ज करें' },
  back: {
    en: 'take nothing more of it back; record what came as an adjustment (A)',
    hi: 'इस पर और वापसी न लें; जो माल आया उसे समायोजन (A) में दर्ज करें',
  },
  issued: {
    en: 'record what was issued, or take it back (V)',
    hi: 'जो दिया गया उसे दर्ज करें या वापस लें (V)',
  },
  drawn: {
    en: 'record what was issued, or take it back (V); a grant settles what is left',
    hi: 'जो दिया गया उसे दर्ज करें या वापस लें (V); बाकी हक़ फिर से तय करें',
  },
  reserved: {
    en: 'settle the requests that reserve it; a grant settles what is left',
    hi: 'जिन माँगों के लिए माल रखा है उन्हें निपटाएँ; बाकी हक़ फिर से तय करें',
  },
  left: { en: 'a grant settles it', hi: 'हक़ फिर से तय करने से ठीक होगा' },
  voucher: {
    en: 'take it back (V) and record what is so; the item itself is restored from a point in time',
    hi: 'उसे वापस लें (V) और जो सच है वह दर्ज करें; वाउचर ख़ुद पुरानी प्रति से लौटाना होगा',
  },
  books: {
    en: 'compare the day with a copy restored from a point in time, and record (A, C) what is so',
    hi: 'उस दिन को पुरानी प्रति से मिलाएँ और जो सच है वह दर्ज करें (A, C)',
  },
  close: {
    en: 'compare it with a copy restored from a point in time; the seals say which was first',
    hi: 'उसे पुरानी प्रति से मिलाएँ; मुहर बताती है कि पहले क्या था',
  },
} as const satisfies Record<DriftKind, BilingualText>;

const FIGURE_NAMES: { readonly [One in ComparedKind]: (drift: DriftOf<One>) => BilingualText } = {
  'on-hand': ({ item }) => ({ en: `${item}, on-hand`, hi: `${item}, स्टॉक` }),
  free: ({ item }) => ({ en: `${item}, free`, hi: `${item}, देने योग्य` }),
  lots: ({ item }) => ({ en: `${item}, lots`, hi: `${item}, लॉट` }),
  inbound: ({ item }) => ({ en: `${item}, inbound`, hi: `${item}, रास्ते में` }),
  count: ({ item }) => ({ en: `${item}, count`, hi: `${item}, पिछली गिनती` }),
  transfer: ({ item, what, dispatch }) => ({
    en: `${item}, ${what} of ${dispatch}`,
    hi: `${item}, रवानगी ${dispatch} (${what})`,
  }),
  sent: ({ dispatch }) => ({ en: `where ${dispatch} was sent`, hi: `${dispatch} कहाँ भेजी गई` }),
  final: ({ dispatch, receipt }) => ({
    en: `whether receipt ${receipt} is the last of ${dispatch}`,
    hi: `पावती ${receipt} रवानगी ${dispatch} की आख़िरी है या नहीं`,
  }),
  received: ({ dispatch }) => ({ en: `who received ${dispatch}`, hi: `${dispatch} किसे मिली` }),
  back: ({ line, of }) => ({ en: `what came back of line ${line} of ${of}`, hi: `${of} की पंक्ति ${line} की वापसी` }),
  issued: ({ item, request }) => ({
    en: `${item}, issued of request ${request}`,
    hi: `${item}, माँग ${request} पर दिया गया`,
  }),
  drawn: renderAccount({ en: 'drawn', hi: 'लिया गया' }),
  reserved: renderAccount({ en: 'reserved', hi: 'रखा हुआ' }),
  left: renderAccount({ en: 'left', hi: 'बाकी' }),
};

const FAULT_SENTENCES: { readonly [One in Exclude<DriftKind, ComparedKind>]: (drift: DriftOf<One>) => BilingualText } =
  {
    voucher: ({ what, vouchers: [number] }) => ({
      en: `voucher ${number} ${what === 'changed' ? 'does not say any more what was recorded' : 'cannot be read'}`,
      hi: `वाउचर ${number} ${what === 'changed' ? 'वह नहीं कहता जो दर्ज हुआ था' : 'पढ़ा नहीं जा सकता'}`,
    }),
    books: ({ day, sequence }) => ({
      en: `the vouchers of ${day} are not those that its close ${sequence} was made of`,
      hi: `${formatDate('hi-IN', day)} के वाउचर वे नहीं जिनसे उस दिन का हिसाब ${sequence} बना था`,
    }),
    close: ({ day, sequence, what }) => ({
      en: `close ${sequence}${day ? ` of ${day}` : ''} is ${what}`,
      hi: `${day ? `${formatDate('hi-IN', day)} का ` : ''}हिसाब ${sequence} ठीक नहीं (${what})`,
    }),
  };

const renderFault = (drift: Drift): BilingualText => {
  if (drift.kind === 'voucher' || drift.kind === 'books' || drift.kind === 'close')
    return FAULT_SENTENCES[drift.kind](drift as never);
  const about = FIGURE_NAMES[drift.kind](drift as never);
  return {
    en: `${about.en}: the book says ${drift.book ?? 'none'}, its vouchers ${drift.says ?? 'none'}`,
    hi: `${about.hi}: बही में ${drift.book ?? 'कुछ नहीं'}, वाउचरों से ${drift.says ?? 'कुछ नहीं'}`,
  };
};

export const renderDrift = (drift: Drift): BilingualText => {
  const what = renderFault(drift);
  const repair = REPAIR_SENTENCES[drift.kind];
  return { en: `${what.en}; ${repair.en}`, hi: `${what.hi}; ${repair.hi}` };
};

export const renderDriftLog = (drift: Drift): string => {
  const vouchers = drift.vouchers.length > 0 ? ` Vouchers: ${drift.vouchers.join(', ')}.` : '';
  return `${renderFault(drift).en}.${vouchers} Repair: ${REPAIR_SENTENCES[drift.kind].en}.`;
};

function renderAccount(figure: BilingualText) {
  return ({ item, producer, season }: DriftOf<'drawn' | 'reserved' | 'left'>): BilingualText => ({
    en: `${item}, ${figure.en} of ${producer} in ${season}`,
    hi: `${item}, ${producer} का ${season} में ${figure.hi}`,
  });
}
