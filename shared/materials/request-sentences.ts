import type { ItemId } from '../kernel/ids.ts';
import type { Quantity } from '../kernel/quantity.ts';
import { type Day, formatDate } from '../kernel/time.ts';
import { type BilingualText, formatQuantity, formatQuantityHi } from '../kernel/units.ts';
import type { Item } from '../registry/item.ts';
import type { AllocatedMaterial, Allotment } from './allocation.ts';
import type { MaterialRequest } from './material-request.ts';

type NamedItem = Pick<Item, 'name' | 'nameHi' | 'unit' | 'units'>;

/** The inputs of one share. */
export type ShareEvidence = {
  readonly item: NamedItem;
  readonly material: AllocatedMaterial;
  readonly allotment: Pick<Allotment, 'asked' | 'left' | 'entitled'>;
  readonly given: number;
};

/** A share with its reason, in one sentence. */
export const renderShare = (lines: readonly ShareEvidence[], collectBy: Day): BilingualText => {
  const gotSome = lines.some(({ given }) => given > 0);
  const canAskMore = lines.some(mayGetMore);
  const en = lines.map((line) => renderReason(line).en).join('; ');
  const hi = lines.map((line) => renderReason(line).hi).join('; ');
  return gotSome
    ? {
        en: `For you: ${en}; collect it by ${formatDate('en-IN', collectBy)}${canAskMore ? ', and ask again for the rest' : ''}.`,
        hi: `आपके लिए: ${hi}; ${formatDate('hi-IN', collectBy)} तक ले जाइए${canAskMore ? ', और बाकी के लिए फिर माँगिए' : ''}।`,
      }
    : {
        en: `Nothing today: ${en}; your request stays in the queue.`,
        hi: `आज कुछ नहीं: ${hi}; आपकी माँग कतार में बनी हुई है।`,
      };
};

/** The account has more left than the depot had: a later run may give more. */
const mayGetMore = ({ material, allotment: { asked, left }, given }: ShareEvidence): boolean =>
  given < Math.min(asked, left) && material.free < material.wanted;

const renderReason = ({
  item,
  material,
  allotment: { asked, left, entitled },
  given,
}: ShareEvidence): BilingualText => {
  const [format, formatHi] = quantityFormattersOf(item, asked);
  const { name, nameHi } = item;
  if (given >= asked)
    return {
      en: `${format(given)} of ${name}, all that you asked for`,
      hi: `${nameHi}, ${formatHi(given)}, आपकी पूरी माँग`,
    };
  const wanted = {
    en: `of the ${format(asked)} of ${name} that you asked for`,
    hi: `${nameHi}, ${formatHi(asked)} की माँग में से`,
  };
  if (left <= 0)
    return {
      en: `none ${wanted.en}, as your passbook has none left this season, and an officer can grant more`,
      hi: `${wanted.hi} कुछ नहीं, क्योंकि आपकी पासबुक में इस सीज़न का कुछ बाकी नहीं है, और अधिकारी और मंज़ूर कर सकते हैं`,
    };
  if (given >= left)
    return {
      en: `${format(given)} ${wanted.en}, which is all that your passbook has left this season`,
      hi: `${wanted.hi} ${formatHi(given)}, आपकी पासबुक में इस सीज़न का इतना ही बाकी है`,
    };
  if (material.wanted <= material.free)
    return {
      en: `${given > 0 ? format(given) : 'none'} ${wanted.en}, as your other request takes the rest that your passbook has left this season`,
      hi: `${wanted.hi} ${given > 0 ? formatHi(given) : 'कुछ नहीं'}, क्योंकि इस सीज़न का बाकी हक़ आपकी दूसरी माँग में गया`,
    };
  if (material.free <= 0)
    return {
      en: `none ${wanted.en}, as the depot has none free`,
      hi: `${wanted.hi} कुछ नहीं, क्योंकि डिपो में देने के लिए कुछ नहीं है`,
    };
  const [among, amongHi] = renderSharing(material, entitled, format, formatHi);
  return {
    en: `${given > 0 ? format(given) : 'none'} ${wanted.en}, as ${among}`,
    hi: `${wanted.hi} ${given > 0 ? formatHi(given) : 'कुछ नहीं'}, क्योंकि ${amongHi}`,
  };
};

