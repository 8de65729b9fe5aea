import * as z from 'zod';
import { Balance, type Quantity } from '../kernel/quantity.ts';
import { type BilingualText, formatQuantity, formatQuantityHi } from '../kernel/units.ts';
import type { Item } from '../registry/item.ts';
import { minMaxLevelsOf } from '../replenishment/replenishment-plan.ts';
import { DemandSummary, type StockRow } from '../stock/stock.ts';

/** `overdue`: the overdue part of `inbound`. `target` and `pace` exist only with a plan. */
export const StockEvidence = z.strictObject({
  onHand: Balance,
  free: Balance,
  inbound: Balance,
  reorderPoint: z.int(),
  overdue: z.int().min(1).optional(),
  target: z.int().optional(),
  pace: DemandSummary.optional(),
});
export type StockEvidence = z.infer<typeof StockEvidence>;

export type NamedItem = Pick<Item, 'name' | 'nameHi' | 'unit' | 'units'>;

export type RenderStock = (figures: StockEvidence, item: NamedItem) => BilingualText;

export const STOCK_SENTENCES = {
  short: (figures, item) => renderDemandRate(figures, item) ?? renderLow(figures, item),

  out: (figures, item) => {
    const rate = renderDemandRate(figures, item);
    if (rate) return rate;
    const inbound = renderInbound(figures, item);
    const point = renderQuantity(item, figures.reorderPoint);
    return {
      en: `You have none left${inbound.en}: more is needed at ${point.en}.`,
      hi: `आपके पास कुछ नहीं बचा${inbound.hi}: ${point.hi} रह जाने पर और मँगाना था।`,
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
    const have = renderQuantity(item, Math.max(0, onHand));
    const enough = renderQuantity(item, target ?? reorderPoint);
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
    const have = renderQuantity(item, Math.max(0, free));
    const point = renderQuantity(item, reorderPoint);
    const inbound = renderInbound(figures, item);
    return {
      en: `The depot has ${have.en} free${inbound.en}: more is needed at ${point.en}.`,
      hi: `डिपो में देने के लिए ${free > 0 ? `${have.hi} ${verbHi(free, item)}` : 'कुछ नहीं है'}${inbound.hi}: ${point.hi} रह जाने पर और मँगाएँ।`,
    };
  },
} as const satisfies Record<string, RenderStock>;

/** Ten years. Slower sales get no weeks. */
const MAX_WEEKS = 520;

const renderLow: RenderStock = (figures, item) => {
  const { onHand, reorderPoint } = figures;
  const have = renderQuantity(item, Math.max(0, onHand));
  const point = renderQuantity(item, reorderPoint);
  const inbound = renderInbound(figures, item);
  return {
    en: `You have ${have.en}${inbound.en}: more is needed at ${point.en}.`,
    hi: `आपके पास ${renderOnHandHi(onHand, item)}${inbound.hi}: ${point.hi} रह जाने पर और मँगाएँ।`,
  };
};

const renderDemandRate = (figures: StockEvidence, item: NamedItem): BilingualText | undefined => {
  const { onHand, reorderPoint, target, pace } = figures;
  if (!pace) return undefined;
  const keep = renderQuantity(item, target ?? reorderPoint);
  const have = renderQuantity(item, Math.max(0, onHand));
  const others = renderNumber(pace.othersPerWeek);
  const times = renderNumber(pace.factor);
  const isSame = times === '1';
  const inbound = renderInbound(figures, item);
  const season = pace.season
    ? {
        en: `the season sells ${renderNumber(pace.season)} times as much; `,
        hi: `इस मौसम में ${renderNumber(pace.season)} गुना बिकता है; `,
      }
    : { en: '', hi: '' };
  const tail = {
    en: `${season.en}delivery takes ${renderDays(pace)} day${pace.leadDays === 1 ? '' : 's'}: keep ${keep.en}, you have ${onHand > 0 ? have.en : 'none'}${inbound.en}.`,
    hi: `${season.hi}माल आने में ${renderDays(pace)} दिन ${renderDays(pace) === '1' ? 'लगता है' : 'लगते हैं'}: ${keep.hi} रखें, आपके पास ${renderOnHandHi(onHand, item)}${inbound.hi}।`,
  };
  if (pace.alone)
    return {
      en: `You sell ${others} a week of this; ${tail.en}`,
      hi: `आपके यहाँ यह हफ़्ते में ${others} बिकता है; ${tail.hi}`,
    };
  return {
    en: `Other stations sell ${others} a week of this; yours sells ${isSame ? 'as much' : `${times} times that`}; ${tail.en}`,
    hi: `दूसरे स्टेशनों पर यह हफ़्ते में ${others} बिकता है; आपके यहाँ ${isSame ? 'भी उतना ही' : `उसका ${times} गुना`}; ${tail.hi}`,
  };
};

const renderDays = ({ leadDays }: DemandSummary): string => renderNumber(leadDays);

/** Rounded: `12`, `1.3`, `0.04`. */
const renderNumber = (number: number): string => String(Number(number.toFixed(number < 1 ? 2 : number < 10 ? 1 : 0)));

const renderInbound = ({ inbound, overdue = 0 }: StockEvidence, item: NamedItem): BilingualText => {
  const inTime = renderQuantity(item, Math.max(0, inbound - overdue));
  const late = renderQuantity(item, overdue);
  const parts = [
    ...(inbound > overdue ? [{ en: `, and ${inTime.en} on the way`, hi: `, ${inTime.hi} रास्ते में` }] : []),
    ...(overdue > 0 ? [{ en: `, and ${late.en} that did not come in time`, hi: `, ${late.hi} समय पर नहीं आया` }] : []),
  ];
  return { en: parts.map(({ en }) => en).join(''), hi: parts.map(({ hi }) => hi).join('') };
};

const renderOnHandHi = (onHand: number, item: NamedItem): string =>
  onHand > 0 ? `${renderQuantity(item, onHand).hi} ${verbHi(onHand, item)}` : 'कुछ नहीं बचा';

const verbHi = (amount: number, { unit }: NamedItem): string => (unit === 'piece' && amount !== 1 ? 'हैं' : 'है');

/** `3` for pieces; `2.5 kg`, `2.5 किग्रा` for measures. */
const renderQuantity = ({ unit, units = [] }: NamedItem, amount: number): BilingualText => {
  if (unit === 'piece' || amount === 0) return { en: String(amount), hi: String(amount) };
  return {
    en: formatQuantity(amount as Quantity, { unit, units }),
    hi: formatQuantityHi(amount as Quantity, { unit, units }),
  };
};

/** The sentence of a `short` alert. */
export const renderSuggestionReason = ({ plan, onHand, inbound, free }: StockRow, item: Item): BilingualText =>
  STOCK_SENTENCES.short({ onHand, free, inbound, ...minMaxLevelsOf(plan, item.reorderPoint), pace: plan?.pace }, item);
