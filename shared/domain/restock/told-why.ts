import type { Told } from '../materials/request.ts';
import { shown, shownHi } from '../materials/units.ts';
import { Quantity } from '../quantity.ts';
import type { Item } from '../registry/item.ts';
import type { Pace } from './pace.ts';
import type { Plan, Season } from './plan.ts';

/** What a plan was made from. */
export type Why = {
  readonly item: Pick<Item, 'unit' | 'units'>;
  readonly pace: Pick<Pace, 'rate' | 'outlet' | 'local'>;
  readonly lead: number;
  readonly season: Season;
  readonly plan: Plan;
  readonly onHand: number;
  readonly inbound: number;
};

/** What is sold less than once a week is told by the month, or by the year. */
const SPANS = [
  { days: 7, en: 'a week', hi: 'हफ़्ते में' },
  { days: 30, en: 'a month', hi: 'महीने में' },
  { days: 365, en: 'a year', hi: 'साल में' },
] as const;
const LAST = SPANS[2];

const rounded = (n: number): number => (n < 10 ? Math.round(n * 10) / 10 : Math.round(n));

/** Pieces are bare numbers; what is weighed or measured says its unit. */
const amounts = ({ unit, units = [] }: Why['item']) => {
  const say = (show: typeof shown, none: string) => (n: number) => {
    if (unit === 'piece') return n > 0 ? String(rounded(n)) : none;
    const whole = Quantity.safeParse(Math.round(n));
    return whole.success ? show(whole.data, { unit, units }) : none;
  };
  return { en: say(shown, 'none'), hi: say(shownHi, 'कुछ नहीं') };
};

/** Why so much is to be there, in one plain sentence. */
export const toldWhy = ({ item, pace, lead, season, plan, onHand, inbound }: Why): Told => {
  const of = amounts(item);
  const span = SPANS.find(({ days }) => pace.rate * days >= 1) ?? LAST;
  const sold = pace.rate * span.days;
  const times = rounded(pace.outlet * pace.local);
  const festive = rounded(season.until);
  const days = Math.ceil(lead);
  const en = [
    `Other stations sell ${of.en(sold)} ${span.en} of this`,
    times === 1 ? 'yours sells as much' : `yours sells ${times} times that`,
    ...(festive === 1 ? [] : [`the season sells ${festive} times as much`]),
    `delivery takes ${days} ${days === 1 ? 'day' : 'days'}`,
  ];
  const hi = [
    `दूसरे स्टेशनों पर यह ${span.hi} ${of.hi(sold)} बिकता है`,
    times === 1 ? 'आपके यहाँ भी उतना ही' : `आपके यहाँ उसका ${times} गुना`,
    ...(festive === 1 ? [] : [`इस मौसम में ${festive} गुना बिकता है`]),
    `माल आने में ${days} दिन लगते हैं`,
  ];
  const coming =
    inbound > 0
      ? { en: `, and ${of.en(inbound)} on the way`, hi: `, और ${of.hi(inbound)} रास्ते में है` }
      : { en: '', hi: '' };
  return {
    en: `${en.join('; ')}: keep ${of.en(plan.target)}, you have ${of.en(onHand)}${coming.en}.`,
    hi: `${hi.join('; ')}: ${of.hi(plan.target)} रखिए, आपके पास ${of.hi(onHand)} है${coming.hi}।`,
  };
};
