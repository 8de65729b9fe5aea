import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { type Book, expectOk, openBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { FAULTS, type FaultyClient, faultyClient, inOrder } from '../kit/interceptor.ts';
import { hurriedClock } from '../kit/monotonic.ts';
import type { Written } from '../kit/phone.ts';
import { counted, dispatched, openShop, received, receivedFrom, type Shop, sold, tookBack } from '../kit/shop.ts';
import { phoneOf, recordLive, syncAt } from '../kit/shop-phone.ts';
import { outcomeOf } from '../kit/wire.ts';

const [A = ''] = kurtas(1);
let faulty: FaultyClient;
let book: Book;
let from: Shop;
let to: Shop;
beforeAll(async () => {
  faulty = faultyClient(inject('endpoint'));
  book = await openBook({ client: faulty.client });
});
afterAll(() => book.close());
beforeEach(async () => {
  faulty.meet(() => 'none');
  [from, to] = [await openShop(book, [0, 0]), await openShop(book, [0, 0])];
  await recordLive(from, received({ item: A, quantity: 10 }));
});

const six = { item: A, quantity: 6 };
const line = (quantity: number) => ({ line: 1, item: A, quantity });

const send = () => recordLive(from, dispatched(to.location, six));

const SENT = { here: 4, there: 0, inbound: 6, state: 'open', accepted: 0, takenBack: 0 };
const RECEIVED = { here: 4, there: 6, inbound: 0, state: 'closed', accepted: 6, takenBack: 0 };

describe('Two concurrent receipts of one dispatch: the goods arrive once', () => {
  it('Of two live receipts the second is refused.', async () => {
    for (let times = 0; times < 5; times++) {
      [from, to] = [await openShop(book, [0, 0]), await openShop(book, [0, 0])];
      await recordLive(from, received({ item: A, quantity: 10 }));
      const { number } = await send();
      const answers = await Promise.all([
        phoneOf(to).insist(phoneOf(to).write(receivedFrom(number, six))),
        second(to).insist(second(to).write(receivedFrom(number, six))),
      ]);
      expect(answers.map(outcomeOf).toSorted()).toEqual([201, '409 TRANSFER_CLOSED']);
      expect(await standing(number)).toEqual(RECEIVED);
    }
  });

  it('If one was offline, the second is refused or held.', async () => {
    for (let times = 0; times < 5; times++) {
      [from, to] = [await openShop(book, [0, 0]), await openShop(book, [0, 0])];
      await recordLive(from, received({ item: A, quantity: 10 }));
      const { number } = await send();
      const captured = second(to).write(receivedFrom(number, six), at(-60));
      const [live, brought] = await Promise.all([
        phoneOf(to).insist(phoneOf(to).write(receivedFrom(number, six))),
        second(to).sync([captured]).then(expectOk),
      ]);
      const outcome = brought.outcomes[0]?.outcome;
      expect([
        [201, 'held'],
        ['409 TRANSFER_CLOSED', 'recorded'],
      ]).toContainEqual([outcomeOf(live), outcome]);
      expect(await standing(number)).toEqual(RECEIVED);
    }
  });

  it('A receipt concurrent with its dispatch closes it, or is closed by it.', async () => {
    for (let times = 0; times < 5; times++) {
      [from, to] = [await openShop(book, [0, 0]), await openShop(book, [0, 0])];
      await recordLive(from, received({ item: A, quantity: 10 }));
      const sent = phoneOf(from).write(dispatched(to.location, six));
      const answers = await Promise.all([
        phoneOf(from).insist(sent),
        phoneOf(to).insist(phoneOf(to).write(receivedFrom(sent.number, six))),
        second(to).insist(second(to).write(receivedFrom(sent.number, six))),
      ]);
      expect(answers.map(outcomeOf).toSorted()).toEqual([201, 201, '409 TRANSFER_CLOSED']);
      expect(await standing(sent.number)).toEqual(RECEIVED);
    }
  });
});

it('Concurrent receipt and take-back leave the goods in one place: the second sees the first.', async () => {
  for (let times = 0; times < 5; times++) {
    [from, to] = [await openShop(book, [0, 0]), await openShop(book, [0, 0])];
    await recordLive(from, received({ item: A, quantity: 10 }));
    const { number } = await send();
    const [receipt, back] = await Promise.all([
      phoneOf(to).insist(phoneOf(to).write(receivedFrom(number, six))),
      phoneOf(from).insist(phoneOf(from).write(tookBack(number, line(6)))),
    ]);
    expect(outcomeOf(receipt)).toBe(201);
    const { here, there, inbound, takenBack } = await standing(number);
    expect([there, inbound]).toEqual([6, 0]);
    // Taken back before it was received: the receipt then says that six came that nobody sent.
    expect([
      ['409 RETURN_EXCEEDED', 4, 0],
      [201, 10, 6],
    ]).toContainEqual([outcomeOf(back), here, takenBack]);
  }
});

/** `looks`: the first try is refused by what stands in its way, and nothing is lost of it. */
type Step = { readonly says: () => Promise<readonly [Shop, Written]>; readonly comes: object; readonly looks?: true };
const sent = () => phoneOf(from).write(dispatched(to.location, six));
const STEPS: Record<string, Step> = {
  dispatch: { says: async () => [from, sent()], comes: SENT },
  receipt: {
    says: async () => [to, phoneOf(to).write(receivedFrom((await send()).number, six))],
    comes: RECEIVED,
  },
  'early receipt': {
    says: async () => [to, phoneOf(to).write(receivedFrom(sent().number, six))],
    comes: { here: 10, there: 6, inbound: 0 },
  },
  'dispatch that was received before it': {
    says: async () => {
      const written = sent();
      await recordLive(to, receivedFrom(written.number, six));
      return [from, written];
    },
    comes: RECEIVED,
    looks: true,
  },
  'reversal of a dispatch': {
    says: async () => [from, phoneOf(from).write(tookBack((await send()).number, line(2)))],
    comes: { ...SENT, here: 6, inbound: 4, takenBack: 2 },
  },
  'reversal of a receipt': {
    says: async () => {
      const { number } = await send();
      const receipt = await recordLive(to, receivedFrom(number, six));
      return [to, phoneOf(to).write(tookBack(receipt.number, line(6)))];
    },
    comes: SENT,
  },
};

const dispatchOf = ({ number, claim }: Written) => {
  const { of, from: came } = claim as { of?: string; from?: { dispatch: string } };
  return came?.dispatch ?? (of?.[5] === 'D' ? of : number);
};

describe.each(Object.entries(STEPS))(
  'A %s is recorded once, under any transaction fault',
  (_name, { says, comes, looks }) => {
    const rows = async () => {
      const [here, there] = [(await from.rows()).get(A), (await to.rows()).get(A)];
      return { here: here?.onHand ?? 0, there: there?.onHand ?? 0, inbound: there?.inbound ?? 0 };
    };
    const { here, there, inbound } = comes as Awaited<ReturnType<typeof rows>>;

    it.each(FAULTS)('%s', async (fault) => {
      const [shop, written] = await says();
      faulty.meet(inOrder([fault]));
      expect(outcomeOf(await phoneOf(shop).live(written))).toBe(201);
      expect(await rows()).toEqual({ here, there, inbound });
      if (written.claim.kind !== 'V' || dispatchOf(written) !== written.number)
        expect(outcomeOf(await phoneOf(shop).live(written))).toBe(200);
      expect((await syncAt(shop, written)).map(({ outcome }) => outcome)).toEqual(['repeated']);
      expect(await rows()).toEqual({ here, there, inbound });
    });

    it('If the answer is lost until time is up, a resend is a repeat.', async () => {
      const [shop, written] = await says();
      const clock = hurriedClock();
      let tries = 0;
      faulty.meet(() => {
        if (looks && tries++ === 0) return 'none';
        clock.forward(6_000);
        return 'lostAnswer';
      });
      expect(outcomeOf(await phoneOf(shop).live(written))).toBe('503 BUSY');
      faulty.meet(() => 'none');
      expect(await rows()).toEqual({ here, there, inbound });
      expect(outcomeOf(await phoneOf(shop).live(written))).toBe(200);
      expect(await rows()).toEqual({ here, there, inbound });
    });
  },
);

describe('A late voucher from before a count leaves stock on hand, and moves goods in transit', () => {
  it('This holds for a dispatch, its reversal, a receipt and its reversal.', async () => {
    const dispatch = phoneOf(from).write(dispatched(to.location, six), at(-90));
    const back = phoneOf(from).write(tookBack(dispatch.number, line(1)), at(-80));
    const receipt = phoneOf(to).write(receivedFrom(dispatch.number, { item: A, quantity: 4 }), at(-70));
    const undone = phoneOf(to).write(tookBack(receipt.number, line(4)), at(-60));
    book.clock.forward(1);
    await recordLive(from, counted({ item: A, quantity: 3 }));
    await recordLive(to, counted({ item: A, quantity: 5 }));
    const expected = { here: 3, there: 5 };
    const steps = [
      [from, dispatch, { inbound: 6, state: 'open', accepted: 0, takenBack: 0 }],
      [from, back, { inbound: 5, state: 'open', accepted: 0, takenBack: 1 }],
      [to, receipt, { inbound: 1, state: 'open', accepted: 4, takenBack: 1 }],
      [to, undone, { inbound: 5, state: 'open', accepted: 0, takenBack: 1 }],
    ] as const;
    for (const [shop, written, comes] of steps) {
      const [outcome] = await syncAt(shop, written);
      expect(outcome).toMatchObject({ outcome: 'recorded', voucher: { absorbed: [A] } });
      expect(await standing(dispatch.number)).toEqual({ ...expected, ...comes });
    }
    book.clock.forward(1);
    await recordLive(from, sold({ item: A, quantity: 1 }));
    expect(await standing(dispatch.number)).toMatchObject({ here: 2, there: 5, inbound: 5 });
  });
});

const at = (seconds: number) => Date.parse(book.clock.now()) + seconds * 1_000;

const second = ({ phones: [, phone] }: Shop) => {
  if (!phone) throw new Error('a shop has two phones');
  return phone;
};

/** On hand here, on hand there, and on the way there; and the transfer in short. */
const standing = async (dispatch: string) => {
  const [here, there] = [(await from.rows()).get(A), (await to.rows()).get(A)];
  const path = { location: from.location, dispatch };
  const answer = await from.client.getTransfer({ path });
  const [line] = answer.ok ? answer.body.lines : [];
  return {
    here: here?.onHand ?? 0,
    there: there?.onHand ?? 0,
    inbound: there?.inbound ?? 0,
    ...(answer.ok && { state: answer.body.state }),
    ...(line && { accepted: line.accepted, takenBack: line.takenBack }),
  };
};
