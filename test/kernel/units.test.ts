/** @module-tag property */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BASE_UNITS, Quantity } from '../../shared/kernel/quantity.ts';
import { parse } from '../../shared/kernel/refusal.ts';
import {
  formatQuantity,
  formatQuantityHi,
  ItemUnit,
  ItemUnits,
  Measure,
  toBaseUnits,
  type UnitDefinitions,
} from '../../shared/kernel/units.ts';
import { runs } from '../kit/runs.ts';

describe('Quantities in base units', () => {
  it.each`
    measure               | item        | quantity
    ${'2.5 kg'}           | ${'bamboo'} | ${2_500}
    ${'2.5kg'}            | ${'bamboo'} | ${2_500}
    ${'  2.5   KG '}      | ${'bamboo'} | ${2_500}
    ${'3 quintal'}        | ${'bamboo'} | ${300_000}
    ${'0.000010 Quintal'} | ${'bamboo'} | ${1}
    ${'007 gram'}         | ${'bamboo'} | ${7}
    ${'1000 quintal'}     | ${'bamboo'} | ${MOST}
    ${'5 ft'}             | ${'cloth'}  | ${1_524}
    ${'0.1 metre'}        | ${'cloth'}  | ${100}
    ${'12 sq ft'}         | ${'sheet'}  | ${100}
    ${'12sq  ft'}         | ${'sheet'}  | ${100}
    ${'2 दर्जन'}           | ${'sheet'}  | ${24}
    ${'२.५ किग्रा'}        | ${'bamboo'} | ${2_500}
    ${'२.५ कि.ग्रा.'}      | ${'bamboo'} | ${2_500}
    ${'2 किलो'}           | ${'bamboo'} | ${2_000}
    ${'३ कुंतल'}            | ${'bamboo'} | ${300_000}
    ${'१ गट्ठर'}           | ${'bamboo'} | ${12_500}
    ${'७०० ग्राम'}         | ${'bamboo'} | ${700}
    ${'१२ वर्ग फुट'}        | ${'sheet'}  | ${100}
    ${'५ नग'}             | ${'sheet'}  | ${5}
    ${'0.१ मीटर'}         | ${'cloth'}  | ${100}
    ${730}                | ${'bamboo'} | ${730}
  `('$measure of $item is $quantity', ({ measure, item, quantity }) => {
    expect(toBaseUnits(Measure.parse(measure), ITEMS[item as keyof typeof ITEMS])).toEqual({ quantity });
  });

  it.each`
    measure                   | item        | problem
    ${'2.0005 kg'}            | ${'bamboo'} | ${'2.0005 kg is 2000.5 gram; the nearest are 2 kg and 2.001 kg'}
    ${'2.0005KG'}             | ${'bamboo'} | ${'2.0005KG is 2000.5 gram; the nearest are 2 kg and 2.001 kg'}
    ${'0.0004 kg'}            | ${'bamboo'} | ${'0.0004 kg is 0.4 gram; the nearest is 0.001 kg'}
    ${'0.5 gram'}             | ${'bamboo'} | ${'0.5 gram is 0.5 gram; the nearest is 1 gram'}
    ${'999.999995 quintal'}   | ${'bamboo'} | ${'999.999995 quintal is 99999999.5 gram; the nearest are 999.99999 quintal and 1000 quintal'}
    ${'1 ft'}                 | ${'cloth'}  | ${'1 ft is 304.8 millimetre; the nearest are 304 millimetre and 305 millimetre'}
    ${'5 sq ft'}              | ${'sheet'}  | ${'5 sq ft is not a whole number of piece; the nearest are 4.92 sq ft and 5.04 sq ft'}
    ${'0.5 gross.'}           | ${'sheet'}  | ${"'gross.' is not a unit of this item; its units are sq ft, दर्जन, gross, piece"}
    ${'3 maund'}              | ${'bamboo'} | ${"'maund' is not a unit of this item; its units are kg, quintal, bundle, gram"}
    ${'3 piece'}              | ${'bamboo'} | ${"'piece' is not a unit of this item; its units are kg, quintal, bundle, gram"}
    ${'0 kg'}                 | ${'bamboo'} | ${'0 kg is nothing; the least is 1 gram'}
    ${'0.000 kg'}             | ${'bamboo'} | ${'0.000 kg is nothing; the least is 1 gram'}
    ${'1000.000001 quintal'}  | ${'bamboo'} | ${'1000.000001 quintal is too much; the most is 100000000 gram'}
    ${`${'9'.repeat(37)} kg`} | ${'bamboo'} | ${`${'9'.repeat(37)} kg is too much; the most is 100000000 gram`}
  `('$measure of $item: $problem', ({ measure, item, problem }) => {
    expect(toBaseUnits(Measure.parse(measure), ITEMS[item as keyof typeof ITEMS])).toEqual({ problem });
  });

  it('Conversion is exact over and under, for whole numbers of any size.', () => {
    fc.assert(
      fc.property(said, ({ item, measure }) => {
        const answer = toBaseUnits(measure, item);
        fc.pre('quantity' in answer);
        const [, digits = '', name = ''] = /^([\d.]+) (.+)$/.exec(String(measure)) ?? [];
        const like = (one: string) => one.toLowerCase() === name.toLowerCase();
        const found = like(item.unit) ? { base: 1, per: 1 } : item.units.find((one) => like(one.unit));
        const millionths = BigInt(
          digits.includes('.') ? digits.replace('.', '').padEnd(digits.indexOf('.') + 6, '0') : `${digits}000000`,
        );
        expect(millionths * BigInt(found?.base ?? 0)).toBe(
          BigInt(answer.quantity) * BigInt(found?.per ?? 0) * 1_000_000n,
        );
      }),
      often,
    );
  });

  it('A measure in Devanagari digits, or with a Hindi unit, means the same as in Latin ones.', () => {
    const hindi = new Map(Object.entries({ kg: 'किग्रा', quintal: 'क्विंटल', bundle: 'गट्ठर', gram: 'ग्राम' }));
    const devanagari = (text: string) => text.replace(/\d/g, (digit) => String.fromCharCode(0x966 + Number(digit)));
    const measures = fc.record({
      number: fc.tuple(fc.nat(5_000), fc.nat(999_999)).map(([whole, part]) => `${whole}.${part}`),
      name: fc.constantFrom(...hindi.keys()),
    });
    fc.assert(
      fc.property(measures, ({ number, name }) => {
        const latin = toBaseUnits(Measure.parse(`${number} ${name}`), bamboo);
        for (const text of [`${devanagari(number)} ${name}`, `${devanagari(number)} ${hindi.get(name)}`]) {
          const answer = toBaseUnits(Measure.parse(text), bamboo);
          expect('quantity' in answer ? answer : 'no whole number').toEqual(
            'quantity' in latin ? latin : 'no whole number',
          );
          expect(Measure.parse(text)).toBe(text);
        }
      }),
    );
  });

  it('A name that the item declares itself is not a Hindi name of another unit.', () => {
    const item: UnitDefinitions = { unit: 'gram', units: [unit('kg', 1_000), unit('किलो', 900)] };
    expect(toBaseUnits(Measure.parse('२ किलो'), item)).toEqual({ quantity: 1_800 });
    expect(toBaseUnits(Measure.parse('२ किलो'), bamboo)).toEqual({ quantity: 2_000 });
    expect(toBaseUnits(Measure.parse('२ किलो'), sheet)).toHaveProperty('problem');
  });

  it('A fractional result names the adjacent whole quantities around it.', () => {
    fc.assert(
      fc.property(said, ({ item, measure }) => {
        const answer = toBaseUnits(measure, item);
        fc.pre('problem' in answer && answer.problem.includes('nearest'));
        const [, low = '', high] =
          /the nearest (?:is|are) (.+?)(?: and (.+))?$/.exec('problem' in answer ? answer.problem : '') ?? [];
        const below = quantityOf(Measure.parse(low), item);
        expect(high === undefined ? below : quantityOf(Measure.parse(high), item) - below).toBe(1);
        const [, digits = '', name = ''] = /^([\d.]+) (.+)$/.exec(String(measure)) ?? [];
        const like = (one: string) => one.toLowerCase() === name.toLowerCase();
        const found = item.units.find((one) => like(one.unit) && !like(item.unit)) ?? { base: 1, per: 1 };
        const near = (Number(digits) * found.base) / found.per;
        expect(Math.abs(near - (high === undefined ? 0.5 : below + 0.5))).toBeLessThan(0.5 + near * 1e-12);
      }),
      often,
    );
  });

  it('Any text becomes a quantity or a problem, and nothing throws.', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'0123456789.. -+e,kgsqft۲२') }),
      fc.tuple(fc.stringMatching(/^\d{1,30}(\.\d{0,8})?$/), names).map(([digits, name]) => `${digits} ${name}`),
      fc.constantFrom(
        '',
        ' ',
        '.5 kg',
        '5. kg',
        '5',
        'kg',
        '-1 kg',
        '1e3 kg',
        '1,000 kg',
        '1/2 kg',
        'NaN gram',
        '1 constructor',
        '1 __proto__',
      ),
    );
    fc.assert(
      fc.property(texts, anyItem, (text, item) => {
        const answer = toBaseUnits(text, item); // also what no schema let through
        expect('quantity' in answer ? Quantity.parse(answer.quantity) : answer.problem.length).toBeGreaterThan(0);
        const read = Measure.safeParse(text);
        if (read.success) expect(Measure.parse(read.data)).toBe(read.data);
      }),
      often,
    );
  });
});

