import { expect, it } from 'vitest';
import { createClient } from '../../shared/api/client.ts';
import { phoneClock } from '../../shared/api/phone-clock.ts';
import { RECEIVED_AT_HEADER, SENT_AT_HEADER } from '../../shared/kernel/device-clock.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { START } from '../kit/clock.ts';
import { ask } from '../kit/wire.ts';

const book = useBook();

it.each([
  ['what is open to all', '/health', 200],
  ['a refusal', '/locations/LKO-01/stock?cursor=none', 400],
  ['something that is not there', '/locations/LKO-01/vouchers/7KQ2MS2611220001', 404],
])('Every answer carries its arrival and departure times: %s', async (_says, path, status) => {
  const token = await book.bahi.issuer.token({ role: 'outlet', scope: ['location:LKO-01'] });
  const response = await ask(book, path, { token });
  expect(response.status).toBe(status);
  expect([RECEIVED_AT_HEADER, SENT_AT_HEADER].map((name) => Number(response.headers.get(name)))).toEqual([
    START,
    START,
  ]);
});

it('A phone measures its clock from ordinary answers, and stamps offline vouchers.', async () => {
  const behind = 95_000;
  const clock = phoneClock(() => Date.parse(book.clock.now()) - behind);
  expect(clock.stamp(START - behind)).toBeUndefined();
  const token = await book.bahi.issuer.token({ role: 'outlet', scope: ['location:LKO-01'] });
  const client = createClient(book.bahi.url, token, clock.measuring(fetch));
  expectOk(await client.getCatalogue({ path: { location: 'LKO-01' } }));
  expect(clock.stamp(START - behind + 5_000)).toEqual({ skew: behind, within: 2 });
});
