import { expect, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { dispatched, lastFrom, openShop, received, type Shop, tookBack } from '../kit/shop.ts';

checkAnswersAgainstContract();

const A = 'LKO-KURTA-01';
const book = useBook();
let [from, to]: Shop[] = [];

it('A reversed dispatch is on the shelf again and no longer in transit.', async () => {
  const { from, to, number } = await begin();
  await tell(from, tookBack(number, some(2)));
  expect([await standing(from), await standing(to)]).toEqual([
    { onHand: 6, inbound: 0 },
    { onHand: 0, inbound: 4 },
  ]);
  await tell(from, tookBack(number, some(4)));
  expect([await standing(from), await standing(to)]).toEqual([
    { onHand: 10, inbound: 0 },
    { onHand: 0, inbound: 0 },
  ]);
});

it('After the receipt, only what was not accepted can be taken back.', async () => {
  const { from, to, number } = await begin();
  await tell(to, lastFrom(number, { item: A, quantity: 3, rejected: 2 }));
  expect(await recordNew(from, tookBack(number, some(4))).answer).toMatchObject({
    status: 409,
    problem: { code: 'RETURN_EXCEEDED' },
  });
  await tell(from, tookBack(number, some(3)));
  expect([await standing(from), await standing(to)]).toEqual([
    { onHand: 7, inbound: 0 },
    { onHand: 3, inbound: 0 },
  ]);
});

it('A partly reversed receipt raises the missing quantity; a fully reversed one restores transit.', async () => {
  const { to, number } = await begin();
  const first = await tell(to, lastFrom(number, { item: A, quantity: 6 }));
  await tell(to, tookBack(first.number, some(2)));
  expect(await standing(to)).toEqual({ onHand: 4, inbound: 0 });
  await tell(to, tookBack(first.number, some(4)));
  expect(await standing(to)).toEqual({ onHand: 0, inbound: 6 });
  const second = await tell(to, lastFrom(number, { item: A, quantity: 5, rejected: 1 }));
  expect(second.outcome).toEqual({ differs: [{ item: A, rejected: 1, missing: 0 }] });
  expect(await standing(to)).toEqual({ onHand: 5, inbound: 0 });
});

it('A receipt reversed before its dispatch came in does not count.', async () => {
  const { from, to } = await begin();
  const [phone] = from.phones;
  const sent = phone?.write(dispatched(to.location, { item: A, quantity: 2 }));
  if (!sent) throw new Error('a shop has a phone');
  const early = await tell(to, lastFrom(sent.number, { item: A, quantity: 2 }));
  await tell(to, tookBack(early.number, some(2)));
  expect(await standing(to)).toEqual({ onHand: 0, inbound: 6 });
  expect(expectOk((await phone?.live(sent)) as never)).toMatchObject({ outcome: {} });
  expect(await standing(to)).toEqual({ onHand: 0, inbound: 8 });
});

const recordNew = ({ phones: [phone] }: Shop, said: { kind: string }) => {
  if (!phone) throw new Error('a shop has a phone');
  const written = phone.write(said);
  return { number: written.number, answer: phone.live(written) };
};

const tell = async (shop: Shop, said: { kind: string }) => {
  const { number, answer } = recordNew(shop, said);
  return { number, outcome: expectOk(await answer).outcome };
};

const standing = async (shop: Shop) => {
  const row = (await shop.rows()).get(A);
  return { onHand: row?.onHand, inbound: row?.inbound };
};

const begin = async () => {
  const both = { from: await openShop(book), to: await openShop(book) };
  [from, to] = [both.from, both.to];
  await tell(from, received({ item: A, quantity: 10 }));
  const { number } = await tell(from, dispatched(to.location, { item: A, quantity: 6 }));
  return { ...both, number };
};

const some = (quantity: number) => ({ line: 1, item: A, quantity });
