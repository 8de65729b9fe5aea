import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Day } from '../../shared/kernel/time.ts';
import { ItemUnits } from '../../shared/kernel/units.ts';
import { AllocatedMaterial } from '../../shared/materials/allocation.ts';
import { Season } from '../../shared/materials/entitlement-account.ts';
import {
  namedItem,
  renderExpiry,
  renderLoss,
  renderShare,
  renderTooLate,
  type ShareEvidence,
} from '../../shared/materials/request-sentences.ts';

const units = ItemUnits.parse([
  { unit: 'kg', base: 1_000 },
  { unit: 'bundle', base: 20_000 },
]);

const bamboo = { name: 'Bamboo', nameHi: 'बाँस', unit: 'gram' as const, units };
const shell = { name: 'Shell', nameHi: 'सीप', unit: 'piece' as const };
const until = Day.parse('2026-11-29');

describe('What was given, and why', () => {
  it.each([
    {
      why: 'all of it',
      line: share({ given: 60_000 }),
      en: 'For you: 3 bundles of Bamboo, all that you asked for; collect it by 29 November.',
      hi: 'आपके लिए: बाँस, 3 गट्ठर, आपकी पूरी माँग; 29 नवंबर तक ले जाइए।',
    },
    {
      why: 'shared by entitlement, in the unit of what was asked',
      line: share({ asked: 15_000, given: 7_500 }),
      en: 'For you: 7.5 kg of the 15 kg of Bamboo that you asked for, as 300 kg were shared among 9 by entitlement, and yours is 120 kg; collect it by 29 November, and ask again for the rest.',
      hi: 'आपके लिए: बाँस, 15 किग्रा की माँग में से 7.5 किग्रा, क्योंकि 300 किग्रा माल 9 कारीगरों में हक़ के हिसाब से बँटा, और आपका हक़ 120 किग्रा है; 29 नवंबर तक ले जाइए, और बाकी के लिए फिर माँगिए।',
    },
    {
      why: 'less than one of the unit that was asked in',
      line: share({ given: 10_000 }),
      en: 'For you: 0.5 bundles of the 3 bundles of Bamboo that you asked for, as 15 bundles were shared among 9 by entitlement, and yours is 6 bundles; collect it by 29 November, and ask again for the rest.',
      hi: 'आपके लिए: बाँस, 3 गट्ठर की माँग में से 0.5 गट्ठर, क्योंकि 15 गट्ठर माल 9 कारीगरों में हक़ के हिसाब से बँटा, और आपका हक़ 6 गट्ठर है; 29 नवंबर तक ले जाइए, और बाकी के लिए फिर माँगिए।',
    },
    {
      why: 'shared, and none came to them',
      line: share({ item: shell, asked: 5, entitled: 1, left: 1_000, material: { free: 4 } }),
      en: 'Nothing today: none of the 5 pieces of Shell that you asked for, as 4 pieces were shared among 9 by entitlement, and yours is 1 piece; your request stays in the queue.',
      hi: 'आज कुछ नहीं: सीप, 5 नग की माँग में से कुछ नहीं, क्योंकि 4 नग माल 9 कारीगरों में हक़ के हिसाब से बँटा, और आपका हक़ 1 नग है; आपकी माँग कतार में बनी हुई है।',
    },
    {
      why: 'nobody else asked, and there is less',
      line: share({ item: shell, asked: 5, given: 1, left: 1_000, material: { free: 1, producers: 1, wanted: 5 } }),
      en: 'For you: 1 piece of the 5 pieces of Shell that you asked for, as the depot had no more than 1 piece free; collect it by 29 November, and ask again for the rest.',
      hi: 'आपके लिए: सीप, 5 नग की माँग में से 1 नग, क्योंकि डिपो में देने के लिए 1 नग ही था; 29 नवंबर तक ले जाइए, और बाकी के लिए फिर माँगिए।',
    },
    {
      why: 'there is none',
      line: share({ asked: 500, material: { free: 0, taken: 0 } }),
      en: 'Nothing today: none of the 500 grams of Bamboo that you asked for, as the depot has none free; your request stays in the queue.',
      hi: 'आज कुछ नहीं: बाँस, 500 ग्राम की माँग में से कुछ नहीं, क्योंकि डिपो में देने के लिए कुछ नहीं है; आपकी माँग कतार में बनी हुई है।',
    },
    {
      why: 'more is reserved than is there',
      line: share({ asked: 500, material: { free: -40, taken: 0 } }),
      en: 'Nothing today: none of the 500 grams of Bamboo that you asked for, as the depot has none free; your request stays in the queue.',
      hi: 'आज कुछ नहीं: बाँस, 500 ग्राम की माँग में से कुछ नहीं, क्योंकि डिपो में देने के लिए कुछ नहीं है; आपकी माँग कतार में बनी हुई है।',
    },
    {
      why: 'the passbook has less left',
      line: share({ given: 2_000, left: 2_000 }),
      en: 'For you: 0.1 bundles of the 3 bundles of Bamboo that you asked for, which is all that your passbook has left this season; collect it by 29 November.',
      hi: 'आपके लिए: बाँस, 3 गट्ठर की माँग में से 0.1 गट्ठर, आपकी पासबुक में इस सीज़न का इतना ही बाकी है; 29 नवंबर तक ले जाइए।',
    },
    {
      why: 'the passbook has none left, whatever is free',
      line: share({ left: 0, entitled: 0 }),
      en: 'Nothing today: none of the 3 bundles of Bamboo that you asked for, as your passbook has none left this season, and an officer can grant more; your request stays in the queue.',
      hi: 'आज कुछ नहीं: बाँस, 3 गट्ठर की माँग में से कुछ नहीं, क्योंकि आपकी पासबुक में इस सीज़न का कुछ बाकी नहीं है, और अधिकारी और मंज़ूर कर सकते हैं; आपकी माँग कतार में बनी हुई है।',
    },
    {
      why: 'another request of theirs took what is left',
      line: share({ given: 20_000, left: 80_000, material: { wanted: 80_000 } }),
      en: 'For you: 1 bundle of the 3 bundles of Bamboo that you asked for, as your other request takes the rest that your passbook has left this season; collect it by 29 November.',
      hi: 'आपके लिए: बाँस, 3 गट्ठर की माँग में से 1 गट्ठर, क्योंकि इस सीज़न का बाकी हक़ आपकी दूसरी माँग में गया; 29 नवंबर तक ले जाइए।',
    },
    {
      why: 'another request of theirs took all of it',
      line: share({ left: 80_000, material: { wanted: 80_000 } }),
      en: 'Nothing today: none of the 3 bundles of Bamboo that you asked for, as your other request takes the rest that your passbook has left this season; your request stays in the queue.',
      hi: 'आज कुछ नहीं: बाँस, 3 गट्ठर की माँग में से कुछ नहीं, क्योंकि इस सीज़न का बाकी हक़ आपकी दूसरी माँग में गया; आपकी माँग कतार में बनी हुई है।',
    },
  ])('$why', ({ line, en, hi }) => {
    expect(renderShare([line], until)).toEqual({ en, hi });
  });

  it('Several materials make one sentence, with the collection day if any was given.', () => {
    const lines = [share({ given: 60_000 }), share({ item: shell, asked: 5, material: { free: 0 } })];
    expect(renderShare(lines, Day.parse('2027-01-01'))).toEqual({
      en: 'For you: 3 bundles of Bamboo, all that you asked for; none of the 5 pieces of Shell that you asked for, as the depot has none free; collect it by 1 January, and ask again for the rest.',
      hi: 'आपके लिए: बाँस, 3 गट्ठर, आपकी पूरी माँग; सीप, 5 नग की माँग में से कुछ नहीं, क्योंकि डिपो में देने के लिए कुछ नहीं है; 1 जनवरी तक ले जाइए, और बाकी के लिए फिर माँगिए।',
    });
  });

  it('It says to ask again only where the depot had less than the entitlement left.', () => {
    const says = (...lines: ShareEvidence[]) => {
      const { en, hi } = renderShare(lines, until);
      expect(hi.includes('फिर माँगिए')).toBe(en.includes('ask again'));
      return en.includes('ask again');
    };
    const all = share({ given: 60_000 });
    expect([says(all), says(all, all)]).toEqual([false, false]);
    expect(says(share({ given: 59_999 }))).toBe(true);
    expect(says(share({ given: 19_999, left: 20_000 }))).toBe(true);
    // Nothing is left to draw, so that asking again gains nothing.
    expect(says(share({ given: 20_000, left: 20_000 }))).toBe(false);
    expect(says(share({ given: 20_000, left: 80_000, material: { wanted: 80_000 } }))).toBe(false);
    expect([says(all, share({ left: 0 })), says(all, share({ given: 30_000 })), says(share(), all)]).toEqual([
      false,
      true,
      true,
    ]);
    // A request without a share keeps waiting: nobody need ask again.
    expect([says(share()), says(share({ material: { free: 0, taken: 0 } }))]).toEqual([false, false]);
  });

  it('Any figures make one sentence in each language, complete and readable.', () => {
    const some = fc.integer({ min: 0, max: 100_000_000 });
    const figures = fc.record({
      asked: some.map((n) => n + 1),
      left: fc.integer({ min: -5 }),
      entitled: some,
      given: some,
    });
    const shared = fc.record({ free: fc.integer({ min: -9, max: 9_000_000 }), producers: fc.nat(300), wanted: some });
    fc.assert(
      fc.property(figures, shared, fc.constantFrom(bamboo, shell), ({ given, ...figures }, material, item) => {
        const { en, hi } = renderShare(
          [share({ ...figures, item, given: Math.min(given, figures.asked), material })],
          until,
        );
        expect(en).toMatch(/^(For you|Nothing today): [^.].*[^.;,]\.$/);
        expect(hi).toMatch(/^(आपके लिए|आज कुछ नहीं): .*[^.।;,]।$/);
        for (const words of [en, hi]) {
          expect(words).not.toMatch(/ {2}|undefined|NaN|null|-\d|\de\+|Infinity|[;,]{2}| [;,]/);
          expect(words.replace(/\d\.\d/g, '').match(/[.।]/g)).toHaveLength(1);
        }
      }),
    );
  });
});

