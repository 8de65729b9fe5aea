import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { DayClose } from '../../shared/day-close/day-close.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { START } from '../kit/clock.ts';
import { closeAt, closeContents, latestCloseByDay } from '../kit/day-closes.ts';
import type { Written } from '../kit/phone.ts';
import { runs } from '../kit/runs.ts';
import { adjusted, counted, openShop, received, type Shop, sold, tookBack } from '../kit/shop.ts';
import { type StockEvent, stockAfter } from '../kit/stock-model.ts';

const ITEMS = kurtas(3);
const [HOUR, DAY] = [3_600_000, 24 * 3_600_000];
/** Half an hour after midnight in India; four days before it things begin to happen. */
const NOW = START - 10 * HOUR;
const BEHIND = [0, 3 * HOUR, -2 * HOUR];

const book = useBook();

/**
 * Six hours and some minutes apart, so that many are near midnight. No two are at once: terminal
 * codes would order them. `wave`: when it is synced; 0: at once.
 */
const when = { phone: fc.nat(2), tick: fc.nat(14), wave: fc.nat(4) };

it('Closes do not depend on the order of vouchers or the times of closing.', { tags: 'property' }, async () => {
  await fc.assert(
    fc.asyncProperty(lives, async (life) => {
      clockAt(START);
      const [one, other] = [await openShop(book, BEHIND), await openShop(book, BEHIND)];
      const [first, second] = [eventsIn(one, life), eventsIn(other, life)];
      const [asItHappened, asItCame] = [await inTime(one, first), await later(other, second, life.closes)];
      expect(sorted(asTold(asItCame, other))).toEqual(sorted(asTold(asItHappened, one)));

      for (const [day, { items }] of asItCame) {
        const midnight = Date.parse(`${day}T18:30:00Z`);
        const model = stockAfter(second.filter(({ at }) => at < midnight).map(({ told }) => told));
        expect(Object.fromEntries(items.map(({ item, onHand }) => [item, onHand]))).toEqual(model);
        for (const item of items) {
          const { onHand, sold: gone, returned, received: came, dispatched, issued, writtenOff, variance } = item;
          const before = asItCame.get(dayBefore(day));
          const opening = before?.items.find((was) => was.item === item.item)?.onHand ?? 0;
          expect(opening - gone + returned + came - dispatched - issued - writtenOff + variance).toBe(onHand);
          expect(item.exposure === 0).toBe(opening <= 0);
        }
      }
      const yesterday = [...asItCame.values()].find(({ day }) => day === '2026-11-21');
      const closing = Object.fromEntries((yesterday?.items ?? []).map(({ item, onHand }) => [item, onHand]));
      expect(closing).toEqual(await other.onHand());
    }),
    { numRuns: runs(12), endOnFailure: true },
  );
});

const dayBefore = (day: string): string => new Date(Date.parse(day) - DAY).toISOString().slice(0, 10);

const clockAt = (milliseconds: number) => book.clock.set(new Date(milliseconds).toISOString());

const lines = (least: number) =>
  fc.uniqueArray(fc.record({ item: fc.constantFrom(...ITEMS), quantity: fc.integer({ min: least, max: 9 }) }), {
    minLength: 1,
    maxLength: 3,
    selector: ({ item }: { item: string }) => item,
  });

const happening = fc.oneof(
  fc.record({ ...when, says: lines(1).map((all) => sold(...all)) }),
  fc.record({ ...when, says: lines(1).map((all) => sold(...all)) }),
  fc.record({ ...when, says: lines(1).map((all) => received(...all.map((one) => ({ ...one, unitCost: 3_333 })))) }),
  fc.record({ ...when, says: lines(1).map((all) => adjusted('lost', ...all)) }),
  fc.record({ ...when, says: lines(1).map((all) => adjusted('found', ...all)) }),
  fc.record({ ...when, says: lines(0).map((all) => counted(...all)) }),
);

const lives = fc.record({
  happens: fc.array(happening, { minLength: 4, maxLength: 14 }),
  back: fc.array(fc.record({ ...when, of: fc.nat(), quantity: fc.integer({ min: 1, max: 4 }) }), { maxLength: 3 }),
  closes: fc.uniqueArray(fc.nat(4), { maxLength: 3 }),
});

type Lives = typeof lives extends fc.Arbitrary<infer One> ? One : never;

type Event = {
  readonly at: number;
  readonly phone: number;
  readonly wave: number;
  readonly written: Written;
  readonly told: StockEvent;
};

const atOf = (tick: number) => NOW - 4 * DAY + HOUR + tick * 6 * HOUR;

