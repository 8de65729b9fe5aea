import { textsOf } from '../app/texts.ts';

export const ta = textsOf({
  requests: { hi: 'मेरी माँगें', en: 'My requests' },
  goods: { hi: 'मेरा सामान', en: 'My goods' },
  none: { hi: 'अभी कोई माँग नहीं। ऊपर से नई माँग भेजें।', en: 'No requests yet. Send one above.' },
  showMore: { hi: 'और दिखाएँ', en: 'Show more' },
  code: { hi: 'डिपो पर यह कोड दिखाएँ', en: 'Show this code at the depot' },
  codeWhen: {
    hi: 'माल हाथ में आने पर ही दिखाएँ। {0} तक चलेगा।',
    en: 'Only once the material is in your hands. It is valid until {0}.',
  },
  gotIt: { hi: 'मुझे माल मिल गया', en: 'I have the material' },
  gotItSure: { hi: 'हाँ, पूरा मिल गया', en: 'Yes, I have all of it' },
  cancel: { hi: 'माँग वापस लें', en: 'Cancel the request' },
  cancelSure: { hi: 'हाँ, वापस लें', en: 'Yes, cancel it' },
  depotAt: { hi: 'डिपो {0}', en: 'Depot {0}' },

  askedOfYou: { hi: 'आपसे माँगा गया', en: 'Asked of you' },
  askedNone: { hi: 'अभी किसी दुकान ने नहीं माँगा', en: 'No stall asks for your goods now' },
  sent: { hi: 'भेजा हुआ सामान', en: 'Goods that you sent' },
  sentNone: { hi: 'अभी कुछ नहीं भेजा', en: 'You sent nothing yet' },
  taken: { hi: 'दुकान ने लिया', en: 'Taken by the stall' },
  sentCount: { hi: 'भेजा', en: 'Sent' },
  rejected: { hi: 'लौटाया', en: 'Rejected' },
  worth: { hi: 'दाम', en: 'Worth' },
  takenSum: { hi: 'दुकानों ने अब तक लिया', en: 'Taken by stalls so far' },
  takenHow: {
    hi: 'ऊपर दिखाए माल का, तय दाम से।',
    en: 'Of the goods listed here, at the agreed cost.',
  },
  to: { hi: '{0} को', en: 'to {0}' },
});
