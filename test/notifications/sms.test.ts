import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALERT_SOURCES, AlertType } from '../../shared/alerts/alert.ts';
import { STOCK_ALERT_TYPES, StockAlert } from '../../shared/alerts/sources/stock.ts';
import { renderDigest } from '../../shared/notifications/digest.ts';
import { renderShort, renderUrgent, renderWithLocation } from '../../shared/notifications/notification.ts';
import { MAX_VARIABLE_LENGTH, renderSms, SMS_TEMPLATES } from '../../shared/notifications/sms.ts';
import { runs } from '../kit/runs.ts';

/** GSM 03.38 without its extension: seven bits each. */
const GSM = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà]*$/;

describe('Any names of goods', () => {
  it('An urgent alert is one SMS in English and at most two in Hindi, by its template.', { tags: 'property' }, () => {
    fc.assert(
      fc.property(alerts, names, names, (alert, name, nameHi) => {
        const { sms } = renderUrgent(alert, { en: '', hi: '' }, { name, nameHi });
        expect(sms.en).toMatch(GSM);
        expect([segmentsOf(sms.en), segmentsOf(sms.hi) <= 2]).toEqual([1, true]);
        expect([fits(SMS_TEMPLATES.urgent.en, sms.en), fits(SMS_TEMPLATES.urgent.hi, sms.hi)]).toEqual([true, true]);
      }),
      { numRuns: runs(300) },
    );
  });

  it('A digest is one SMS in English and at most two in Hindi, by its template.', { tags: 'property' }, () => {
    fc.assert(
      fc.property(alerts, names, names, fc.integer({ min: 1, max: 9_999 }), (alert, name, nameHi, many) => {
        const line = {
          line: { en: '', hi: '' },
          shortly: renderWithLocation(alert, renderShort(alert, { name, nameHi })),
        };
        const { sms } = renderDigest(Array(many).fill({ ...line, urgent: true, unsure: false }));
        expect(sms.en).toMatch(GSM);
        expect([segmentsOf(sms.en), segmentsOf(sms.hi) <= 2]).toEqual([1, true]);
        expect([fits(SMS_TEMPLATES.digest.en, sms.en), fits(SMS_TEMPLATES.digest.hi, sms.hi)]).toEqual([true, true]);
      }),
      { numRuns: runs(100) },
    );
  });
});

it('It gives how many are new and urgent, the first, and where to look.', () => {
  const line = (urgent: boolean, en: string, hi: string) => ({
    line: { en: '', hi: '' },
    shortLine: { en, hi },
    urgent,
    unsure: false,
  });
  const { sms } = renderDigest([
    line(true, 'LKO-01, none left: Kurta', 'LKO-01, ख़त्म: कुर्ता'),
    line(false, 'LKO-02, low: Stole', 'LKO-02, कम बचा: दुपट्टा'),
  ]);
  expect(sms).toEqual({
    kind: 'digest',
    en: 'Bahi: new alerts for you 2, of them urgent 1. The first: LKO-01, none left: Kurta. Please open Bahi and look at the list of alerts.',
    hi: 'बही: आपके लिए नई सूचनाएँ 2, ज़रूरी 1। पहली: LKO-01, ख़त्म: कुर्ता। बही में सूची देखें।',
  });
});

it('A usual urgent alert is one SMS in Hindi too.', () => {
  const { hi } = renderSms('urgent', [
    { en: '', hi: 'LKO-01' },
    { en: '', hi: 'ख़त्म: चिकनकारी सूती कुर्ता' },
  ]);
  expect(segmentsOf(hi)).toBe(1);
});

it('A long name loses whole letters with their signs.', () => {
  const { hi } = renderSms('urgent', [
    { en: '', hi: 'LKO-01' },
    { en: '', hi: 'क्षि'.repeat(20) },
  ]);
  expect(hi).toBe(`बही, ज़रूरी: LKO-01, ${'क्षि'.repeat(7)}। बही में देखें।`);
});

it('No template has more than three variables, which networks would reject.', () => {
  for (const { en, hi } of Object.values(SMS_TEMPLATES))
    for (const template of [en, hi]) expect(template.split('{#var#}').length - 1).toBeLessThanOrEqual(3);
});

it('Every alert type has a short form.', () => {
  for (const type of AlertType.options) expect(ALERT_SOURCES[type].smsText.en.length).toBeLessThanOrEqual(24);
});

/** How many messages a network makes of it, and is paid for. */
const segmentsOf = (text: string): number => {
  const [one, each] = GSM.test(text) ? [160, 153] : [70, 67];
  return text.length <= one ? 1 : Math.ceil(text.length / each);
};

const names = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 120 }),
  fc.constantFrom(
    'चिकनकारी कढ़ाई वाला सूती कुर्ता, बड़ा साइज़',
    'Chikan kurta – “large” ₹899 {M}',
    'क्ष्म्य'.repeat(20),
    'two\nlines',
  ),
);

const alerts = fc
  .record({ type: fc.constantFrom(...STOCK_ALERT_TYPES), location: fc.constantFrom('LKO-01', 'CNBXY-D1') })
  .map(({ type, location }) =>
    StockAlert.parse({
      location,
      item: 'LKO-KURTA-01',
      type,
      district: 'LKO',
      state: 'open',
      episode: 1,
      openedAt: '2026-11-22T05:00:00.000Z',
      stockVersion: 1,
      itemVersion: 1,
      placeVersion: 1,
      version: 1,
      figures: { onHand: 0, free: 0, inbound: 0, reorderPoint: 3 },
    }),
  );

/** A template's words, whatever is said between them. */
const fits = (template: string, said: string): boolean => {
  const words = template.split('{#var#}').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${words.join(`[^\\n]{0,${MAX_VARIABLE_LENGTH}}?`)}$`, 'u').test(said);
};
