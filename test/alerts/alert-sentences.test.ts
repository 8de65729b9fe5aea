import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AlertType, ExceptionAlert, renderAlert } from '../../shared/alerts/alert.ts';
import { driftState } from '../../shared/alerts/sources/drift.ts';
import { STOCK_ALERT_TYPES, StockAlert } from '../../shared/alerts/sources/stock.ts';
import type { StockEvidence } from '../../shared/alerts/stock-sentences.ts';
import { StockLocationId } from '../../shared/kernel/ids.ts';
import { Instant } from '../../shared/kernel/time.ts';
import { Drift } from '../../shared/reconciliation/drift.ts';
import { runs } from '../kit/runs.ts';

const kurta = { name: 'Chikan Kurta', nameHi: 'चिकन कुर्ता', unit: 'piece' as const };

const versions = { location: 'LKO-01', item: 'LKO-KURTA-01', stockVersion: 1, itemVersion: 1 };

const pace = { othersPerWeek: 2, factor: 1.3, leadDays: 7 };
const sent = { from: 'LKO-02', to: 'LKO-01', at: '2026-11-12T05:00:00.000Z' };
const received = { receipt: '7KQ2MR2611220003', by: 'LKO-01', at: '2026-11-22T05:00:00.000Z' };
const D = '7KQ2MD2611120001';

const S = '7KQ2MS2611120001';

