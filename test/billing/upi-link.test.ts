import * as fc from 'fast-check';
import jsqr from 'jsqr';
import { expect, it } from 'vitest';
import { qrModulesOf, qrSvgOf, upiLinkOf } from '../../shared/billing/upi-link.ts';
import { MAX_PAISE, type Paise } from '../../shared/kernel/quantity.ts';
import { VoucherNumber } from '../../shared/kernel/voucher-number.ts';

const number = VoucherNumber.parse('7KQ2MS2611220007');
const payee = { name: 'Lucknow Chikan Karigar Samiti', vpa: 'chikan.samiti@sbi', merchantCategory: '5947' };

/** A CommonJS module that declares an ES default. */
const scanner = jsqr as unknown as typeof jsqr.default;

const SCALE = 4;
const QUIET = 4;

/** The text that a scanner reads from the printed modules. */
const scan = (text: string): string | undefined => {
  const modules = qrModulesOf(text);
  const width = (modules.length + 2 * QUIET) * SCALE;
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255);
  for (let y = 0; y < width; y += 1)
    for (let x = 0; x < width; x += 1)
      if (modules[Math.floor(y / SCALE) - QUIET]?.[Math.floor(x / SCALE) - QUIET])
        pixels.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
  return scanner(pixels, width, width)?.data;
};

it('A bill asks for its amount under its own number.', () => {
  expect(upiLinkOf({ payee, number, amount: 179_805 as Paise, mode: 'qr' })).toBe(
    'upi://pay?pa=chikan.samiti%40sbi&pn=Lucknow%20Chikan%20Karigar%20Samiti&mc=5947&tr=7KQ2MS2611220007&tn=Bill%207KQ2MS2611220007&am=1798.05&cu=INR&mode=01',
  );
});

it('A category that the bank did not give is left out, and a name without ASCII is the address.', () => {
  const link = upiLinkOf({
    payee: { name: 'चिकन समिति', vpa: 'chikan@sbi' },
    number,
    amount: 5 as Paise,
    mode: 'link',
  });
  const fields = new URL(link).searchParams;
  expect([fields.get('mc'), fields.get('pn'), fields.get('am'), fields.get('mode')]).toEqual([
    null,
    'chikan@sbi',
    '0.05',
    '04',
  ]);
});

it('Whatever the name, a link holds what UPI apps show: blanks and @ are its only escapes.', () => {
  const texts = fc.string({ unit: 'grapheme', maxLength: 80 });
  fc.assert(
    fc.property(texts, fc.integer({ min: 0, max: MAX_PAISE }), (name, amount) => {
      const link = upiLinkOf({ payee: { ...payee, name }, number, amount: amount as Paise, mode: 'qr' });
      expect(link.match(/%../g)?.filter((code) => code !== '%20' && code !== '%40')).toEqual([]);
      const fields = new URL(link).searchParams;
      expect(fields.get('pn')?.length).toBeLessThanOrEqual(50);
      expect(fields.get('tn')?.length).toBeLessThanOrEqual(50);
      expect(fields.get('tr')).toMatch(/^[A-Za-z0-9]{1,35}$/);
      expect(Math.round(Number(fields.get('am')) * 100)).toBe(amount);
    }),
  );
});

it('The QR code of a link reads as the link.', () => {
  for (const amount of [1, 179_800, MAX_PAISE]) {
    const link = upiLinkOf({ payee, number, amount: amount as Paise, mode: 'qr' });
    expect(scan(link)).toBe(link);
  }
});

it('A QR code refuses text that scanners read in several ways.', () => {
  expect(() => qrModulesOf('₹ 100')).toThrow('ASCII');
});

it('The picture of a QR code has a quiet zone of four modules.', () => {
  const size = qrModulesOf('upi://pay').length + 8;
  expect(qrSvgOf('upi://pay')).toContain(`viewBox="0 0 ${size} ${size}"`);
  expect(qrSvgOf('upi://pay')).toContain('M4 4h1v1h-1z');
});
