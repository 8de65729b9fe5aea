import type { BilingualText } from '../kernel/bilingual-text.ts';
import { sumOf } from '../kernel/quantity.ts';
import { negate, type Sum, subtract } from '../kernel/sum.ts';
import { dayOf, formatDate, type Instant } from '../kernel/time.ts';
import type { ExceptionAlert } from './exception-alert.ts';

type ExceptionSentences = {
  readonly [Type in ExceptionAlert['type']]: (matter: Extract<ExceptionAlert, { type: Type }>) => BilingualText;
};

export const EXCEPTION_SENTENCES: ExceptionSentences = {
  held: ({ figures: { number, problem } }) => ({
    en: `Voucher ${number} is not in the book yet, because: ${problem.detail.replace(/\.?$/, '')}; an officer has to settle it.`,
    hi: `वाउचर ${number} अभी बही में दर्ज नहीं हो सका (${problem.code}): अधिकारी को फ़ैसला करना है।`,
  }),

  unproven: ({ figures: { terminal, day, missing, many, last } }) => {
    const [on, onHi] = [formatDate('en-IN', day), formatDate('hi-IN', day)];
    const [first] = missing;
    if (first)
      return many === 1
        ? {
            en: `A voucher of phone ${terminal} of ${on} has not come, it is ${first}: bring what is missing.`,
            hi: `फ़ोन ${terminal} का ${onHi} का एक वाउचर नहीं आया (${first}): उसे भेजें।`,
          }
        : {
            en: `${many} vouchers of phone ${terminal} of ${on} have not come, the first is ${first}: bring what is missing.`,
            hi: `फ़ोन ${terminal} के ${onHi} के ${many} वाउचर नहीं आए, पहला ${first} है: जो बाकी हैं उन्हें भेजें।`,
          };
    return {
      en: `Nothing says that phone ${terminal} has sent all of ${on}${last ? `; the last known is ${last}` : ''}: let it send the rest, or close its shift.`,
      hi: `फ़ोन ${terminal} ने ${onHi} के सारे वाउचर भेज दिए, यह पक्का नहीं${last ? `; आख़िरी मिला वाउचर ${last} है` : ''}: बाकी भेजें या शिफ़्ट बंद करें।`,
    };
  },

  overdue: ({ about, figures: { sent, receipts } }) => {
    const [received] = receipts;
    if (sent && received)
      return {
        en: `The rest of the goods that ${sent.from} sent on ${renderDate(sent.at)} has not come (dispatch ${about}): ask where it is, record what came, or close the dispatch short.`,
        hi: `${sent.from} ने ${renderDateHi(sent.at)} को जो माल भेजा उसका बाकी हिस्सा अब तक नहीं आया (रवानगी ${about}): पता करें कि कहाँ है, आ गया हो तो दर्ज करें, या रवानगी बंद करें।`,
      };
    if (sent)
      return {
        en: `Goods that ${sent.from} sent on ${renderDate(sent.at)} have not come (dispatch ${about}): ask where they are, or record what came.`,
        hi: `${sent.from} ने ${renderDateHi(sent.at)} को जो माल भेजा वह अब तक नहीं आया (रवानगी ${about}): पता करें कि कहाँ है, या आ गया हो तो दर्ज करें।`,
      };
    return {
      en: `What was received${received ? ` on ${renderDate(received.at)}` : ''} waits for its dispatch ${about}: its sender has to bring it.`,
      hi: `${received ? `${renderDateHi(received.at)} को ` : ''}जो माल मिला उसकी रवानगी ${about} दर्ज नहीं है: भेजने वाले उसे दर्ज करें।`,
    };
  },

  mismatch: ({ about, figures: { sent, receipts, differs } }) => {
    const received = receipts.find(({ by }) => by !== sent?.to);
    if (differs.length === 0)
      return {
        en: `Dispatch ${about} was sent to ${sent?.to ?? 'another place'} and received at ${received?.by ?? 'this one'}: find out why.`,
        hi: `रवानगी ${about} ${sent?.to ?? 'कहीं और'} के लिए थी, पर ${received ? `${received.by} पर` : 'यहाँ'} मिली: कारण पता करें।`,
      };
    const missing = sumOf(differs.map((line) => Math.max(0, line.missing)));
    const surplus = sumOf(differs.map((line) => Math.max(0, -line.missing)));
    const rejected = sumOf(differs.map((line) => line.rejected));
    const parts = [
      { amount: missing, en: 'missing', hi: 'कम' },
      { amount: rejected, en: 'rejected', hi: 'नामंज़ूर' },
      { amount: surplus, en: 'too many', hi: 'ज़्यादा' },
    ].filter(({ amount }) => amount > 0);
    const of = sent ? ` from ${sent.from}` : '';
    return {
      en: `Dispatch ${about}${of} did not come as it was sent: ${parts.map(({ amount, en }) => `${amount} ${en}`).join(', ')}; find out where it went.`,
      hi: `रवानगी ${about} जैसी भेजी गई वैसी नहीं पहुँची: ${parts.map(({ amount, hi }) => `${amount} ${hi}`).join(', ')}; पता करें कि माल कहाँ गया।`,
    };
  },

  unmatched: ({ about, figures: { many, since, misfit } }) => {
    if (!misfit)
      return {
        en: `What came back${since ? ` on ${renderDate(since)}` : ''} is of sale ${about}, which has not come: let its phone send it, or find out what was sold.`,
        hi: `${since ? `${renderDateHi(since)} को ` : ''}जो माल लौटा वह बिक्री ${about} का है, जो दर्ज नहीं है: फ़ोन से भिजवाएँ या पता करें क्या बिका था।`,
      };
    const more = sumOf(misfit.exceeded.map(({ back, sold }) => back - sold));
    const paise = subtract(misfit.given, misfit.due);
    const money = rupees(paise < 0 ? negate(paise) : paise);
    const parts = [
      ...(more > 0 ? [{ en: `${more} more than it sold`, hi: `बिके से ${more} ज़्यादा` }] : []),
      ...(paise > 0 ? [{ en: `${money} more than is due`, hi: `देय से ${money} ज़्यादा` }] : []),
      ...(paise < 0 ? [{ en: `${money} less than is due`, hi: `देय से ${money} कम` }] : []),
    ];
    return {
      en: `${many === 1 ? 'A return' : `${many} returns`} of sale ${about} came before it and took back ${parts.map(({ en }) => en).join(', ')}: find out why, count the shelf and the till.`,
      hi: `बिक्री ${about} से पहले दर्ज ${many} वापसी में ${parts.map(({ hi }) => hi).join(', ')} लौटा: कारण पता करें, माल और नकद गिनें।`,
    };
  },

  failed: ({ location, figures: { work, day, problem } }) => {
    if (problem === undefined)
      return {
        en: `The work ${work} at ${location} succeeds again.`,
        hi: `${location} पर काम ${work} फिर ठीक से हुआ।`,
      };
    return {
      en: `The work ${work} of ${formatDate('en-IN', day)} failed at ${location}, so that its figures are old: tell who runs Bahi (${problem}).`,
      hi: `${location} पर ${formatDate('hi-IN', day)} का काम ${work} नहीं हो सका, इसलिए वहाँ के आँकड़े पुराने हैं: बही चलाने वालों को बताएँ (${problem})।`,
    };
  },

  exchange: ({ figures: { basket, uncovered, spentBy } }) => ({
    en: `${rupees(uncovered)} more was exchanged in basket ${basket} than came back into it${spentBy ? `, last by sale ${spentBy}` : ''}: let its phone send the return, or find out what was brought back.`,
    hi: `टोकरी ${basket} में जितना माल लौटा उससे ${rupees(uncovered)} ज़्यादा का बदला गया${spentBy ? ` (बिक्री ${spentBy})` : ''}: वापसी फ़ोन से भिजवाएँ या पता करें क्या लौटा था।`,
  }),

  pin: ({ location, about, figures: { locks } }) => ({
    en: `Wrong tries at ${location} have locked the PIN of producer ${about}${locks > 1 ? `, ${locks} times in a row` : ''}: find out who tried, and set a new PIN.`,
    hi: `${location} पर ग़लत कोशिशों से कारीगर ${about} का PIN ${locks > 1 ? `लगातार ${locks} बार ` : ''}बंद हुआ: पता करें किसने कोशिश की, और नया PIN दें।`,
  }),
  underpriced: ({ about, figures: { soldAt, lines } }) => {
    const [first] = lines;
    const more = lines.length - 1;
    const [en, hi] = first
      ? [`: ${rupees(first.amount)} for ${first.item}`, `: ${first.item} ${rupees(first.amount)} में`]
      : ['', ''];
    return {
      en: `Sale ${about} of ${renderDate(soldAt)} was below the floor price${en}${more > 0 ? `, and ${more} more` : ''}; find out why, then acknowledge this or take the sale back.`,
      hi: `${renderDateHi(soldAt)} की बिक्री ${about} न्यूनतम दाम से कम पर हुई${hi}${more > 0 ? `, और ${more}` : ''}; कारण पता करें, फिर इसे स्वीकार करें या बिक्री वापस लें।`,
    };
  },

  stranger: ({ location, figures: { person, day, vouchers, many } }) => {
    const [first] = vouchers;
    const rest = { en: many > 1 ? `, and ${many - 1} more` : '', hi: many > 1 ? ` और ${many - 1} अन्य` : '' };
    return {
      en: `${person}, who is not on the staff list of ${location}, is named in voucher ${first}${rest.en} of ${formatDate('en-IN', day)}: find out who stood there, then enter them as staff or acknowledge this.`,
      hi: `${formatDate('hi-IN', day)} के वाउचर ${first}${rest.hi} में ${person} का नाम है, जो ${location} की कर्मचारी सूची में नहीं है: पता करें कौन था, फिर सूची में दर्ज करें या इसे स्वीकार करें।`,
    };
  },

  silent: ({ location, figures: { lastDay } }) => ({
    en: `Nothing has been recorded at ${location} since ${formatDate('en-IN', lastDay)}: ask whether it is open, and let its phones send what they have.`,
    hi: `${location} पर ${formatDate('hi-IN', lastDay)} के बाद कुछ दर्ज नहीं हुआ: पूछें कि दुकान खुली है या नहीं, और फ़ोन में जो है वह भिजवाएँ।`,
  }),

  drift: ({ location, figures: { many, first } }) => {
    if (!first)
      return {
        en: `The book of ${location} and its vouchers agree again.`,
        hi: `${location} की बही और उसके वाउचर फिर मिल गए।`,
      };
    const more = many - 1;
    return {
      en: `The book of ${location} and its vouchers do not agree: ${first.en}${more > 0 ? `; and ${more} more` : ''}.`,
      hi: `${location} की बही और उसके वाउचर नहीं मिलते: ${first.hi}${more > 0 ? `; और ${more} ${more === 1 ? 'बात' : 'बातें'}` : ''}।`,
    };
  },
};

/** Whole rupees, or with paise. */
const rupees = (paise: Sum): string => {
  const [whole, rest] = [BigInt(paise) / 100n, BigInt(paise) % 100n];
  return `₹${whole.toLocaleString('en-IN')}${rest === 0n ? '' : `.${String(rest).padStart(2, '0')}`}`;
};

const renderDate = (at: Instant): string => formatDate('en-IN', dayOf(at));
const renderDateHi = (at: Instant): string => formatDate('hi-IN', dayOf(at));