describe('Alert sentences', () => {
  it.each([
    [
      stock('short', { onHand: 1, target: 4, pace }),
      'Other stations sell 2 a week of this; yours sells 1.3 times that; delivery takes 7 days: keep 4, you have 1.',
      'दूसरे स्टेशनों पर यह हफ़्ते में 2 बिकता है; आपके यहाँ उसका 1.3 गुना; माल आने में 7 दिन लगते हैं: 4 रखें, आपके पास 1 है।',
    ],
    [
      stock('short', { onHand: 1, pace: { ...pace, factor: 1.02, leadDays: 1 } }),
      'Other stations sell 2 a week of this; yours sells as much; delivery takes 1 day: keep 3, you have 1.',
      'दूसरे स्टेशनों पर यह हफ़्ते में 2 बिकता है; आपके यहाँ भी उतना ही; माल आने में 1 दिन लगता है: 3 रखें, आपके पास 1 है।',
    ],
    [
      stock('short', { onHand: 1, target: 9, pace: { ...pace, season: 2.5 } }),
      'Other stations sell 2 a week of this; yours sells 1.3 times that; the season sells 2.5 times as much; delivery takes 7 days: keep 9, you have 1.',
      'दूसरे स्टेशनों पर यह हफ़्ते में 2 बिकता है; आपके यहाँ उसका 1.3 गुना; इस मौसम में 2.5 गुना बिकता है; माल आने में 7 दिन लगते हैं: 9 रखें, आपके पास 1 है।',
    ],
    [stock('short', { onHand: 2 }), 'You have 2: more is needed at 3.', 'आपके पास 2 हैं: 3 रह जाने पर और मँगाएँ।'],
    [
      stock('short', { onHand: 1, inbound: 1 }),
      'You have 1, and 1 on the way: more is needed at 3.',
      'आपके पास 1 है, 1 रास्ते में: 3 रह जाने पर और मँगाएँ।',
    ],
    [
      stock('short', { onHand: 1, inbound: 7, overdue: 6 }),
      'You have 1, and 1 on the way, and 6 that did not come in time: more is needed at 3.',
      'आपके पास 1 है, 1 रास्ते में, 6 समय पर नहीं आया: 3 रह जाने पर और मँगाएँ।',
    ],
    [
      stock('short', { onHand: 1, inbound: 6, overdue: 6, target: 4, pace }),
      'Other stations sell 2 a week of this; yours sells 1.3 times that; delivery takes 7 days: keep 4, you have 1, and 6 that did not come in time.',
      undefined,
    ],
    [stock('out', {}), 'You have none left: more is needed at 3.', 'आपके पास कुछ नहीं बचा: 3 रह जाने पर और मँगाना था।'],
    [
      stock('out', { pace }),
      'Other stations sell 2 a week of this; yours sells 1.3 times that; delivery takes 7 days: keep 3, you have none.',
      undefined,
    ],
    [
      stock('discrepancy', { onHand: -2, free: -2 }),
      'The book says 2 less than nothing: goods were given out that it never saw come in; count the shelf, or record what came.',
      undefined,
    ],
    [
      stock('overstock', { onHand: 60, target: 6 }),
      'You have 60, and 6 would do: send some where it sells.',
      'आपके पास 60 हैं, जबकि 6 काफ़ी हैं: कुछ वहाँ भेजें जहाँ यह बिकता है।',
    ],
    [
      stock('overstock', { onHand: 60, target: 6, pace: { ...pace, factor: 1 } }),
      'You have 60, which is 30 weeks of sales here: send some where it sells.',
      'आपके पास 60 हैं, यानी यहाँ की 30 हफ़्ते की बिक्री: कुछ वहाँ भेजें जहाँ यह बिकता है।',
    ],
    [
      matter('held', '7KQ2MS2611220001-0a1b2c3d4e5f', {
        number: '7KQ2MS2611220001',
        heldAt: life.openedAt,
        problem: { code: 'ITEM_UNKNOWN', detail: 'The registry has no such item.' },
        state: 'held',
      }),
      'Voucher 7KQ2MS2611220001 is not in the book yet, because: The registry has no such item; an officer has to settle it.',
      undefined,
    ],
    [
      matter('unproven', '7KQ2M-2026-11-20', {
        terminal: '7KQ2M',
        day: '2026-11-20',
        state: 'missing',
        missing: ['7KQ2MS2611200004'],
        many: 1,
      }),
      'A voucher of phone 7KQ2M of 20 November has not come, it is 7KQ2MS2611200004: bring what is missing.',
      undefined,
    ],
    [
      matter('unproven', '7KQ2M-2026-11-20', {
        terminal: '7KQ2M',
        day: '2026-11-20',
        state: 'unproven',
        missing: [],
        many: 0,
        last: '7KQ2MS2611200004',
      }),
      'Nothing says that phone 7KQ2M has sent all of 20 November; the last known is 7KQ2MS2611200004: let it send the rest, or close its shift.',
      undefined,
    ],
    [
      matter('unmatched', S, {
        returns: [],
        many: 2,
        sold: true,
        misfit: { exceeded: [{ line: 1, item: 'LKO-KURTA-01', sold: 1, back: 3 }], due: 89_900, given: 269_750 },
      }),
      `2 returns of sale ${S} came before it and took back 2 more than it sold, ₹1,798.50 more than is due: find out why, count the shelf and the till.`,
      `बिक्री ${S} से पहले दर्ज 2 वापसी में बिके से 2 ज़्यादा, देय से ₹1,798.50 ज़्यादा लौटा: कारण पता करें, माल और नकद गिनें।`,
    ],
    [
      matter('unmatched', S, { returns: [], many: 1, sold: true, misfit: { exceeded: [], due: 500, given: 300 } }),
      `A return of sale ${S} came before it and took back ₹2 less than is due: find out why, count the shelf and the till.`,
      undefined,
    ],
    [
      matter('unmatched', S, { returns: [], many: 1, since: '2026-11-12T05:00:00.000Z', sold: false }),
      `What came back on 12 November is of sale ${S}, which has not come: let its phone send it, or find out what was sold.`,
      undefined,
    ],
    [
      matter('failed', 'close-day', { work: 'close-day', day: '2026-11-12', problem: 'Error: it was so' }),
      'The work close-day of 12 November failed at LKO-01, so that its figures are old: tell who runs Bahi (Error: it was so).',
      'LKO-01 पर 12 नवंबर का काम close-day नहीं हो सका, इसलिए वहाँ के आँकड़े पुराने हैं: बही चलाने वालों को बताएँ (Error: it was so)।',
    ],
    [
      matter('exchange', 'a1f0c3d2e4b596a7880c', { basket: 'B-7', uncovered: 89_950, spentBy: S }),
      `₹899.50 more was exchanged in basket B-7 than came back into it, last by sale ${S}: let its phone send the return, or find out what was brought back.`,
      `टोकरी B-7 में जितना माल लौटा उससे ₹899.50 ज़्यादा का बदला गया (बिक्री ${S}): वापसी फ़ोन से भिजवाएँ या पता करें क्या लौटा था।`,
    ],
    [
      matter('overdue', D, { state: 'open', sent, receipts: [], differs: [] }),
      `Goods that LKO-02 sent on 12 November have not come (dispatch ${D}): ask where they are, or record what came.`,
      undefined,
    ],
    [
      matter('overdue', D, { state: 'open', sent, receipts: [received], differs: [] }),
      `The rest of the goods that LKO-02 sent on 12 November has not come (dispatch ${D}): ask where it is, record what came, or close the dispatch short.`,
      undefined,
    ],
    [
      matter('overdue', D, { state: 'early', receipts: [received], differs: [] }),
      `What was received on 22 November waits for its dispatch ${D}: its sender has to bring it.`,
      undefined,
    ],
    [
      matter('mismatch', D, {
        state: 'closed',
        sent,
        receipts: [received],
        differs: [
          { item: 'LKO-KURTA-01', rejected: 1, missing: 2 },
          { item: 'LKO-KURTA-02', rejected: 0, missing: -1 },
        ],
      }),
      `Dispatch ${D} from LKO-02 did not come as it was sent: 2 missing, 1 rejected, 1 too many; find out where it went.`,
      `रवानगी ${D} जैसी भेजी गई वैसी नहीं पहुँची: 2 कम, 1 नामंज़ूर, 1 ज़्यादा; पता करें कि माल कहाँ गया।`,
    ],
    [
      matter('mismatch', D, { state: 'closed', sent: { ...sent, to: 'LKO-03' }, receipts: [received], differs: [] }),
      `Dispatch ${D} was sent to LKO-03 and received at LKO-01: find out why.`,
      `रवानगी ${D} LKO-03 के लिए थी, पर LKO-01 पर मिली: कारण पता करें।`,
    ],
    [
      matter('stranger', 'S-RAVI-2026-11-20', { person: 'S-RAVI', day: '2026-11-20', vouchers: [S], many: 1 }),
      `S-RAVI, who is not on the staff list of LKO-01, is named in voucher ${S} of 20 November: find out who stood there, then enter them as staff or acknowledge this.`,
      `20 नवंबर के वाउचर ${S} में S-RAVI का नाम है, जो LKO-01 की कर्मचारी सूची में नहीं है: पता करें कौन था, फिर सूची में दर्ज करें या इसे स्वीकार करें।`,
    ],
    [
      matter('stranger', 'S-RAVI-2026-11-20', { person: 'S-RAVI', day: '2026-11-20', vouchers: [S], many: 3 }),
      `S-RAVI, who is not on the staff list of LKO-01, is named in voucher ${S}, and 2 more of 20 November: find out who stood there, then enter them as staff or acknowledge this.`,
      `20 नवंबर के वाउचर ${S} और 2 अन्य में S-RAVI का नाम है, जो LKO-01 की कर्मचारी सूची में नहीं है: पता करें कौन था, फिर सूची में दर्ज करें या इसे स्वीकार करें।`,
    ],
    [
      matter('overrefunded', S, { given: 1_399_900, due: 1_390_000 }),
      `The returns of sale ${S} gave back ₹99 more than was due: find out why, count the till, then reverse a mistaken return or acknowledge this.`,
      `बिक्री ${S} की वापसी में देय से ₹99 ज़्यादा लौटाए गए: कारण पता करें, नकद गिनें, फिर ग़लत वापसी रद्द करें या इसे स्वीकार करें।`,
    ],
    [
      matter('pin', 'P0042', { locks: 1, until: '2026-11-22T05:15:00.000Z' }),
      'Wrong tries at LKO-01 have locked the PIN of producer P0042: find out who tried, and set a new PIN.',
      'LKO-01 पर ग़लत कोशिशों से कारीगर P0042 का PIN बंद हुआ: पता करें किसने कोशिश की, और नया PIN दें।',
    ],
    [
      matter('pin', 'P0042', { locks: 3, until: '2026-11-22T05:15:00.000Z' }),
      'Wrong tries at LKO-01 have locked the PIN of producer P0042, 3 times in a row: find out who tried, and set a new PIN.',
      undefined,
    ],
    [
      matter('silent', 'LKO-01', { lastDay: '2026-11-20' }),
      'Nothing has been recorded at LKO-01 since 20 November: ask whether it is open, and let its phones send what they have.',
      undefined,
    ],
    [
      matter(
        'drift',
        'LKO-01',
        driftState(StockLocationId.parse('LKO-01'), { auditedAt: Instant.parse(life.openedAt), drifts }).figures,
      ),
      'The book of LKO-01 and its vouchers do not agree: LKO-KURTA-01, on-hand: the book says 9, its vouchers 8; a count sheet (C) of the item sets it right; and 1 more.',
      'LKO-01 की बही और उसके वाउचर नहीं मिलते: LKO-KURTA-01, स्टॉक: बही में 9, वाउचरों से 8; इस माल की गिनती (C) दर्ज करने से ठीक होगा; और 1 बात।',
    ],
  ])('%#: $type', (alert, en, hi) => {
    const sentence = renderAlert(alert, kurta);
    expect(sentence.en).toBe(en);
    if (hi) expect(sentence.hi).toBe(hi);
  });

  it('An alert about a material uses the units in which people measure it.', () => {
    const material = stock('material', { onHand: 20_000, free: 12_500, inbound: 5_000, reorderPoint: 20_000 });
    expect(renderAlert(material, bamboo)).toEqual({
      en: 'The depot has 12.5 kg free, and 5 kg on the way: more is needed at 20 kg.',
      hi: 'डिपो में देने के लिए 12.5 किग्रा है, 5 किग्रा रास्ते में: 20 किग्रा रह जाने पर और मँगाएँ।',
    });
    expect(renderAlert(stock('discrepancy', { onHand: 500, free: -1_500 }), bamboo).en).toBe(
      '1.5 kg more is promised than there is: count the shelf, or tell those who wait.',
    );
  });

  it('A resolved alert says that it is resolved.', () => {
    const alert = stock('short', { onHand: 9 });
    const resolved = { ...alert, state: 'resolved' as const, resolvedAt: alert.openedAt };
    expect(renderAlert(resolved, kurta)).toEqual({ en: 'Settled since 22 November.', hi: '22 नवंबर से ठीक है।' });
  });
});