describe('Measures', () => {
  it.each`
    sent                 | kept
    ${'2.5 kg'}          | ${'2.5 kg'}
    ${' 12   sq \t ft '} | ${'12 sq ft'}
    ${'2.50KG'}          | ${'2.50KG'}
    ${1}                 | ${1}
  `('is kept as said: $sent', ({ sent, kept }) => {
    expect(parse(Measure, sent)).toEqual({ parsed: kept });
  });

  it.each`
    sent                      | says
    ${'2.0000005 kg'}         | ${'a measure is a number and a unit, such as 2.5 kg, with at most 6 decimals'}
    ${'5'}                    | ${'a measure is a number and a unit, such as 2.5 kg, with at most 6 decimals'}
    ${'-5 kg'}                | ${'a measure is a number and a unit, such as 2.5 kg, with at most 6 decimals'}
    ${`${'9'.repeat(38)} kg`} | ${'a measure is at most 40 characters'}
    ${0}                      | ${'a quantity is at least 1'}
    ${100_000_001}            | ${'a quantity is at most 100,000,000'}
    ${1.5}                    | ${'a quantity is a whole number of base units'}
    ${null}                   | ${'a quantity is a whole number of base units'}
  `('is refused as $sent: $says', ({ sent, says }) => {
    expect(parse(Measure, sent)).toMatchObject({ facts: { fields: [{ path: '', problem: says }] } });
  });
});

