import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Book, expectOk, openBook } from '../kit/book.ts';
import { workOff } from '../kit/jobs.ts';
import { stallWithStock } from '../kit/transfer-requests.ts';
import { ask } from '../kit/wire.ts';

const ITEM = 'LKO-KURTA-01';
let book: Book;
let location = '';

const read = async (path: string): Promise<string> => (await ask(book, path)).text();
const build = async () => {
  await workOff('build-showcase', 'LKO');
  await workOff('build-showcase', 'state');
};

beforeAll(async () => {
  book = await openBook();
  const maker = { name: 'Zubeda Bano', nameHi: 'ज़ुबैदा बानो', district: 'LKO', craft: 'Chikan', village: 'Kakori' };
  expectOk(await book.admin.putEntry({ path: { kind: 'producers', id: 'P0777' }, body: maker }));
  const path = { kind: 'items' as const, id: ITEM };
  const { entry, version } = expectOk(await book.admin.getEntry({ path }));
  const body = { ...entry, makers: ['P0777'] };
  expectOk(await book.admin.putEntry({ path, body, ifMatch: version }));
  ({ location } = await stallWithStock(book, { [ITEM]: 9, 'LKO-KURTA-02': 2 }));
});
afterAll(() => book.close());

it('Anybody reads the pages without a token: districts, their goods, and the stalls that have them.', async () => {
  await build();
  for (const path of ['/showcase', '/showcase/', '/showcase/index.html'])
    expect(await read(path)).toContain('href="/showcase/districts/LKO.html"');
  expect(await read('/showcase/en/districts/LKO.html')).toContain(`href="/showcase/en/items/${ITEM}.html"`);
  const page = await read(`/showcase/en/items/${ITEM}.html`);
  expect(page).toContain('₹899');
  expect(page).toContain('in stock');
  expect(page).toContain(`${book.bahi.url}/showcase/#${location}`);
  expect(await read('/showcase/sitemap.xml')).toContain(`<loc>${book.bahi.url}/showcase/items/${ITEM}.html</loc>`);
  const feed = await read('/showcase/feeds/google-LKO.tsv');
  expect(feed).toMatch(new RegExp(`^${ITEM}\t.*\tin_stock\t899.00 INR`, 'm'));
  expect(feed).toMatch(/^LKO-KURTA-02\t.*\tout_of_stock\t/m);
  expect(await read('/showcase/feeds/google-state.tsv')).toBe(feed);
});

it('Nobody outside reads what the job keeps for itself.', async () => {
  for (const path of [
    '/data/LKO.json',
    '/manifest/LKO.json',
    '/showcase/../data/LKO.json',
    '/showcase/%2e%2e/data/LKO.json',
  ])
    expect([path, (await ask(book, path)).status]).toEqual([path, 404]);
});

it('A name is public with consent, and gone from page, data and feeds with the build after a withdrawal.', async () => {
  const maker = await book.as('producer', 'producer:P0777');
  const everything = async () => {
    const paths = [`/showcase/items/${ITEM}.html`, `/showcase/en/items/${ITEM}.html`, '/showcase/feeds/ondc-LKO.json'];
    const kept = await book.bahi.pages.read('data/LKO.json');
    return [...(await Promise.all(paths.map(read))), kept].join('\n');
  };
  const path = { producer: 'P0777' };
  expect(await everything()).not.toMatch(/Zubeda|ज़ुबैदा|Kakori/);
  expectOk(await maker.setConsent({ path, body: { publish: ['name'] } }));
  await build();
  expect(await everything()).toMatch(/ज़ुबैदा बानो[\s\S]*Zubeda Bano/);
  expect(await everything()).not.toContain('Kakori');
  expectOk(await maker.setConsent({ path, body: { publish: [] } }));
  await build();
  expect(await everything()).not.toMatch(/Zubeda|ज़ुबैदा/);
});

it('A second build without a change writes nothing.', async () => {
  const before = await book.bahi.pages.read('manifest/LKO.json');
  await build();
  expect(await book.bahi.pages.read('manifest/LKO.json')).toBe(before);
});
