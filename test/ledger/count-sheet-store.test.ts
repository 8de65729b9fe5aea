import fc from 'fast-check';
import { beforeEach, describe, expect, inject, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { steppedClient } from '../kit/interceptor.ts';
import type { Phone, Written } from '../kit/phone.ts';
import { runs } from '../kit/runs.ts';
import { counted, openShop, received, type Shop } from '../kit/shop.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const [item = '', second = ''] = kurtas(2);
const stepped = steppedClient(inject('endpoint'));
let shop: Shop;
let phones: readonly [Phone, Phone];
const book = useBook({ client: stepped.client });
beforeEach(async () => {
  shop = await openShop(book, [0, 0]);
  phones = shop.phones as [Phone, Phone];
});

/** A barcode's digits in the place of a quantity. */
const MISTYPED = 8_901_234;

describe('Two concurrent sheets of one count', () => {
  it.each(['BatchGetItem', 'GetItem', 'Query', 'TransactWriteItems'] as const)(
    'One is recorded and one refused when the other lands before a %s.',
    async (command) => {
      const [phone, other] = phones;
      // These fill the registry cache, so that the next read is of the stock.
      for (const one of phones) expectOk(await one.live(one.write(received({ item, quantity: 1 }), at(-60))));
      const mine = phone.write(sheetOf(3), at(-10));
      let theirs: string | number = '';
      stepped.beforeNext(command, async () => {
        theirs = outcomeOf(await other.live(other.write(sheetOf(4), at(-20))));
      });
      expect(outcomeOf(await phone.live(mine))).toBe('409 COUNTED_TWICE');
      expect(theirs).toBe(201);
      expect(await shop.onHand()).toEqual({ [item]: 4 });
    },
  );

  it('One is recorded and one refused when both are sent at once.', async () => {
    const written = phones.map((phone, n) => ({ phone, note: phone.write(sheetOf(3 + n)) }));
    const outcomes = await Promise.all(written.map(async ({ phone, note }) => outcomeOf(await phone.live(note))));
    expect(outcomes.map(String).toSorted()).toEqual(['201', '409 COUNTED_TWICE']);
  });

  it('One is held when a later count has the item and neither moves it.', async () => {
    const [phone, other] = phones;
    expectOk(await phone.live(phone.write(sheet('noon', { item, quantity: 9 }))));
    const mine = phone.write(sheetOf(3), at(-30));
    stepped.beforeNext('TransactWriteItems', () => other.sync([other.write(sheetOf(4), at(-20))]));
    expect(expectOk(await phone.sync([mine])).outcomes).toMatchObject([
      { outcome: 'held', problem: { code: 'COUNTED_TWICE' } },
    ]);
  });
});

describe('Second sheet of a count', () => {
  it('It is refused even after another count in between.', async () => {
    const [phone] = phones;
    expectOk(await phone.live(phone.write(sheetOf(4), at(-30))));
    expectOk(await phone.live(phone.write(sheet('noon', { item, quantity: 7 }), at(-20))));
    expect(outcomeOf(await phone.live(phone.write(sheetOf(3), at(-10))))).toBe('409 COUNTED_TWICE');
    expect(await shop.onHand()).toEqual({ [item]: 7 });
  });

  it.each([
    ['with the same figure, as both places may have as many', 4, 'evening'],
    ['under a name in other letters and spaces', 3, ' EVENING  '],
  ])('It is refused %s.', async (_how, quantity, count) => {
    const [phone, other] = phones;
    expectOk(await phone.live(phone.write(sheetOf(4), at(-20))));
    const outcome = outcomeOf(await other.live(other.write(sheet(count, { item, quantity }), at(-10))));
    expect(outcome).toBe('409 COUNTED_TWICE');
  });

  it('With other items it is recorded.', async () => {
    const [phone, other] = phones;
    expectOk(await phone.live(phone.write(sheetOf(4))));
    expectOk(await other.live(other.write(sheet('evening', { item: second, quantity: 3 }))));
    expect(await shop.onHand()).toEqual({ [item]: 4, [second]: 3 });
  });

  it('A repeat is the first sheet, live or offline.', async () => {
    const [phone] = phones;
    const note = phone.write(sheetOf(4));
    expect(outcomeOf(await phone.live(note))).toBe(201);
    expect(outcomeOf(await phone.live(note))).toBe(200);
    expect(expectOk(await phone.sync([note])).outcomes).toMatchObject([{ outcome: 'repeated' }]);
  });

  it('A sheet cannot be reversed, so no second one can replace it unnoticed.', async () => {
    const [phone] = phones;
    const { number } = expectOk(await phone.live(phone.write(sheetOf(4))));
    const back = { kind: 'V', of: number, reason: 'mistake', goods: 'to shelf' };
    const reversal = phone.write({ ...back, lines: [{ line: 1, item, quantity: 4 }] });
    expect((await phone.live(reversal)).ok).toBe(false);
    expect(expectOk(await phone.sync([reversal])).outcomes).toMatchObject([{ outcome: 'held' }]);
    expect(await shop.onHand()).toEqual({ [item]: 4 });
  });
});

describe('Officer admitting a held sheet', () => {
  const admit = async (more: object = {}) => {
    const [held] = await heldAt();
    const path = { location: shop.location, held: String(held?.held) };
    const body = { do: 'admit', why: 'counted again', ...more } as never;
    return outcomeOf(await book.admin.settleHeld({ path, body, ifMatch: Number(held?.version) }));
  };
  const heldFor = async (written: Written, code: string) => {
    expect(expectOk(await phones[1].sync([written])).outcomes).toMatchObject([{ outcome: 'held', problem: { code } }]);
  };

  it('The admitted sheet replaces the other.', async () => {
    expectOk(await phones[0].live(phones[0].write(sheetOf(4), at(-20))));
    await heldFor(phones[1].write(sheetOf(3), at(-10)), 'COUNTED_TWICE');
    expect(await admit()).toBe(200);
    expect(await shop.onHand()).toEqual({ [item]: 3 });
  });

  it('A sheet from before the other would change nothing and stays held.', async () => {
    expectOk(await phones[0].live(phones[0].write(sheetOf(4), at(-10))));
    await heldFor(phones[1].write(sheetOf(3), at(-20)), 'COUNTED_TWICE');
    expect(await admit()).toBe('409 STILL_HELD');
    expect(await admit({ approved: true })).toBe('409 STILL_HELD');
    expect(await shop.onHand()).toEqual({ [item]: 4 });
  });

  it('A sheet held for another reason still warns of the other sheet first.', async () => {
    await heldFor(phones[1].write(sheetOf(MISTYPED), at(-10)), 'IMPLAUSIBLE');
    expectOk(await phones[0].live(phones[0].write(sheetOf(4), at(-20))));
    expect(await admit()).toBe('409 STILL_HELD');
    expect(await shop.onHand()).toEqual({ [item]: 4 });
    expect(await admit({ approved: true })).toBe(200);
    expect(await shop.onHand()).toEqual({ [item]: MISTYPED });
  });
});

/** Sheets of two counts by two phones, within four minutes around midnight, live or in batches. */
const sheets = fc.array(
  fc.record({
    count: fc.constantFrom('shelves', 'spot check'),
    phone: fc.nat(1),
    tick: fc.nat(6),
    isLive: fc.boolean(),
    wave: fc.nat(3),
    lines: fc.uniqueArray(
      fc.record({ item: fc.constantFrom(item, second), quantity: fc.integer({ min: 0, max: 9 }) }),
      { minLength: 1, maxLength: 2, selector: (line) => line.item },
    ),
    officer: fc.constantFrom('admit', 'reject', 'leave'),
  }),
  { minLength: 2, maxLength: 8 },
);

type Sheet = {
  readonly note: Written;
  readonly at: number;
  readonly count: string;
  readonly lines: readonly { readonly item: string; readonly quantity: number }[];
};

const laterOf = <S extends Sheet>(one: S, other: S): S =>
  one.at > other.at || (one.at === other.at && one.note.number > other.note.number) ? one : other;

it('With any sheets, orders and ways, stock on hand omits no sheet without a refusal or hold.', {
  tags: 'property',
}, async () => {
  // One minute after midnight in India.
  book.clock.set('2026-11-21T18:31:00Z');
  const property = fc.asyncProperty(sheets, fc.boolean(), async (drawn, isAtOnce) => {
    shop = await openShop(book, [0, 0]);
    const outcomesByNumber = new Map<string, string | number>();
    const phonesHere = shop.phones as [Phone, Phone];
    expectOk(await phonesHere[0].live(phonesHere[0].write(received({ item, quantity: 5 }), at(-290))));
    const all = drawn.map(({ count, lines, tick, ...rest }) => {
      const phone = phonesHere[rest.phone === 0 ? 0 : 1];
      const note = phone.write(sheet(count, ...lines), at(-40 * tick));
      const send = async () => {
        const live = rest.isLive ? outcomeOf(await phone.insist(note)) : '';
        const [brought] = rest.isLive ? [] : expectOk(await phone.sync([note])).outcomes;
        outcomesByNumber.set(note.number, live || (brought?.outcome ?? ''));
      };
      return { ...rest, note, send, at: -40 * tick, count, lines };
    });
    for (const wave of [0, 1, 2, 3]) {
      const now = all.filter((one) => one.wave === wave);
      if (isAtOnce) await Promise.all(now.map(({ send }) => send()));
      else for (const { send } of now) await send();
    }

    const isRecorded = ({ note }: Sheet) => [200, 201, 'recorded'].includes(outcomesByNumber.get(note.number) ?? '');
    // Whoever is not in the ledger was told so, and is held if it was brought offline.
    const kept = await heldAt();
    for (const one of all.filter((each) => !isRecorded(each))) {
      expect(outcomesByNumber.get(one.note.number)).toBe(one.isLive ? '409 COUNTED_TWICE' : 'held');
      expect(kept.some(({ number }) => number === one.note.number)).toBe(!one.isLive);
      expect(all.some((other) => isRecorded(other) && other.count === one.count)).toBe(true);
    }
    // For an item and a count one sheet is recorded, in any order.
    const recorded = all.filter(isRecorded);
    const pairs = recorded.flatMap(({ count, lines }) => lines.map((line) => `${count}/${line.item}`));
    expect(pairs.toSorted()).toEqual([...new Set(pairs)].toSorted());

    const standing = new Map<string, number>();
    for (const name of [item, second]) {
      const those = recorded.filter(({ lines }) => lines.some((line) => line.item === name));
      if (those.length === 0) continue;
      const { lines } = those.reduce((one, other) => laterOf(one, other));
      standing.set(name, lines.find((line) => line.item === name)?.quantity ?? 0);
    }
    expect(await shop.onHand()).toEqual({ [item]: 5, ...Object.fromEntries(standing) });

    // An officer's word has an effect, or is refused.
    for (const { held, version, number } of kept) {
      const one = all.find(({ note }) => note.number === number);
      if (!one || one.officer === 'leave') continue;
      const path = { location: shop.location, held };
      const answer = await book.admin.settleHeld({
        path,
        body: { do: one.officer, why: 'looked' },
        ifMatch: version,
      });
      if (one.officer === 'reject') expect(outcomeOf(answer)).toBe(200);
      else expect([200, '409 STILL_HELD']).toContain(outcomeOf(answer));
      if (one.officer === 'reject' || !answer.ok) continue;
      const twice = one.lines.filter((line) =>
        recorded.some((other) => other.count === one.count && other.lines.some((each) => each.item === line.item)),
      );
      for (const line of twice) expect((await shop.onHand())[line.item]).toBe(line.quantity);
      recorded.push(one);
    }
  });
  await fc.assert(property, { numRuns: runs(25), seed: 13 });
});

const at = (seconds: number) => Date.parse(book.clock.now()) + seconds * 1_000;

const sheet = (count: string, ...lines: { item: string; quantity: number }[]) => ({ ...counted(...lines), count });

const sheetOf = (quantity: number) => sheet('evening', { item, quantity });

const heldAt = async () => expectOk(await book.admin.listHeld({ path: { location: shop.location } })).held;