describe('Shown to people', () => {
  it.each`
    quantity   | item        | text
    ${12_500}  | ${'bamboo'} | ${'1 bundle'}
    ${12_600}  | ${'bamboo'} | ${'1.008 bundle'}
    ${12_501}  | ${'bamboo'} | ${'12.501 kg'}
    ${8_500}   | ${'bamboo'} | ${'8.5 kg'}
    ${730}     | ${'bamboo'} | ${'730 gram'}
    ${1_000}   | ${'bamboo'} | ${'1 kg'}
    ${100_100} | ${'bamboo'} | ${'1.001 quintal'}
    ${MOST}    | ${'bamboo'} | ${'1000 quintal'}
    ${1_524}   | ${'cloth'}  | ${'1.524 metre'}
    ${305}     | ${'cloth'}  | ${'305 millimetre'}
    ${381}     | ${'cloth'}  | ${'1.25 ft'}
    ${1}       | ${'sheet'}  | ${'1 piece'}
    ${18}      | ${'sheet'}  | ${'1.5 दर्जन'}
  `('$quantity of $item is $text', ({ quantity, item, text }) => {
    expect(formatQuantity(quantity, ITEMS[item as keyof typeof ITEMS])).toBe(text);
  });

  it('A shown quantity parses to itself.', () => {
    fc.assert(
      fc.property(quantities, anyItem, (quantity, item) => {
        const text = formatQuantity(quantity, item);
        expect(toBaseUnits(Measure.parse(text), item)).toEqual({ quantity });
        expect(text).toMatch(/^[1-9]\d*(\.\d{0,2}[1-9])? /);
      }),
      often,
    );
  });
});

