import fc from 'fast-check';
import { expect, it } from 'vitest';
import { balancesOf, type OpeningBalance } from '../../shared/day-close/balances.ts';
import { openingBalanceOf } from '../../shared/day-close/day-totals.ts';
import { mistakesOf } from '../../shared/day-close/mistakes.ts';
import { dayOf, Instant } from '../../shared/kernel/time.ts';
import { sequenceOf, timeOfSequence } from '../../shared/kernel/voucher-number.ts';
import { Voucher } from '../../shared/ledger/voucher.ts';
import { runs } from '../kit/runs.ts';

it("Reversing a receipt or an adjustment restores all days' averages and values.", { tags: 'property' }, () => {
  fc.assert(
    fc.property(happenings, (all) => {
      const { recorded, truly } = booksOf(all);
      expect(worth(recorded)).toEqual(worth(truly));
    }),
    { numRuns: runs(500) },
  );
});

const ITEMS = ['LKO-KURTA-01', 'LKO-KURTA-02'] as const;

const HOUR = 3_600_000;

const START = Date.parse('2026-11-18T00:00:00Z');

const DAYS = ['2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22'];

type Line = { readonly item: string; readonly quantity: number };

type Says = { readonly kind: string; readonly hour: number; readonly lines: readonly Line[] };

/** One an hour, numbered by it: sequences with and without some of them have the same numbers. */
const voucher = (kind: string, hour: number, claim: object, outcome: object, serial = hour + 1): Voucher => {
  const occurredAt = new Date(START + hour * HOUR).toISOString();
  const day = dayOf(Instant.parse(occurredAt));
  const number = `7KQ2M${kind}${day.slice(2).replaceAll('-', '')}${String(serial).padStart(4, '0')}`;
  return Voucher.parse({
    number,
    location: 'LKO-01',
    seller: 'LKO1',
    recordedAt: occurredAt,
    enteredBy: 'someone',
    outcome,
    claim: { kind, occurredAt, by: 'S001', previous: null, ...claim },
    admission: { way: 'captured' },
  });
};

const said = ({ kind, hour, lines }: Says): Voucher => {
  const moved = lines.map(({ item, quantity }) => ({ item, quantity }));
  switch (kind) {
    case 'R':
      return voucher('R', hour, { from: { supplier: 'Samiti' }, lines }, {});
    case 'C': {
      return voucher(
        'C',
        hour,
        { count: 'November', lines: moved },
        { counted: moved.map(({ quantity }) => ({ quantity })) },
      );
    }
    case 'D':
      return voucher('D', hour, { to: 'LKO-02', lines: moved }, {});
    default:
      return voucher('A', hour, { reason: kind, lines: moved }, {});
  }
};

const tookBack = (of: Voucher, hour: number, lines: readonly (Line & { readonly line: number })[]): Voucher => {
  const sign = of.claim.kind === 'R' ? -1 : 1;
  const claim = { of: of.number, reason: 'mistake', goods: 'to shelf', lines };
  return voucher(
    'V',
    hour,
    claim,
    { moved: lines.map(({ quantity }) => sign * quantity) },
    Number(of.number.slice(-4)),
  );
};

/** Each day's items, of which each day begins with what the one before left. */
const closedOver = (all: readonly Voucher[]) => {
  let opening: OpeningBalance[] = [];
  return DAYS.map((day) => {
    const happened = all.filter((one) => dayOf(timeOfSequence(sequenceOf(one))) === day);
    const items = balancesOf(opening, happened, mistakesOf(all));
    opening = items.map(openingBalanceOf);
    return new Map(items.map((one) => [one.item as string, one]));
  });
};

const worth = (all: readonly Voucher[]) =>
  closedOver(all).map((items) =>
    ITEMS.map((item) => {
      const { average = 0, averages = [], value = 0 } = items.get(item) ?? {};
      return { average, averages, value };
    }),
  );

const line = fc.record({
  item: fc.constantFrom(...ITEMS),
  quantity: fc.integer({ min: 1, max: 50 }),
  unitCost: fc.integer({ min: 1, max: 99_999 }),
});

const lines = fc.uniqueArray(line, { minLength: 1, maxLength: 2, selector: ({ item }) => item });

const happening = fc.record({
  kind: fc.constantFrom('R', 'R', 'lost', 'found', 'C', 'D'),
  hour: fc.integer({ min: 0, max: 89 }),
  lines,
  /** How much of each line is reversed; and when. */
  back: fc.option(fc.record({ share: fc.constantFrom(1, 1, 0.5), hours: fc.integer({ min: 1, max: 30 }) })),
});

type Happening = typeof happening extends fc.Arbitrary<infer One> ? One : never;

/** As it was recorded, with reversals; and as if no mistake had been. */
const booksOf = (all: readonly Happening[]) => {
  const recorded: Voucher[] = [];
  const truly: Voucher[] = [];
  for (const { back, ...says } of all) {
    const original = said(says);
    recorded.push(original);
    if (!back || !['R', 'lost', 'found'].includes(says.kind)) {
      truly.push(original);
      continue;
    }
    const parts = says.lines.map((one) => Math.floor(one.quantity * back.share));
    const reversed = says.lines.flatMap(({ item }, at) => {
      const quantity = parts[at] ?? 0;
      return quantity > 0 ? [{ line: at + 1, item, quantity }] : [];
    });
    // At a time of its own, so that no number is used twice.
    if (reversed.length > 0) recorded.push(tookBack(original, says.hour + back.hours + 1 / 60, reversed));
    const left = says.lines
      .map((one, at) => ({ ...one, quantity: one.quantity - (parts[at] ?? 0) }))
      .filter(({ quantity }) => quantity > 0);
    if (left.length > 0) truly.push(said({ ...says, lines: left }));
  }
  return { recorded, truly };
};

const happenings = fc.uniqueArray(happening, { minLength: 1, maxLength: 14, selector: ({ hour }) => hour });
