import { expect, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { START } from '../kit/clock.ts';
import { closeAt, latestCloseByDay } from '../kit/day-closes.ts';
import { closed, openShop } from '../kit/shop.ts';

const [HOUR, DAY] = [3_600_000, 24 * 3_600_000];
const book = useBook();

it('A day whose many terminals declare last numbers of many days is closed.', async () => {
  const shop = await openShop(
    book,
    Array.from({ length: 13 }, () => 0),
  );
  const shifts = shop.phones.map((phone) => {
    const last = [...'SRACDVIH'].map(
      (kind, at) => `${phone.terminal}${kind}2611${String(at + 1).padStart(2, '0')}0001`,
    );
    return { phone, shift: phone.write(closed(0, { cash: 0 }, { last }), START - 2 * DAY + HOUR) };
  });
  for (const { phone, shift } of shifts) {
    const { outcomes } = expectOk(await phone.sync([shift]));
    expect(outcomes).toMatchObject([{ outcome: 'recorded' }]);
  }
  await closeAt(shop.location);
  const close = (await latestCloseByDay(shop.location)).get('2026-11-20');
  expect(close?.vouchers).toBe(13);
  expect(close?.shifts).toHaveLength(13);
});
