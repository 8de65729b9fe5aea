import type { BilingualText } from '../kernel/bilingual-text.ts';
import type { Quantity } from '../kernel/quantity.ts';
import { formatQuantity, formatQuantityHi } from '../kernel/units.ts';
import type { Item } from '../registry/item.ts';
import { minMaxLevelsOf } from '../replenishment/min-max-levels.ts';
import type { DemandSummary, StockRow } from '../stock/stock.ts';
import type { StockAlertType } from './alert-type.ts';
import type { StockEvidence } from './stock-alert.ts';

export type NamedItem = Pick<Item, 'name' | 'nameHi' | 'unit' | 'units'>;

type RenderStock = (figures: StockEvidence, item: NamedItem) => BilingualText;

export const STOCK_SENTENCES = {
  short: (figures, item) => renderDemandRate(figures, item) ?? renderLow(figures, item),

  out: (figures, item) => {
    const paced = renderDemandRate(figures, item);
    if (paced) return paced;
    const [few, fewHi] = renderInbound(figures, item);
    const { en, hi } = renderQuantity(item, figures.reorderPoint);
    return {
      en: `You have none left${few}: more is needed at ${en}.`,
      hi: `आपके पास कुछ नहीं बचा${fewHi}: ${hi} रह जाने पर और मँगाना था।`,
    };
  },

  discrepancy: ({ onHand, free }, item) => {
    const below = renderQuantity(item, Math.abs(onHand < 0 ? onHand : free));
    return onHand < 0
      ? {
          en: `The book says ${below.en} less than nothing: goods were given out that it never saw come in; count the shelf, or record what came.`,
          hi: `बही में स्टॉक शून्य से ${below.hi} कम है: ऐसा माल निकला जिसका आना दर्ज नहीं है; गिनती करें, या जो माल आया उसे दर्ज करें।`,
        }
      : {
          en: `${below.en} more is promised than there is: count the shelf, or tell those who wait.`,
          hi: `जितना माल है उससे ${below.hi} ज़्यादा देने का वादा है: गिनती करें, या जो राह देख रहे हैं उन्हें बताएँ।`,
        };
  },

  overstock: ({ onHand, reorderPoint, target, pace }, item) => {
    const [have, enough] = [renderQuantity(item, Math.max(0, onHand)), renderQuantity(item, target ?? reorderPoint)];
    const weeks = pace ? Math.round(onHand / (pace.othersPerWeek * pace.factor)) : 0;
    return weeks > 0 && weeks <= MAX_WEEKS
      ? {
          en: `You have ${have.en}, which is ${weeks} week${weeks === 1 ? '' : 's'} of sales here: send some where it sells.`,
          hi: `आपके पास ${have.hi} ${verbHi(onHand, item)}, यानी यहाँ की ${weeks} हफ़्ते की बिक्री: कुछ वहाँ भेजें जहाँ यह बिकता है।`,
        }
      : {
          en: `You have ${have.en}, and ${enough.en} would do: send some where it sells.`,
          hi: `आपके पास ${have.hi} ${verbHi(onHand, item)}, जबकि ${enough.hi} काफ़ी ${verbHi(target ?? reorderPoint, item)}: कुछ वहाँ भेजें जहाँ यह बिकता है।`,
        };
  },

  material: (figures, item) => {
    const { free, reorderPoint } = figures;
    const [have, point] = [renderQuantity(item, Math.max(0, free)), renderQuantity(item, reorderPoint)];
    const [coming, comingHi] = renderInbound(figures, item);
    return {
      en: `The depot has ${have.en} free${coming}: more is needed at ${point.en}.`,
      hi: `डिपो में देने के लिए ${free > 0 ? `${have.hi} ${verbHi(free, item)}` : 'कुछ नहीं है'}${comingHi}: ${point.hi} रह जाने पर और मँगाएँ।`,
    };
  },
} as const satisfies Record<StockAlertType, RenderStock>;

/** Ten years: what hardly sells at all is not told in weeks. */
const MAX_WEEKS = 520;

