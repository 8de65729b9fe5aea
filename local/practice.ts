import type { DemoUser, WebConfig } from '../web/build/web-host.ts';

const PILIBHIT_DEPOT = { en: 'Bamboo depot, Pilibhit', hi: 'बाँस डिपो, पीलीभीत' };

/** People of the demo book, whom a person may play on the screens. */
const DEMO_USERS: readonly DemoUser[] = [
  {
    role: 'outlet',
    scope: ['location:LKO-01'],
    name: 'Asha Maurya',
    nameHi: 'आशा मौर्य',
    at: { en: 'Lucknow, stall LKO-01', hi: 'लखनऊ, दुकान LKO-01' },
    by: 'S001',
  },
  {
    role: 'outlet',
    scope: ['location:LKO-02'],
    name: 'Zakir Siddiqui',
    nameHi: 'ज़ाकिर सिद्दीकी',
    at: { en: 'Lucknow, stall LKO-02', hi: 'लखनऊ, दुकान LKO-02' },
    by: 'S002',
  },
  {
    role: 'depot',
    scope: ['location:PBE-D1'],
    name: 'Munni Kashyap',
    nameHi: 'मुन्नी कश्यप',
    at: PILIBHIT_DEPOT,
    by: 'S026',
  },
  {
    role: 'depot',
    scope: ['location:PBE-D1'],
    name: 'Shahid Siddiqui',
    nameHi: 'शाहिद सिद्दीकी',
    at: PILIBHIT_DEPOT,
    by: 'S039',
  },
  {
    role: 'producer',
    scope: ['producer:P0042'],
    name: 'Noorjahan Khatoon',
    nameHi: 'नूरजहाँ ख़ातून',
    at: { en: 'Flute maker, Pilibhit', hi: 'बांसुरी कारीगर, पीलीभीत' },
    by: 'P0042',
  },
  {
    role: 'officer',
    scope: ['district:LKO', 'district:KNP'],
    name: 'Meena Tripathi',
    nameHi: 'मीना त्रिपाठी',
    at: { en: 'Lucknow and Kanpur', hi: 'लखनऊ और कानपुर' },
    by: 'S041',
  },
  {
    role: 'officer',
    scope: ['state'],
    name: 'Ravi Shukla',
    nameHi: 'रवि शुक्ला',
    at: { en: 'Uttar Pradesh', hi: 'उत्तर प्रदेश' },
    by: 'S042',
  },
];

/** The screens' settings of a local server. */
export const PRACTICE: WebConfig = { signIn: 'practice', users: DEMO_USERS };
