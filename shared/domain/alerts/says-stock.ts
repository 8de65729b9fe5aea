import type { Told } from '../materials/request.ts';
import { shown, shownHi } from '../materials/units.ts';
import type { Quantity } from '../quantity.ts';
import type { Item } from '../registry/item.ts';
import type { Pace } from '../stock.ts';
import type { StockAlertType } from './alert-type.ts';
import type { StockFigures } from './stock-alert.ts';

export type Named = Pick<Item, 'name' | 'nameHi' | 'unit' | 'units'>;

type Says = (figures: StockFigures, item: Named) => Told;

export const SAYS_STOCK = {
  short: (figures, item) => byPace(figures, item) ?? low(figures, item),

  out: (figures, item) => {
    const paced = byPace(figures, item);
    if (paced) return paced;
    const { reorderPoint, inbound } = figures;
    const [few, fewHi] = onTheWay(inbound, item);
    const { en, hi } = amountOf(item, reorderPoint);
    return {
      en: `You have none left${few}: more is needed at ${en}.`,
      hi: `आपके पास कुछ नहीं बचा${fewHi}: ${hi} पर और मँगाना चाहिए था।`,
    };
  },

  discrepancy: ({ onHand, free }, item) => {
    const below = amountOf(item, Math.abs(onHand < 0 ? onHand : free));
    return onHand < 0
      ? {
          en: `The book says ${below.en} less than nothing: goods were given out that it never saw come in; count the shelf, or record what came.`,
          hi: `बही के हिसाब से माल शून्य से ${below.hi} कम है: ऐसा माल निकला जिसका आना दर्ज नहीं है; गिनती करें या आया माल दर्ज करें।`,
        }
      : {
          en: `${below.en} more is promised than there is: count the shelf, or tell those who wait.`,
          hi: `जितना माल है उससे ${below.hi} ज़्यादा का वादा है: गिनती करें या राह देखने वालों को बताएँ।`,
        };
  },

  overstock: ({ onHand, reorderPoint, pace }, item) => {
    const [have, point] = [amountOf(item, Math.max(0, onHand)), amountOf(item, reorderPoint)];
    const weeks = pace ? Math.round(onHand / (pace.othersPerWeek * pace.factor)) : 0;
    return weeks > 0 && weeks <= MANY_WEEKS
      ? {
          en: `You have ${have.en}, which is ${weeks} weeks of sales here: send some where it sells.`,
          hi: `आपके पास ${have.hi} हैं, जो यहाँ की ${weeks} हफ़्ते की बिक्री है: कुछ वहाँ भेजें जहाँ यह बिकता है।`,
        }
      : {
          en: `You have ${have.en}, and more is needed only at ${point.en}: send some where it sells.`,
          hi: `आपके पास ${have.hi} हैं, और ज़रूरत ${point.hi} पर ही होती है: कुछ वहाँ भेजें जहाँ यह बिकता है।`,
        };
  },

  material: ({ free, inbound, reorderPoint }, item) => {
    const [have, point] = [amountOf(item, Math.max(0, free)), amountOf(item, reorderPoint)];
    const [coming, comingHi] = onTheWay(inbound, item);
    return {
      en: `The depot has ${have.en} free${coming}: more is needed at ${point.en}.`,
      hi: `डिपो में देने के लिए ${have.hi} है${comingHi}: ${point.hi} पर और मँगाना चाहिए।`,
    };
  },
} as const satisfies Record<StockAlertType, Says>;

/** Ten years: what hardly sells at all is not told in weeks. */
const MANY_WEEKS = 520;

const low: Says = ({ onHand, inbound, reorderPoint }, item) => {
  const [have, point] = [amountOf(item, Math.max(0, onHand)), amountOf(item, reorderPoint)];
  const [coming, comingHi] = onTheWay(inbound, item);
  return {
    en: `You have ${have.en}${coming}: more is needed at ${point.en}.`,
    hi: `आपके पास ${have.hi} है${comingHi}: ${point.hi} पर और मँगाना चाहिए।`,
  };
};

/** Why so many, from what others sell of it. */
const byPace = ({ onHand, reorderPoint, target, pace }: StockFigures, item: Named): Told | undefined => {
  if (!pace) return undefined;
  const [keep, have] = [amountOf(item, target ?? reorderPoint), amountOf(item, Math.max(0, onHand))];
  const [others, times] = [figure(pace.othersPerWeek), figure(pace.factor)];
  const same = times === '1';
  const season = pace.season
    ? {
        en: `the season sells ${figure(pace.season)} times as much; `,
        hi: `इस मौसम में ${figure(pace.season)} गुना बिकता है; `,
      }
    : { en: '', hi: '' };
  return {
    en: `Other stations sell ${others} a week of this; yours sells ${same ? 'as much' : `${times} times that`}; ${season.en}delivery takes ${days(pace)} day${pace.leadDays === 1 ? '' : 's'}: keep ${keep.en}, you have ${onHand > 0 ? have.en : 'none'}.`,
    hi: `दूसरे स्टेशन इसके हफ़्ते में ${others} बेचते हैं; आपका ${same ? 'उतना ही' : `उसका ${times} गुना`} बेचता है; ${season.hi}माल आने में ${days(pace)} दिन लगते हैं: ${keep.hi} रखें, आपके पास ${onHand > 0 ? `${have.hi} है` : 'कुछ नहीं है'}।`,
  };
};

const days = ({ leadDays }: Pace): string => figure(leadDays);

/** `12`, `1.3`, `0.04`: as exact as one says it. */
const figure = (number: number): string => String(Number(number.toFixed(number < 1 ? 2 : number < 10 ? 1 : 0)));

const onTheWay = (inbound: number, item: Named): readonly [en: string, hi: string] => {
  if (inbound <= 0) return ['', ''];
  const { en, hi } = amountOf(item, inbound);
  return [`, and ${en} on the way`, `, और ${hi} रास्ते में`];
};

/** Pieces are counted without saying so; `2.5 kg`, `2.5 किग्रा`. */
const amountOf = ({ unit, units = [] }: Named, amount: number): Told => {
  if (unit === 'piece' || amount === 0) return { en: String(amount), hi: String(amount) };
  return { en: shown(amount as Quantity, { unit, units }), hi: shownHi(amount as Quantity, { unit, units }) };
};
