import { describe, expect, it } from 'vitest';
import type { ItemId, LocationId, ProductId } from '../../../shared/domain/ids.ts';
import { missingOn, soldOn } from '../../../shared/domain/restock/sold-on.ts';
import { toldWhy, type Why } from '../../../shared/domain/restock/told-why.ts';

const why: Why = {
  item: { unit: 'piece' },
  pace: { rate: 2 / 7, outlet: 1.3, local: 1 },
  lead: 7,
  season: { until: 1, cover: 1 },
  plan: { reorderPoint: 2, target: 4 },
  onHand: 1,
  inbound: 0,
};

describe('why so much is to be there', () => {
  it('is one plain sentence', () => {
    expect(toldWhy(why)).toEqual({
      en: 'Other stations sell 2 a week of this; yours sells 1.3 times that; delivery takes 7 days: keep 4, you have 1.',
      hi: 'दूसरे स्टेशनों पर यह हफ़्ते में 2 बिकता है; आपके यहाँ उसका 1.3 गुना; माल आने में 7 दिन लगते हैं: 4 रखिए, आपके पास 1 है।',
    });
  });

  it('says what sells seldom by the month, what is festive, what is weighed, what is coming and what is not there', () => {
    const seldom = { ...why, pace: { rate: 0.05, outlet: 1, local: 1 }, onHand: -1, inbound: 2, lead: 1 };
    expect(toldWhy(seldom).en).toBe(
      'Other stations sell 1.5 a month of this; yours sells as much; delivery takes 1 day: keep 4, you have none, and 2 on the way.',
    );
    const weighed: Why = {
      ...why,
      item: { unit: 'gram', units: [{ unit: 'kg', base: 1_000, per: 1 }] },
      pace: { rate: 500, outlet: 1, local: 1 },
      season: { until: 2.5, cover: 1 },
      plan: { reorderPoint: 8_000, target: 12_000 },
      onHand: 2_500,
    };
    expect(toldWhy(weighed).en).toBe(
      'Other stations sell 3.5 kg a week of this; yours sells as much; the season sells 2.5 times as much; delivery takes 7 days: keep 12 kg, you have 2.5 kg.',
    );
  });
});

describe('what closes say of demand', () => {
  const [outlet, depot] = ['LKO-01', 'LKO-D1'] as LocationId[] as [LocationId, LocationId];
  const closes = [outlet, depot].map((location) => ({
    location,
    items: [
      { item: 'KURTA-L' as ItemId, sold: 2, exposure: 0.5 as const },
      { item: 'GONE' as ItemId, sold: 1, exposure: 1 as const },
    ],
  }));

  it('is what outlets sold of known products, and which outlets said nothing', () => {
    const productOf = (item: ItemId) => (item === 'KURTA-L' ? ('KURTA' as ProductId) : undefined);
    expect(soldOn(closes, productOf, () => 2)).toEqual([
      { outlet, product: 'KURTA', sold: 2, exposure: 0.5, season: 2 },
    ]);
    expect(missingOn(['VNS-01' as LocationId, outlet, 'AGC-01' as LocationId], closes)).toEqual(['AGC-01', 'VNS-01']);
  });
});
