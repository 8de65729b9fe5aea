import { describe, expect, it } from 'vitest';
import { gstinCheckDigit } from '../../shared/kernel/gstin.ts';
import { Buyer, placeOfSupplyOf } from '../../shared/ledger/buyer.ts';

const withCheckDigit = (first14: string) => first14 + gstinCheckDigit(first14);
const delhi = { gstin: withCheckDigit('07AAACG2115R1Z'), name: 'Crafts of India', address: '1 Janpath, New Delhi' };
const problemsOf = (buyer: object) =>
  Buyer.safeParse(buyer).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];

describe('A buyer', () => {
  it.each([
    ['a GSTIN, with name and address', delhi],
    ['a State alone', { state: '27' }],
    ['a State, name and address', { state: '09', name: 'Asha', address: 'Kanpur' }],
  ])('It may be %s.', (_what, buyer) => {
    expect(Buyer.parse(buyer)).toEqual(buyer);
  });

  it.each([
    [{}, ['state: a buyer has a GSTIN or a State']],
    [{ name: 'Asha' }, ['state: a buyer has a GSTIN or a State']],
    [{ state: '28' }, ['state: a State of GST is two digits, such as 09']],
    [{ state: 'Delhi' }, ['state: a State of GST is two digits, such as 09']],
    [{ ...delhi, state: '07' }, ['state: leave it out: the GSTIN begins with the State']],
    [{ ...delhi, name: undefined }, ['name: the bill of a registered buyer shows their name']],
    [{ ...delhi, address: undefined }, ['address: the bill of a registered buyer shows their address']],
    [
      { ...delhi, gstin: '07AAACG2115R1Z?'.replace('?', delhi.gstin.endsWith('0') ? '1' : '0') },
      [`gstin: the check digit of this GSTIN is ${delhi.gstin.at(-1)}: compare it with the certificate`],
    ],
    [
      { ...delhi, gstin: withCheckDigit('9917XXX29001OS') },
      ['gstin: a service provider abroad (99) buys nothing at a stall'],
    ],
  ])('%j says what is wrong.', (buyer, problems) => {
    expect(problemsOf(buyer)).toEqual(problems);
  });
});

describe('Place of supply', () => {
  it.each`
    buyer                                                    | setting  | state   | why
    ${undefined}                                             | ${false} | ${'09'} | ${'nobody is named'}
    ${undefined}                                             | ${true}  | ${'09'} | ${'nobody is named'}
    ${{ state: '27' }}                                       | ${false} | ${'09'} | ${'the goods are handed over at the stall'}
    ${{ state: '27' }}                                       | ${true}  | ${'27'} | ${'the recorded State counts'}
    ${delhi}                                                 | ${false} | ${'07'} | ${'the GSTIN counts'}
    ${{ ...delhi, gstin: withCheckDigit('28AAAAA0000A1Z') }} | ${false} | ${'37'} | ${'28 was Andhra Pradesh before 2014'}
  `('It is $state, because $why (setting $setting).', ({ buyer, setting, state }) => {
    expect(placeOfSupplyOf(buyer, setting)).toBe(state);
  });
});
