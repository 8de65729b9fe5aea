import { beforeAll, expect, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import type { Phone } from '../kit/phone.ts';
import { openShop, received, type Shop, sold } from '../kit/shop.ts';
import { ask, expectProblem, outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const book = useBook();
let shop: Shop;
let phone: Phone;
let number: string;

beforeAll(async () => {
  const path = { kind: 'sellers' as const, id: 'LKO1' };
  const { entry, version } = expectOk(await book.admin.getEntry({ path }));
  const body = { ...entry, address: '12 Chowk, Lucknow', pinCode: '226003' };
  expectOk(await book.admin.putEntry({ path, body, ifMatch: version }));
  shop = await openShop(book);
  [phone] = shop.phones as [Phone];
  for (const claim of [received({ item, quantity: 50 }), sold({ item, quantity: 2 })]) {
    const written = phone.write(claim);
    expectOk(await phone.live(written));
    number = written.number;
  }
});

it('A client that prefers PDF gets the bill as one, in its language, and the same bytes again.', async () => {
  const [hindi, again, english] = await Promise.all(
    ['hi', 'hi', 'en'].map((language) =>
      get(`${number}/bill`, { accept: 'application/pdf', 'accept-language': language }),
    ),
  );
  if (!hindi || !again || !english) throw new Error('three answers are needed');
  expect([hindi.redirected, hindi.status, hindi.headers.get('content-type')]).toEqual([true, 200, 'application/pdf']);
  expect(new URL(hindi.url).pathname).toMatch(/\/bill\.pdf$/);
  const [first, second, third] = await Promise.all([hindi, again, english].map(bytesOf));
  expect(first?.subarray(0, 5).toString()).toBe('%PDF-');
  expect(first?.equals(second ?? Buffer.of())).toBe(true);
  expect(first?.equals(third ?? Buffer.of())).toBe(false);
  expect(first?.length).toBeLessThan(100_000);
});

it('`Accept` ranks JSON, page and PDF; a client of the contract gets bytes.', async () => {
  expect((await get(`${number}/bill`, { accept: 'application/json, application/pdf;q=0.5' })).redirected).toBe(false);
  const page = await get(`${number}/bill`, { accept: 'application/pdf;q=0.1, text/html;q=0.9' });
  expect([page.redirected, page.headers.get('content-type')]).toEqual([false, 'text/html; charset=utf-8']);
  const path = { location: shop.location, number };
  const pdf = expectOk(await shop.client.getBillPdf({ path, query: { language: 'en' } }));
  expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-');
});

it('A PDF is refused as the bill is.', async () => {
  const receipt = phone.write(received({ item, quantity: 1 }));
  expectOk(await phone.live(receipt));
  await expectProblem(await get(`${receipt.number}/bill`, { accept: 'application/pdf' }), 422, 'NO_BILL');
  await expectProblem(await get(`${number}/bill.pdf`, {}, 'depot'), 403, 'FORBIDDEN');
  const unused = phone.write(sold({ item, quantity: 1 })).number;
  expect(outcomeOf(await shop.client.getBillPdf({ path: { location: shop.location, number: unused } }))).toBe(
    '404 NOT_FOUND',
  );
});

const [item = ''] = kurtas(1);

const get = async (path: string, headers: Record<string, string>, role: 'outlet' | 'depot' = 'outlet') =>
  ask(book, `/locations/${shop.location}/vouchers/${path}`, {
    token: await book.bahi.issuer.token({ role, scope: [`location:${shop.location}`] }),
    headers,
  });

const bytesOf = async (answer: Response): Promise<Buffer> => Buffer.from(await answer.arrayBuffer());
