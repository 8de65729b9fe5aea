import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StockLocationId } from '../../shared/kernel/ids.ts';
import { partsOf, VoucherNumber, voucherNumberOf } from '../../shared/kernel/voucher-number.ts';
import { ledgerKey, parseLedgerKey } from '../../shared/ledger/voucher-item.ts';
import { numbers } from '../kit/arbitraries.ts';

const locations = fc.constantFrom(...['LKO-01', 'LKO-02', 'PBE-D1'].map((id) => StockLocationId.parse(id)));

describe('Voucher number', () => {
  it('A number parses to itself, and can be split and joined.', () => {
    fc.assert(
      fc.property(numbers, (number) => {
        expect(number).toHaveLength(16);
        expect(VoucherNumber.parse(number)).toBe(number);
        expect(voucherNumberOf(partsOf(number))).toBe(number);
      }),
    );
  });

  it('A number is read with spaces anywhere and in lower case.', () => {
    fc.assert(
      fc.property(
        numbers,
        fc.array(fc.nat(16), { maxLength: 5 }),
        fc.constantFrom(' ', '\t', '\u00a0'),
        (number, cuts, space) => {
          const spaced = [...number].map((letter, at) => (cuts.includes(at) ? space + letter : letter)).join('');
          expect(VoucherNumber.parse(spaced.toLowerCase())).toBe(number);
        },
      ),
    );
    expect(VoucherNumber.parse('7kq2m s 261122 0007')).toBe('7KQ2MS2611220007');
  });

  it.each`
    text                   | why
    ${''}                  | ${'nothing'}
    ${'7KQ2MS261122007'}   | ${'a letter short'}
    ${'7KQ2MS26112200070'} | ${'a letter long'}
    ${'7KQ2IS2611220007'}  | ${'an I in the terminal'}
    ${'7KQ2OS2611220007'}  | ${'an O in the terminal'}
    ${'7KQ2LS2611220007'}  | ${'an L in the terminal'}
    ${'7KQ2US2611220007'}  | ${'a U in the terminal'}
    ${'7KQ2MX2611220007'}  | ${'a kind that is none'}
    ${'7KQ2MS2613220007'}  | ${'a thirteenth month'}
    ${'7KQ2MS2602300007'}  | ${'30 February'}
    ${'7KQ2MS2502290007'}  | ${'29 February of a common year'}
    ${'7KQ2MS2600000007'}  | ${'day nought'}
    ${'7KQ2MS2611220000'}  | ${'serial nought'}
    ${'7KQ2MS26112२0007'}  | ${'a Devanagari digit'}
    ${'7KQ2MS2611220007#'} | ${'a separator of keys'}
    ${'7KQ2M-S-2611-0007'} | ${'hyphens'}
    ${2611220007}          | ${'a number that is no text'}
    ${null}                | ${'null'}
  `('is refused as $text: $why', ({ text }) => {
    expect(VoucherNumber.safeParse(text).success).toBe(false);
  });

  it('A number with any letter outside its alphabet is refused.', () => {
    fc.assert(
      fc.property(numbers, fc.nat(15), fc.constantFrom('#', 'O', 'U', 'l', '_', 'é', '²'), (number, at, letter) => {
        expect(VoucherNumber.safeParse(number.slice(0, at) + letter + number.slice(at + 1)).success).toBe(false);
      }),
    );
  });

  it('29 February of a leap year is a day.', () => {
    expect(partsOf(VoucherNumber.parse('7KQ2MS2802290001')).day).toBe('2028-02-29');
  });
});

describe('Ledger key of a voucher', () => {
  it('Location and number give the key, and the key gives them.', () => {
    fc.assert(
      fc.property(locations, numbers, (location, number) => {
        expect(parseLedgerKey(ledgerKey(location, number))).toEqual({ location, number });
      }),
    );
  });

  it('Another number or location has another key.', () => {
    fc.assert(
      fc.property(locations, numbers, locations, numbers, (here, one, there, other) => {
        fc.pre(here !== there || one !== other);
        expect(ledgerKey(here, one)).not.toEqual(ledgerKey(there, other));
      }),
    );
  });

  it('Keys of one terminal, kind and day are ordered by serial.', () => {
    const serial = fc.integer({ min: 1, max: 9_999 });
    fc.assert(
      fc.property(locations, numbers, serial, serial, (location, number, a, b) => {
        const entryOf = (n: number) =>
          ledgerKey(location, voucherNumberOf({ ...partsOf(number), serial: String(n).padStart(4, '0') })).entry;
        expect(entryOf(a) < entryOf(b)).toBe(a < b);
      }),
    );
  });
});