describe('Shown beside another quantity', () => {
  it.each`
    quantity   | beside     | item        | text                | hindi
    ${500}     | ${6_000}   | ${'bamboo'} | ${'0.5 kg'}         | ${'0.5 किग्रा'}
    ${6_000}   | ${6_000}   | ${'bamboo'} | ${'6 kg'}           | ${'6 किग्रा'}
    ${6_000}   | ${500}     | ${'bamboo'} | ${'6000 gram'}      | ${'6000 ग्राम'}
    ${200_000} | ${13_000}  | ${'bamboo'} | ${'16 bundle'}      | ${'16 गट्ठर'}
    ${250_000} | ${100_000} | ${'bamboo'} | ${'2.5 quintal'}    | ${'2.5 क्विंटल'}
    ${1}       | ${100_000} | ${'bamboo'} | ${'0.001 kg'}       | ${'0.001 किग्रा'}
    ${0}       | ${6_000}   | ${'bamboo'} | ${'0 kg'}           | ${'0 किग्रा'}
    ${0}       | ${0}       | ${'bamboo'} | ${'0 gram'}         | ${'0 ग्राम'}
    ${500}     | ${2_000}   | ${'cloth'}  | ${'0.5 metre'}      | ${'0.5 मीटर'}
    ${305}     | ${400}     | ${'cloth'}  | ${'305 millimetre'} | ${'305 मिमी'}
    ${25}      | ${100}     | ${'sheet'}  | ${'3 sq ft'}        | ${'3 वर्ग फुट'}
    ${6}       | ${13}      | ${'sheet'}  | ${'0.5 दर्जन'}       | ${'0.5 दर्जन'}
    ${7}       | ${8}       | ${'sheet'}  | ${'7 piece'}        | ${'7 नग'}
    ${72}      | ${150}     | ${'sheet'}  | ${'0.5 gross'}      | ${'0.5 gross'}
  `('$quantity beside $beside of $item is $text', ({ quantity, beside, item, text, hindi }) => {
    const of = ITEMS[item as keyof typeof ITEMS];
    expect([formatQuantity(quantity, of, beside), formatQuantityHi(quantity, of, beside)]).toEqual([text, hindi]);
  });

  it('A unit declared in any case has its Hindi name.', () => {
    const item: UnitDefinitions = { unit: 'millilitre', units: [unit('Litre', 1_000)] };
    const said = [1_500, 15].map((quantity) => formatQuantityHi(Quantity.parse(quantity), item));
    expect(said).toEqual(['1.5 लीटर', '15 मिली']);
  });

  it('Beside another it is as exact as alone; in Hindi the number is the same.', () => {
    const numberIn = (text: string) => text.split(' ')[0];
    fc.assert(
      fc.property(quantities, quantities, anyItem, (quantity, beside, item) => {
        const text = formatQuantity(quantity, item, beside);
        expect(toBaseUnits(Measure.parse(text), item)).toEqual({ quantity });
        expect(formatQuantity(quantity, item, quantity)).toBe(formatQuantity(quantity, item));
        expect(numberIn(formatQuantityHi(quantity, item, beside))).toBe(numberIn(text));
      }),
      often,
    );
  });
});