const figures = fc.record({
  onHand: fc.integer({ min: -1_000_000, max: 100_000_000 }),
  free: fc.integer({ min: -1_000_000, max: 100_000_000 }),
  inbound: fc.integer({ min: 0, max: 1_000_000 }),
  overdue: fc.option(fc.integer({ min: 1, max: 1_000_000 }), { nil: undefined }),
  reorderPoint: fc.nat(1_000_000),
  target: fc.option(fc.nat(1_000_000), { nil: undefined }),
  pace: fc.option(
    fc.record({
      othersPerWeek: fc.double({ min: 0, max: 1e6, noNaN: true }),
      factor: fc.double({ min: 0, max: 1e3, noNaN: true }),
      leadDays: fc.double({ min: 0, max: 365, noNaN: true }),
    }),
    { nil: undefined },
  ),
});

it('Any figures give a complete sentence in both languages.', { tags: 'property' }, () => {
  fc.assert(
    fc.property(figures, fc.constantFrom(...STOCK_ALERT_TYPES), fc.constantFrom(kurta, bamboo), (given, type, item) => {
      const known = Object.fromEntries(Object.entries(given).filter(([, figure]) => figure !== undefined));
      const { en, hi } = renderAlert(stock(type, known as StockEvidence), item);
      for (const text of [en, hi]) expect(text).not.toMatch(/undefined|NaN|Infinity|null|\{| {2}|-\d/);
      expect(en).toMatch(/^[A-Z0-9].*\.$/);
      expect(hi).toMatch(/^.*[\u0900-\u097F].*।$/u);
    }),
    { numRuns: runs(2_000) },
  );
});

it('Every alert type has a sentence.', () => {
  expect(AlertType.options).toHaveLength(18);
});

const bamboo = {
  name: 'Flute Bamboo',
  nameHi: 'बांसुरी का बाँस',
  unit: 'gram' as const,
  units: [{ unit: 'kg', base: 1_000, per: 1 }],
};

const life = {
  district: 'LKO',
  state: 'open',
  episode: 1,
  openedAt: '2026-11-22T05:00:00.000Z',
  placeVersion: 1,
  version: 1,
};

const stock = (type: string, figures: object) =>
  StockAlert.parse({
    ...life,
    ...versions,
    type,
    figures: { onHand: 0, free: 0, inbound: 0, reorderPoint: 3, ...figures },
  });

const matter = (type: string, about: string, figures: object) =>
  ExceptionAlert.parse({ ...life, location: 'LKO-01', type, about, figures, sourceVersion: 1 });

const drifts = [
  { kind: 'on-hand', item: 'LKO-KURTA-01', book: 9, says: 8, version: 4, vouchers: ['7KQ2MS2611200004'] },
  { kind: 'voucher', what: 'changed', vouchers: ['7KQ2MS2611200004'] },
].map((drift) => Drift.parse(drift));
