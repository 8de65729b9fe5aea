import fc from 'fast-check';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { Voucher } from '../../shared/ledger/voucher.ts';
import { seededRandom } from '../../simulate/seeded-random.ts';
import { type Book, expectOk, openBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { START } from '../kit/clock.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { type FaultyClient, faultyClient } from '../kit/interceptor.ts';
import type { Written } from '../kit/phone.ts';
import { runs } from '../kit/runs.ts';
import { adjusted, counted, openShop, received, type Shop, sold, tookBack } from '../kit/shop.ts';
import { countedAfter, inTimeOrder, type StockEvent, stockAfter, stockBefore } from '../kit/stock-model.ts';

checkAnswersAgainstContract();

const HOUR = 3_600_000;
/**
 * When all is synced, the gaps between earlier events, and how far three phones' clocks are behind.
 */
const NEAR = { now: START, tick: 15_000, behind: [0, 100_000, -110_000], mayBeLive: true };
const FAR = { now: START + 8 * HOUR, tick: 3 * HOUR, behind: [0, 11 * HOUR, -11 * HOUR], mayBeLive: false };

let faulty: FaultyClient;
let book: Book;
beforeAll(async () => {
  faulty = faultyClient(inject('endpoint'));
  book = await openBook({ client: faulty.client });
});
afterAll(() => book.close());

it.each([
  ['clocks off by minutes, live and captured', NEAR, false, 0],
  ['clocks off by hours, over days', FAR, false, 0],
  ['clocks off by minutes, many at once, a third in conflict', NEAR, true, 0.3],
] as const)(
  '%s: the stock is the last count and what happened after it.',
  { tags: 'property' },
  async (_how, world, atOnce, conflicts) => {
    await fc.assert(
      fc.asyncProperty(lives, (lived) => live({ ...world, behind: [...world.behind] }, lived, conflicts, atOnce)),
      { numRuns: runs(6), seed: 4 },
    );
  },
);

const ITEMS = kurtas(3);

const lines = (least: number) =>
  fc.uniqueArray(fc.record({ item: fc.constantFrom(...ITEMS), quantity: fc.integer({ min: least, max: 9 }) }), {
    minLength: 1,
    maxLength: 3,
    ...(least === 0 && { selector: ({ item }: { item: string }) => item }),
  });

/** Few times, so that phones tie; one phone draws none twice. Waves: the order of telling. */
const when = { phone: fc.nat(2), tick: fc.nat(11), live: fc.boolean(), wave: fc.nat(6) };

const happening = fc.oneof(
  fc.record({ ...when, says: lines(1).map((all) => sold(...all)) }),
  fc.record({ ...when, says: lines(1).map((all) => received(...all)) }),
  fc.record({ ...when, says: lines(1).map((all) => adjusted('lost', ...all)) }),
  fc.record({ ...when, says: lines(1).map((all) => adjusted('found', ...all)) }),
  fc.record({ ...when, says: lines(0).map((all) => counted(...all)) }),
  fc.record({ ...when, says: lines(0).map((all) => counted(...all)) }),
);

const goingBack = fc.record({ ...when, of: fc.nat(), quantity: fc.integer({ min: 1, max: 5 }) });

const lives = fc.record({
  happens: fc.array(happening, { minLength: 4, maxLength: 18 }),
  back: fc.array(goingBack, { maxLength: 5 }),
});

type Lives = typeof lives extends fc.Arbitrary<infer One> ? One : never;

type When = Lives['back'][number] | Lives['happens'][number];

type Event = { readonly written: Written; readonly happened: StockEvent; readonly phone: number } & Pick<
  When,
  'live' | 'wave'
>;

/** All vouchers with their times, and the true stock. Returns never exceed sales. */
const written = ({ phones }: Shop, { happens, back }: Lives, { now, tick, mayBeLive }: typeof NEAR): Event[] => {
  const drawn = new Set<string>();
  const drawTime = ({ phone, tick: at }: When): number => {
    for (let time = now - (11 - at) * tick; ; time -= 1) {
      if (drawn.has(`${phone} ${time}`)) continue;
      drawn.add(`${phone} ${time}`);
      return time;
    }
  };
  const eventOf = (one: When, says: Parameters<(typeof phones)[number]['write']>[0], sign: number): Event[] => {
    const at = drawTime(one);
    const note = phones[one.phone]?.write(says, at);
    const said = says.lines as { item: string; quantity: number }[];
    const happened = { at, lines: said.map(({ item, quantity }) => ({ item, quantity: sign * quantity })) };
    if (!note) return [];
    const isCount = says.kind === 'C' && { counted: true };
    return [
      {
        written: note,
        happened: { ...happened, ...isCount, number: note.number },
        phone: one.phone,
        wave: one.wave,
        live: one.live && mayBeLive && says.kind !== 'V',
      },
    ];
  };
  const signOf = (says: { kind: string; reason?: string }) => (says.kind === 'S' || says.reason === 'lost' ? -1 : 1);
  const first = happens.flatMap((one) => eventOf(one, one.says, signOf(one.says)));
  const originals = first.filter(({ happened }) => !happened.counted);
  const left = new Map<string, number>();
  const reversed = back.flatMap((one) => {
    const original = originals[one.of % originals.length];
    const [line] = original?.happened.lines ?? [];
    if (!original || !line) return [];
    const { number } = original.written;
    const quantity = Math.min(one.quantity, left.get(number) ?? Math.abs(line.quantity));
    left.set(number, (left.get(number) ?? Math.abs(line.quantity)) - quantity);
    if (quantity === 0) return [];
    return eventOf(one, tookBack(number, { line: 1, item: line.item, quantity }), line.quantity < 0 ? 1 : -1);
  });
  return [...first, ...reversed];
};

type DeliveryResult = { readonly event: Event; readonly outcome: string; readonly voucher: Voucher | undefined };

/** A wave's requests: a live voucher alone, captured ones as one batch of each phone. */
const deliveriesOf = (shop: Shop, wave: readonly Event[]): (() => Promise<DeliveryResult[]>)[] => [
  ...wave
    .filter(({ live }) => live)
    .map((event) => async () => {
      const inHand = /^.{5}[SA]/.test(event.written.number) ? { goodsInHand: true } : {};
      const answer = await shop.phones[event.phone]?.insist(event.written, inHand);
      if (answer?.ok) return [{ event, outcome: 'recorded', voucher: answer.body }];
      return [{ event, outcome: String(answer?.problem.code), voucher: undefined }];
    }),
  ...shop.phones.flatMap((phone, at) => {
    const batch = wave.filter((event) => event.phone === at && !event.live);
    if (batch.length === 0) return [];
    return [
      async () => {
        const { outcomes } = expectOk(await phone.sync(batch.map((event) => event.written)));
        return batch.map((event, n): DeliveryResult => {
          const result = outcomes[n];
          if (!result) throw new Error('an outcome each');
          return { event, outcome: result.outcome, voucher: 'voucher' in result ? result.voucher : undefined };
        });
      },
    ];
  }),
];

/** And what it says of itself is what was known when it came. */
const checkTold = (results: readonly DeliveryResult[], known: StockEvent[]) => {
  const byNumber = new Map(results.map((one) => [one.event.happened.number, one]));
  for (const happened of inTimeOrder(results.map(({ event }) => event.happened))) {
    const { outcome, voucher } = byNumber.get(happened.number) ?? {};
    if (outcome !== 'recorded' || !voucher) continue;
    const overtaken = countedAfter(happened, known);
    if (happened.counted)
      expect(voucher.outcome).toEqual({
        counted: happened.lines.map(({ item, quantity }) => {
          if (overtaken.includes(item)) return { quantity };
          const expected = stockBefore(happened, item, known);
          return { quantity, expected, variance: quantity - expected };
        }),
      });
    else expect([happened.number, voucher.absorbed?.toSorted() ?? []]).toEqual([happened.number, overtaken.toSorted()]);
    known.push(happened);
  }
};

/**
 * Everything again, as a phone without an answer does. It is recorded, or is now that its sale is
 * there.
 */
const tellAgain = async (shop: Shop, events: readonly Event[]) => {
  for (const [at, phone] of shop.phones.entries()) {
    let left = events.filter((event) => event.phone === at).map((event) => event.written);
    while (left.length > 0) {
      const { outcomes } = expectOk(await phone.sync(left));
      const outcomeByNumber = new Map(outcomes.map(({ number, outcome }) => [number, outcome]));
      expect(
        [...outcomeByNumber].filter(([, outcome]) => !['recorded', 'repeated', 'later'].includes(outcome)),
      ).toEqual([]);
      left = left.filter(({ number }) => outcomeByNumber.get(number) === 'later');
    }
  }
};

const live = async (world: typeof NEAR, lived: Lives, conflicts: number, atOnce: boolean) => {
  const shop = await openShop(book, world.behind);
  book.clock.set(new Date(world.now).toISOString());
  const events = written(shop, lived, world);
  const random = seededRandom(lived.happens.length).next;
  faulty.meet(() => (random() < conflicts ? 'conflict' : 'none'));

  const known: StockEvent[] = [];
  for (const wave of [...Map.groupBy(events, (event) => event.wave)].sort(([a], [b]) => a - b).map(([, all]) => all)) {
    const deliveries = deliveriesOf(shop, wave);
    if (atOnce) await Promise.all(deliveries.map((deliver) => deliver()));
    else for (const deliver of deliveries) checkTold(await deliver(), known);
  }
  await tellAgain(shop, events);

  expect(await shop.onHand()).toEqual(stockAfter(events.map(({ happened }) => happened)));
  for (const [item, { free, onHand }] of await shop.rows()) expect([item, free]).toEqual([item, onHand]);
};
