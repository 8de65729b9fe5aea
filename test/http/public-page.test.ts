import { expect, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { ask, expectProblem } from '../kit/wire.ts';

checkAnswersAgainstContract();

const book = useBook();
const [item = '', other = ''] = kurtas(2);
const page = (items: string, headers: Record<string, string> = {}, query = '') =>
  ask(book, `/about/${items}${query}`, { headers: { accept: 'text/html', ...headers } });

it('Anybody reads about the goods of a bill, without a token, and caches may keep the page.', async () => {
  const answer = await page(item);
  expect(answer.status).toBe(200);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'public, max-age=3600',
    vary: 'accept, accept-language',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  });
  expect(await answer.text()).toContain('<h1>KURTA of LKO1</h1>');
});

it('The page is in Hindi for a phone in Hindi, and in the language that is asked for.', async () => {
  const hindi = { 'accept-language': 'hi-IN,hi;q=0.9,en;q=0.8' };
  expect(await (await page(item, hindi)).text()).toContain('<html lang="hi">');
  expect(await (await page(item, hindi, '?language=en')).text()).toContain('<html lang="en">');
});

it('Data shows the known ones of several items, and nothing that is not for buyers.', async () => {
  const answer = await book.admin.getAbout({ path: { items: `${item}.NO-SUCH-ITEM.${other}` } });
  const { items } = expectOk(answer);
  expect(items.map((one) => one.item)).toEqual([item, other]);
  for (const one of items)
    expect(Object.keys(one).toSorted()).toEqual([
      'craft',
      'craftHi',
      'district',
      'districtHi',
      'item',
      'name',
      'nameHi',
    ]);
});

it('The name of a listed maker is public while every listed maker consents.', async () => {
  const [zubeda, rani] = ['P0777', 'P0778'];
  const person = { name: 'Zubeda Bano', nameHi: 'ज़ुबैदा बानो', district: 'LKO', craft: 'Chikan' };
  for (const id of [zubeda, rani])
    expectOk(await book.admin.putEntry({ path: { kind: 'producers', id }, body: person }));
  const path = { kind: 'items' as const, id: other };
  const { entry, version } = expectOk(await book.admin.getEntry({ path }));
  const body = { ...entry, makers: [zubeda, rani], makerName: person.name };
  expectOk(await book.admin.putEntry({ path, body, ifMatch: version }));
  const consent = async (producer: string, publish: ('name' | 'village')[]) => {
    const maker = await book.as('producer', `producer:${producer}`);
    expectOk(await maker.setConsent({ path: { producer }, body: { publish } }));
  };
  const makerShown = async () => expectOk(await book.admin.getAbout({ path: { items: other } })).items[0]?.maker;

  expect(await makerShown()).toBeUndefined();
  await consent(zubeda, ['name']);
  await consent(rani, ['village']);
  expect([await makerShown(), await (await page(other)).text()]).toEqual([
    undefined,
    expect.not.stringContaining(person.name),
  ]);
  await consent(rani, ['name']);
  expect(await makerShown()).toBe(person.name);
  await consent(zubeda, []);
  expect(await makerShown()).toBeUndefined();
});

it('An unknown item is a 404: for a person a page to read, for a program a problem.', async () => {
  const answer = await page('NO-SUCH-ITEM', { 'accept-language': 'hi' });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
  expect(await answer.text()).toContain('<h1>ऐसा कुछ नहीं मिला</h1>');
  await expectProblem(await page('NO-SUCH-ITEM', { accept: 'application/json' }), 404, 'NOT_FOUND');
  await expectProblem(await page('a.b.c.d.e', { accept: 'application/json' }), 400, 'INVALID_REQUEST', 'items');
});