const renderSharing = (
  { free, producers }: AllocatedMaterial,
  entitled: number,
  ...[format, formatHi]: QuantityFormatters
): [string, string] =>
  producers > 1
    ? [
        `${format(free)} were shared among ${producers} by entitlement, and yours is ${format(entitled)}`,
        `${formatHi(free)} माल ${producers} कारीगरों में हक़ के हिसाब से बँटा, और आपका हक़ ${formatHi(entitled)} है`,
      ]
    : [`the depot had no more than ${format(free)} free`, `डिपो में देने के लिए ${formatHi(free)} ही था`];

type LossEvidence = { readonly lost: number; readonly remaining: number; readonly waits: boolean };

export const renderLoss = (item: NamedItem, { lost, remaining, waits }: LossEvidence): BilingualText => {
  const [format, formatHi] = quantityFormattersOf(item);
  const [rest, restHi] = waits
    ? ['your request is back in the queue', 'आपकी माँग फिर कतार में है']
    : [
        `keep ${remaining > 0 ? format(remaining) : 'none'}`,
        remaining > 0 ? `${formatHi(remaining)} बचा है` : 'कुछ नहीं बचा',
      ];
  return {
    en: `The depot has less ${item.name} than was set aside, and the last to be promised loses first: you lose ${format(lost)} and ${rest}.`,
    hi: `डिपो में ${item.nameHi} अलग रखे माल से कम निकला, और जिससे वादा सबसे बाद में हुआ उसका हिस्सा पहले घटता है: आपका ${formatHi(lost)} घटा, ${restHi}।`,
  };
};

export const renderTooLate = (
  { neededBy, season }: Pick<MaterialRequest, 'neededBy' | 'season'>,
  today: Day,
): BilingualText => {
  const [by, byHi] =
    neededBy < today
      ? [
          `by ${formatDate('en-IN', neededBy)}, when you needed it`,
          `${formatDate('hi-IN', neededBy)} तक पूरा नहीं कर सका, जब आपको ज़रूरत थी`,
        ]
      : [`in the season ${season}, which is over`, `सीज़न ${season} में पूरा नहीं कर सका, जो अब बीत गया`];
  return {
    en: `Your request is closed, because the depot could not serve it ${by}; ask again if you still need it.`,
    hi: `आपकी माँग बंद हुई, क्योंकि डिपो इसे ${byHi}; अब भी ज़रूरत हो तो फिर माँगिए।`,
  };
};

export const renderExpiry = (
  items: readonly { readonly item: NamedItem; readonly quantity: number }[],
  days: number,
): BilingualText => ({
  en: `${items.map(({ item, quantity }) => `${quantityFormattersOf(item)[0](quantity)} of ${item.name}`).join(' and ')} set aside for you went back to the depot, because nobody came in ${days} days; ask again when you need it.`,
  hi: `आपके लिए रखा ${items.map(({ item, quantity }) => `${item.nameHi} ${quantityFormattersOf(item)[1](quantity)}`).join(' और ')} डिपो में लौट गया, क्योंकि ${days} दिन में कोई लेने नहीं आया; ज़रूरत हो तो फिर माँगिए।`,
});

type QuantityFormatters = readonly [en: (quantity: number) => string, hi: (quantity: number) => string];

/** One unit for all quantities of a sentence, where they are whole in it. */
const quantityFormattersOf = ({ unit, units = [] }: NamedItem, reference?: number): QuantityFormatters => [
  (quantity) => withPlural(formatQuantity(quantity as Quantity, { unit, units }, (reference ?? quantity) as Quantity)),
  (quantity) => formatQuantityHi(quantity as Quantity, { unit, units }, (reference ?? quantity) as Quantity),
];

/** Abbreviations have no plural: `1 gram`, `0.5 bundles`, `2.5 kg`. */
const withPlural = (measure: string): string =>
  measure.replace(/^(?!1 )\S+ (piece|gram|millilitre|millimetre|bundle|quintal|litre|metre)$/, '$&s');

/** The id if the registry has no entry. */
export const namedItem = (item: ItemId, entry: NamedItem | undefined): NamedItem =>
  entry ?? { name: item, nameHi: item, unit: 'piece' };
