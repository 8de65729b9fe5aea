import { expect, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { dispatched, lastFrom, openShop, received, receivedFrom, type Shop } from '../kit/shop.ts';

checkAnswersAgainstContract();

const [A, B] = ['LKO-KURTA-01', 'LKO-KURTA-02'];
const book = useBook();

it('Dispatched goods are in transit, and not on the shelf, until they are received.', async () => {
  const { from, to } = await shops();
  const sent = await tell(
    from,
    dispatched(to.location, { item: A, quantity: 4 }, { item: A, quantity: 2 }, { item: B, quantity: 5 }),
  );
  expect(sent.outcome).toEqual({ challanFacts: expect.anything() });
  expect(await standing(from)).toEqual({
    [A]: { onHand: 4, free: 4, inbound: 0 },
    [B]: { onHand: 0, free: 0, inbound: 0 },
  });
  expect(await standing(to)).toEqual({
    [A]: { onHand: 0, free: 0, inbound: 6 },
    [B]: { onHand: 0, free: 0, inbound: 5 },
  });
  const came = await tell(to, receivedFrom(sent.number, { item: A, quantity: 6 }, { item: B, quantity: 5 }));
  expect(came.outcome).toEqual({});
  expect(await standing(to)).toEqual({
    [A]: { onHand: 6, free: 6, inbound: 0 },
    [B]: { onHand: 5, free: 5, inbound: 0 },
  });
});

it('A difference is recorded, and nothing stays in transit.', async () => {
  const { from, to } = await shops();
  const { number } = await tell(from, dispatched(to.location, { item: A, quantity: 6 }, { item: B, quantity: 5 }));
  const came = await tell(to, lastFrom(number, { item: A, quantity: 3, rejected: 1 }, { item: B, quantity: 7 }));
  expect(came.outcome).toEqual({
    differs: [
      { item: A, rejected: 1, missing: 2 },
      { item: B, rejected: 0, missing: -2 },
    ],
  });
  expect(await standing(to)).toEqual({
    [A]: { onHand: 3, free: 3, inbound: 0 },
    [B]: { onHand: 7, free: 7, inbound: 0 },
  });
});

it('A receipt may accept nothing.', async () => {
  const { from, to } = await shops();
  const { number } = await tell(from, dispatched(to.location, { item: A, quantity: 6 }));
  const came = await tell(to, receivedFrom(number, { item: A, quantity: 0, rejected: 6 }));
  expect(came.outcome).toEqual({ differs: [{ item: A, rejected: 6, missing: 0 }] });
  expect(await standing(to)).toEqual({ [A]: { onHand: 0, free: 0, inbound: 0 } });
});

it('An early receipt puts the goods on hand, unmatched until the dispatch closes it.', async () => {
  const { from, to } = await shops();
  const sent = phoneOf(from).write(dispatched(to.location, { item: A, quantity: 6 }, { item: B, quantity: 1 }));
  const came = await tell(to, lastFrom(sent.number, { item: A, quantity: 6 }));
  expect(came.outcome).toEqual({ waits: true });
  expect(await standing(to)).toEqual({ [A]: { onHand: 6, free: 6, inbound: 0 } });
  expect(expectOk(await phoneOf(from).live(sent)).outcome).toEqual({
    challanFacts: expect.anything(),
    receipts: [came.number],
    differs: [{ item: B, rejected: 0, missing: 1 }],
  });
  expect(await standing(to)).toEqual({ [A]: { onHand: 6, free: 6, inbound: 0 } });
  expect(await standing(from)).toEqual({
    [A]: { onHand: 4, free: 4, inbound: 0 },
    [B]: { onHand: 4, free: 4, inbound: 0 },
  });
});

it('A second receipt of a fully received dispatch is refused live and held when synced.', async () => {
  const { from, to } = await shops();
  const { number } = await tell(from, dispatched(to.location, { item: A, quantity: 6 }));
  const came = await tell(to, receivedFrom(number, { item: A, quantity: 6 }));
  const again = phoneOf(to).write(receivedFrom(number, { item: A, quantity: 6 }));
  expect(await phoneOf(to).live(again)).toMatchObject({
    status: 409,
    problem: { code: 'TRANSFER_CLOSED', receipt: came.number },
  });
  const answer = expectOk(await phoneOf(to).sync([again]));
  expect(answer.outcomes).toMatchObject([{ outcome: 'held', problem: { code: 'TRANSFER_CLOSED' } }]);
  expect(await standing(to)).toEqual({ [A]: { onHand: 6, free: 6, inbound: 0 } });
});

const phoneOf = ({ phones: [phone] }: Shop) => {
  if (!phone) throw new Error('a shop has a phone');
  return phone;
};

const says = async ({ client, location }: Shop, said: { kind: string }, phone: ReturnType<typeof phoneOf>) => {
  const written = phone.write(said);
  const answer = await phone.live(written);
  return { ...written, client, location, answer };
};

const tell = async (shop: Shop, said: { kind: string }) => {
  const { answer, number } = await says(shop, said, phoneOf(shop));
  return { number, outcome: expectOk(answer).outcome };
};

const standing = async (shop: Shop) =>
  Object.fromEntries(
    [...(await shop.rows())].map(([item, { onHand, free, inbound }]) => [item, { onHand, free, inbound }]),
  );

const shops = async () => {
  const [from, to] = [await openShop(book), await openShop(book)];
  await tell(from, received({ item: A, quantity: 10 }, { item: B, quantity: 5 }));
  return { from, to };
};