describe('Lost reservations', () => {
  it.each([
    {
      what: 'a part',
      loss: { lost: 12_000, remaining: 3_000, waits: false },
      en: 'The depot has less Bamboo than was set aside, and the last to be promised loses first: you lose 12 kg and keep 3 kg.',
      hi: 'डिपो में बाँस अलग रखे माल से कम निकला, और जिससे वादा सबसे बाद में हुआ उसका हिस्सा पहले घटता है: आपका 12 किग्रा घटा, 3 किग्रा बचा है।',
    },
    {
      what: 'all of a material, after a part was issued or beside another',
      loss: { lost: 12_000, remaining: 0, waits: false },
      en: 'The depot has less Bamboo than was set aside, and the last to be promised loses first: you lose 12 kg and keep none.',
      hi: 'डिपो में बाँस अलग रखे माल से कम निकला, और जिससे वादा सबसे बाद में हुआ उसका हिस्सा पहले घटता है: आपका 12 किग्रा घटा, कुछ नहीं बचा।',
    },
    {
      what: 'everything, and waits again',
      loss: { lost: 12_000, remaining: 0, waits: true },
      en: 'The depot has less Bamboo than was set aside, and the last to be promised loses first: you lose 12 kg and your request is back in the queue.',
      hi: 'डिपो में बाँस अलग रखे माल से कम निकला, और जिससे वादा सबसे बाद में हुआ उसका हिस्सा पहले घटता है: आपका 12 किग्रा घटा, आपकी माँग फिर कतार में है।',
    },
  ])('$what', ({ loss, en, hi }) => {
    expect(renderLoss(bamboo, loss)).toEqual({ en, hi });
  });

  it('A reservation is lost by not collecting it.', () => {
    expect(renderExpiry([{ item: bamboo, quantity: 12_000 }], 7)).toEqual({
      en: '12 kg of Bamboo set aside for you went back to the depot, because nobody came in 7 days; ask again when you need it.',
      hi: 'आपके लिए रखा बाँस 12 किग्रा डिपो में लौट गया, क्योंकि 7 दिन में कोई लेने नहीं आया; ज़रूरत हो तो फिर माँगिए।',
    });
    const both = [
      { item: bamboo, quantity: 1 },
      { item: shell, quantity: 2 },
    ];
    expect(renderExpiry(both, 7).en).toMatch(/^1 gram of Bamboo and 2 pieces of Shell set aside/);
    expect(renderExpiry(both, 7).hi).toMatch(/^आपके लिए रखा बाँस 1 ग्राम और सीप 2 नग डिपो/);
  });
});