/** The vouchers and the true events. A sale's first line is returned at most once, and after it. */
const eventsIn = ({ phones }: Shop, { happens, back }: Lives): Event[] => {
  const events: Event[] = [];
  const add = (
    one: { phone: number; wave: number; at: number },
    says: { kind: string; [field: string]: unknown },
    sign: number,
  ) => {
    const phone = phones[one.phone];
    if (!phone) throw new Error('there are three phones');
    const written = phone.write(says, one.at);
    const of = (says.lines ?? []) as { item: string; quantity: number }[];
    const movements = of.map(({ item, quantity }) => ({ item, quantity: sign * quantity }));
    events.push({
      ...one,
      written,
      told: { at: one.at, number: written.number, lines: movements, counted: says.kind === 'C' },
    });
    return written;
  };
  for (const [nth, one] of happens.entries()) {
    const says = one.says as { kind: string; reason?: string };
    const comes = says.kind === 'R' || says.kind === 'C' || says.reason === 'found';
    add({ ...one, at: atOf(one.tick) + nth * 60_000 }, says, comes ? 1 : -1);
  }
  const sales = events.filter(({ written }) => written.claim.kind === 'S');
  for (const [nth, one] of back.entries()) {
    const sale = sales[(one.of + nth) % Math.max(1, sales.length)];
    if (!sale || events.some(({ written }) => written.claim.of === sale.written.number)) continue;
    const [first] = sale.written.claim.lines as { item: string; quantity: number }[];
    if (!first) continue;
    const line = { line: 1, item: first.item, quantity: Math.min(one.quantity, first.quantity) };
    add(
      // From the sale's own phone and after it: a return that waits for its sale has no tax yet.
      {
        ...one,
        phone: sale.phone,
        wave: Math.max(one.wave, sale.wave),
        at: Math.min(NOW - HOUR, sale.at + one.tick * HOUR + 1_000),
      },
      tookBack(sale.written.number, line),
      1,
    );
  }
  return events;
};

/** Told in the order of time, each on its day, and each night the day before is closed. */
const inTime = async (shop: Shop, events: readonly Event[]): Promise<Map<string, DayClose>> => {
  for (let night = -3; night <= 0; night++) {
    const until = NOW + night * DAY - HOUR / 2;
    const that = events.filter(({ at }) => at < until && at >= until - DAY).toSorted((one, other) => one.at - other.at);
    for (const { at, phone, written } of that) {
      clockAt(at);
      await bring(shop, phone, [written]);
    }
    clockAt(NOW + night * DAY);
    await closeAt(shop.location);
  }
  return latestCloseByDay(shop.location);
};

const bring = async (shop: Shop, phone: number, written: readonly Written[]) => {
  const answer = await shop.phones[phone]?.sync(written);
  if (!answer) throw new Error('there are three phones');
  for (const { outcome } of expectOk(answer).outcomes) if (outcome !== 'recorded') throw new Error(`it was ${outcome}`);
};

/**
 * Synced wave by wave after the last event, in any order, with closes between. The money of a late
 * sale equals the stall's.
 */
const later = async (
  shop: Shop,
  events: readonly Event[],
  closes: readonly number[],
): Promise<Map<string, DayClose>> => {
  clockAt(NOW);
  for (let wave = 0; wave <= 4; wave++) {
    for (const [at] of shop.phones.entries()) {
      const written = events.filter((one) => one.wave === wave && one.phone === at).map((one) => one.written);
      if (written.length > 0) await bring(shop, at, written);
    }
    if (closes.includes(wave)) await closeAt(shop.location);
  }
  await closeAt(shop.location);
  return latestCloseByDay(shop.location);
};

const asTold = (closes: ReadonlyMap<string, DayClose>, shop: Shop) =>
  [...closes.values()]
    .toSorted((one, other) => (one.day < other.day ? -1 : 1))
    .map((close) => {
      const text = JSON.stringify({ ...closeContents(close), location: '' });
      return JSON.parse(shop.phones.reduce((said, { terminal }, at) => said.replaceAll(terminal, `PHON${at}`), text));
    })
    .filter(({ vouchers, items }) => vouchers > 0 || items.length > 0);

const sorted = (closes: { terminals: { terminal: string; missing: string[] }[]; tills?: { terminal: string }[] }[]) =>
  closes.map((close) => ({
    ...close,
    terminals: close.terminals.toSorted((one, other) => (one.terminal < other.terminal ? -1 : 1)),
    ...(close.tills && { tills: close.tills.toSorted((one, other) => (one.terminal < other.terminal ? -1 : 1)) }),
  }));
