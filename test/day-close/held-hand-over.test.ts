import { expect, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { START } from '../kit/clock.ts';
import { closeAt, latestCloseByDay } from '../kit/day-closes.ts';
import type { Phone } from '../kit/phone.ts';
import { handedOver, openShop, received } from '../kit/shop.ts';

const [HOUR, DAY] = [3_600_000, 24 * 3_600_000];
const book = useBook();

it('The number of a held hand-over is not asked for, and the hand-over proves nothing.', async () => {
  const shop = await openShop(book);
  const [phone] = shop.phones as [Phone];
  const at = (hours: number) => START - 2 * DAY + hours * HOUR;
  const absent = `${phone.terminal}C2611200009`;
  const far = `${phone.terminal}R2611200007`;
  const held = phone.write(handedOver([absent], { [phone.terminal]: [far] }), at(1));
  const goods = received({ item: 'LKO-KURTA-01', quantity: 5 });
  const one = phone.write({ ...goods, previous: held.number }, at(2));
  const like = { ...one, number: `${one.number.slice(0, 12)}0001` };
  const { outcomes } = expectOk(
    await phone.sync([{ ...held, number: `${held.number.slice(0, 12)}0001` }, { ...like }]),
  );
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['held', 'recorded']);
  await closeAt(shop.location);
  const close = (await latestCloseByDay(shop.location)).get('2026-11-20');
  expect(close?.terminals).toMatchObject([{ terminal: phone.terminal, missing: [], state: 'unproven' }]);
});