describe('Requests that could not be served in time', () => {
  const [neededBy, season] = [Day.parse('2027-03-15'), Season.parse('2026-27')];

  it('A request may be too late for its needed-by day, in whichever season.', () => {
    const said = {
      en: 'Your request is closed, because the depot could not serve it by 15 March, when you needed it; ask again if you still need it.',
      hi: 'आपकी माँग बंद हुई, क्योंकि डिपो इसे 15 मार्च तक पूरा नहीं कर सका, जब आपको ज़रूरत थी; अब भी ज़रूरत हो तो फिर माँगिए।',
    };
    for (const today of ['2027-03-16', '2027-04-02'])
      expect(renderTooLate({ neededBy, season }, Day.parse(today))).toEqual(said);
  });

  it('A season that ends before the needed-by day is named without a future day.', () => {
    for (const day of ['2027-04-01', '2027-05-10'])
      expect(renderTooLate({ neededBy: Day.parse(day), season }, Day.parse('2027-04-01'))).toEqual({
        en: 'Your request is closed, because the depot could not serve it in the season 2026-27, which is over; ask again if you still need it.',
        hi: 'आपकी माँग बंद हुई, क्योंकि डिपो इसे सीज़न 2026-27 में पूरा नहीं कर सका, जो अब बीत गया; अब भी ज़रूरत हो तो फिर माँगिए।',
      });
  });
});

it('An item that left the registry is named by its id.', () => {
  const lost = namedItem(AllocatedMaterial.shape.item.parse('PBT-LOST'), undefined);
  expect(renderExpiry([{ item: lost, quantity: 2 }], 7).en).toMatch(/^2 pieces of PBT-LOST set aside/);
});

/** 300 kg are free, nine ask for 900 kg; this one may draw 120 kg and asks for 60 kg. */
const share = ({ item = bamboo, given = 0, material = {}, ...allotment }: Record<string, unknown> = {}) =>
  ({
    item,
    given,
    allotment: { asked: 60_000, left: 120_000, entitled: 120_000, ...allotment },
    material: AllocatedMaterial.parse({
      item: 'PBT-BAMBOO',
      free: 300_000,
      producers: 9,
      wanted: 900_000,
      taken: 300_000,
      ...(material as object),
    }),
  }) as ShareEvidence;