const renderLow: RenderStock = (figures, item) => {
  const { onHand, reorderPoint } = figures;
  const [have, point] = [renderQuantity(item, Math.max(0, onHand)), renderQuantity(item, reorderPoint)];
  const [coming, comingHi] = renderInbound(figures, item);
  return {
    en: `You have ${have.en}${coming}: more is needed at ${point.en}.`,
    hi: `आपके पास ${renderOnHandHi(onHand, item)}${comingHi}: ${point.hi} रह जाने पर और मँगाएँ।`,
  };
};

/** Why so many, from what others sell of it. */
const renderDemandRate = (figures: StockEvidence, item: NamedItem): BilingualText | undefined => {
  const { onHand, reorderPoint, target, pace } = figures;
  if (!pace) return undefined;
  const [keep, have] = [renderQuantity(item, target ?? reorderPoint), renderQuantity(item, Math.max(0, onHand))];
  const [others, times] = [renderNumber(pace.othersPerWeek), renderNumber(pace.factor)];
  const same = times === '1';
  const [coming, comingHi] = renderInbound(figures, item);
  const season = pace.season
    ? {
        en: `the season sells ${renderNumber(pace.season)} times as much; `,
        hi: `इस मौसम में ${renderNumber(pace.season)} गुना बिकता है; `,
      }
    : { en: '', hi: '' };
  return {
    en: `Other stations sell ${others} a week of this; yours sells ${same ? 'as much' : `${times} times that`}; ${season.en}delivery takes ${renderDays(pace)} day${pace.leadDays === 1 ? '' : 's'}: keep ${keep.en}, you have ${onHand > 0 ? have.en : 'none'}${coming}.`,
    hi: `दूसरे स्टेशनों पर यह हफ़्ते में ${others} बिकता है; आपके यहाँ ${same ? 'भी उतना ही' : `उसका ${times} गुना`}; ${season.hi}माल आने में ${renderDays(pace)} दिन ${renderDays(pace) === '1' ? 'लगता है' : 'लगते हैं'}: ${keep.hi} रखें, आपके पास ${renderOnHandHi(onHand, item)}${comingHi}।`,
  };
};

const renderDays = ({ leadDays }: DemandSummary): string => renderNumber(leadDays);

/** `12`, `1.3`, `0.04`: as exact as one says it. */
const renderNumber = (number: number): string => String(Number(number.toFixed(number < 1 ? 2 : number < 10 ? 1 : 0)));

/** What is on its way, and what of it should have come by now. */
const renderInbound = ({ inbound, overdue = 0 }: StockEvidence, item: NamedItem): readonly [en: string, hi: string] => {
  const [coming, late] = [renderQuantity(item, Math.max(0, inbound - overdue)), renderQuantity(item, overdue)];
  const [comes, isLate] = [inbound > overdue, overdue > 0];
  return [
    `${comes ? `, and ${coming.en} on the way` : ''}${isLate ? `, and ${late.en} that did not come in time` : ''}`,
    `${comes ? `, ${coming.hi} रास्ते में` : ''}${isLate ? `, ${late.hi} समय पर नहीं आया` : ''}`,
  ];
};

const renderOnHandHi = (onHand: number, item: NamedItem): string =>
  onHand > 0 ? `${renderQuantity(item, onHand).hi} ${verbHi(onHand, item)}` : 'कुछ नहीं बचा';

/** Pieces are many; of what is weighed there is much. */
const verbHi = (amount: number, { unit }: NamedItem): string => (unit === 'piece' && amount !== 1 ? 'हैं' : 'है');

/** Pieces are counted without saying so; `2.5 kg`, `2.5 किग्रा`. */
const renderQuantity = ({ unit, units = [] }: NamedItem, amount: number): BilingualText => {
  if (unit === 'piece' || amount === 0) return { en: String(amount), hi: String(amount) };
  return {
    en: formatQuantity(amount as Quantity, { unit, units }),
    hi: formatQuantityHi(amount as Quantity, { unit, units }),
  };
};

/** Why so much is to be there, as the alert of a short shelf says it. */
export const renderSuggestionReason = ({ plan, onHand, inbound, free }: StockRow, item: Item): BilingualText =>
  STOCK_SENTENCES.short({ onHand, free, inbound, ...minMaxLevelsOf(plan, item.reorderPoint), pace: plan?.pace }, item);