describe('Units of an item', () => {
  it.each(['kg', 'sq ft', 'Sq. ft', 'किलो', 'कि.ग्रा.', 'abcdefghijkl'])('A unit may be named %s.', (name) => {
    expect(unit(` ${name} `, 2)).toEqual({ unit: name, base: 2, per: 1 });
  });

  it.each(['', '.', 'sq  ft', 'abcdefghijklm', 'm2', 'k-g', 'k\ng', '2 kg', '١'])(
    'A unit may not be named %j.',
    (name) => {
      expect(ItemUnit.safeParse({ unit: name, base: 1 }).success).toBe(false);
    },
  );

  it.each([0, -1, 1.5, MOST + 1, Number.NaN, '5'])('A unit may not have size %s.', (size) => {
    expect(ItemUnit.safeParse({ unit: 'kg', base: size }).success).toBe(false);
    expect(ItemUnit.safeParse({ unit: 'kg', base: 1, per: size }).success).toBe(false);
  });

  it('Units have one meaning each in any case, and a base unit its own.', () => {
    const all = (...declared: string[]) => ItemUnits.safeParse(declared.map((one) => ({ unit: one, base: 2 }))).success;
    expect([all(), all('kg', 'bundle'), all('kg', 'KG'), all('Gram'), all('kg', 'piece')]).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});

const MOST = 100_000_000;

const unit = (name: string, base: number, per = 1) => ItemUnit.parse({ unit: name, base, per });

const bamboo: UnitDefinitions = {
  unit: 'gram',
  units: [unit('kg', 1_000), unit('quintal', 100_000), unit('bundle', 12_500)],
};

const cloth: UnitDefinitions = { unit: 'millimetre', units: [unit('metre', 1_000), unit('ft', 1_524, 5)] };

const sheet: UnitDefinitions = { unit: 'piece', units: [unit('sq ft', 25, 3), unit('दर्जन', 12), unit('gross', 144)] };

const ITEMS = { bamboo, cloth, sheet };

const wholes = fc.oneof(
  fc.integer({ min: 1, max: 12 }),
  fc.constantFrom(10, 100, 1_000, 100_000),
  fc.integer({ min: 1, max: MOST }),
);

const names = fc.constantFrom('kg', 'Quintal', 'sq ft', 'bundle', 'कि.ग्रा.', 'metre', 'Sq. m', 'PIECE', 'gram', 'É');

/** Units of any size; some share a name, some have the name of the base unit. */
const anyItem: fc.Arbitrary<UnitDefinitions> = fc.record({
  unit: fc.constantFrom(...BASE_UNITS),
  units: fc.array(fc.record({ unit: names, base: wholes, per: wholes }), { maxLength: 6 }),
});

const quantities = fc
  .oneof(fc.integer({ min: 1, max: 3_000 }), fc.integer({ min: 1, max: MOST }))
  .map((quantity) => Quantity.parse(quantity));

const often = { numRuns: runs(3_000) };

/** A decimal in a unit of the item, or in its base unit. */
const said = fc
  .record({ item: anyItem, at: fc.nat(6), over: fc.nat(3_000_000), places: fc.integer({ min: 0, max: 6 }) })
  .map(({ item, at, over, places }) => {
    const name = [...item.units.map((one) => one.unit), item.unit][at % (item.units.length + 1)];
    return { item, measure: Measure.parse(`${(over / 10 ** places).toFixed(places)} ${name}`) };
  });

const quantityOf = (measure: Measure, item: UnitDefinitions): number => {
  const answer = toBaseUnits(measure, item);
  if ('problem' in answer) throw new Error(answer.problem);
  return answer.quantity;
};
