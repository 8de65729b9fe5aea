import { expect, it } from 'vitest';
import { SellerId } from '../../shared/kernel/ids.ts';
import { Instant } from '../../shared/kernel/time.ts';
import { EffectiveFrom } from '../../shared/registry/dated-field.ts';
import { endProblems, startProblems, withStoredHistory } from '../../shared/registry/entry-change.ts';
import { openSellersAt, type SellersFields, sellerEndAt, sellersAt } from '../../shared/registry/location-sellers.ts';

const seller = (id: string) => SellerId.parse(id);
const [one, two, three] = [seller('LKO1'), seller('LKO2'), seller('LKO3')];
const at = (text: string) => Instant.parse(`2026-11-${text}:00.000Z`);
const both: SellersFields = { sellers: [one, two] };
const edit = (stored: SellersFields, change: Partial<SellersFields>, now: Instant) =>
  withStoredHistory<SellersFields>({ ...stored, earlierSellers: undefined, ...change }, stored, now);

it('A seller who is taken off the list sold there until then.', () => {
  const left = edit(both, { sellers: [two] }, at('10T06:00'));
  expect(left).toEqual({ sellers: [two], sellersFrom: at('10T06:00'), earlierSellers: [{ sellers: [one, two] }] });
  expect(sellersAt(left, at('10T05:59'))).toEqual([one, two]);
  expect([sellerEndAt(left, one, at('10T05:59')), sellerEndAt(left, one, at('10T06:00'))]).toEqual([
    undefined,
    at('10T06:00'),
  ]);
  expect(sellerEndAt(left, two, at('11T00:00'))).toBeUndefined();
  expect([openSellersAt(left, at('10T05:59')), openSellersAt(left, at('10T06:01'))]).toEqual([[one, two], [two]]);
  expect(edit(left, { sellers: [two] }, at('12T00:00'))).toEqual(left);
});

it('A seller who comes back was away between; a list from an earlier time mends a mistake.', () => {
  const left = edit(both, { sellers: [two] }, at('10T06:00'));
  const again = edit(left, { sellers: [two, one], sellersFrom: undefined }, at('12T06:00'));
  const ends = ['09T00:00', '11T00:00', '13T00:00'].map((time) => sellerEndAt(again, one, at(time)));
  expect(ends).toEqual([undefined, at('10T06:00'), undefined]);
  const mended = edit(left, { sellers: [one, two], sellersFrom: at('10T05:00') }, at('12T06:00'));
  expect(['09T00:00', '11T00:00', '13T00:00'].map((time) => sellerEndAt(mended, one, at(time)))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

it('Before its first list a seller has not ended; one on no list always has.', () => {
  const added = edit(both, { sellers: [one, two, three] }, at('10T06:00'));
  expect([sellerEndAt(added, three, at('09T00:00')), sellerEndAt(both, three, at('09T00:00'))]).toEqual([
    undefined,
    'always',
  ]);
  let many = both;
  for (let day = 1; day <= 25; day++)
    many = edit(many, { sellers: day % 2 ? [two] : [two, three] }, at(`${String(day).padStart(2, '0')}T06:00`));
  expect(sellerEndAt(many, one, at('26T00:00'))).toBe('always');
});

it('A removal from today applies from now, one before today needs the corrected history.', () => {
  const now = at('10T06:00');
  expect(edit(both, { sellers: [two], sellersFrom: EffectiveFrom.parse('2026-11-10') }, now).sellersFrom).toBe(now);
  const before = { sellers: [two], sellersFrom: '2026-11-09' };
  expect(endProblems(before, both, now)).toMatchObject([{ path: 'sellersFrom' }]);
  expect(endProblems({ ...before, earlierSellers: [both] }, both, now)).toEqual([]);
  expect(endProblems({ sellers: [one, two, three], sellersFrom: '2026-11-09' }, both, now)).toEqual([]);
});

it.each([
  ['sellersFrom', both, { sellers: [two] }, { sellers: [two, one] }],
  ['statusFrom', {}, { status: 'closed' }, { status: 'open' }],
])('%s sent back with another value is unclear; as it was read, it changes nothing.', (path, first, next, other) => {
  const stored = withStoredHistory<object>(next, first, at('10T06:00'));
  expect(withStoredHistory(stored, stored, at('12T06:00'))).toEqual(stored);
  expect(startProblems(stored, stored, at('12T06:00'))).toEqual([]);
  expect(startProblems({ ...stored, ...other }, stored, at('12T06:00'))).toEqual([
    {
      path,
      problem: `${at('10T06:00')} is when the stored value began: leave it out to start now, or give another time`,
    },
  ]);
});
