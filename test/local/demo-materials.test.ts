import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Materials, playMaterials } from '../../local/demo-materials/play.ts';
import { reportMaterials } from '../../local/demo-materials/report.ts';
import { asksAt } from '../kit/asking.ts';
import { type Book, openBook } from '../kit/book.ts';
import { openDepot } from '../kit/depot.ts';

// The second half of `npm run demo`, on a small depot: twelve makers want 2 kg each, and there are 10.
let book: Book;
let materials: Materials;

const play = () =>
  playMaterials({
    admin: book.admin,
    clock: book.clock,
    runJob: async () => void (await book.bahi.runJob('allocate-materials')),
    signIn: (producer) => book.as('producer', `producer:${producer}`),
  });

beforeAll(async () => {
  book = await openBook();
  const depot = await openDepot(book);
  await depot.receive('SIL-1', '10 kg');
  for (let n = 0; n < 12; n++) {
    const id = `P01${String(n).padStart(2, '0')}`;
    await depot.producer(id);
    await asksAt(book, depot, id).submitted('2 kg');
  }
  materials = await play();
});
afterAll(() => book.close());

it('shares what there is, and whoever comes collects it and confirms', () => {
  expect(materials).toMatchObject({ isRight: true, absent: 2, differences: [], run: { state: 'done', requests: 12 } });
  expect(materials.collected.map(({ request }) => request.state)).toEqual(Array(10).fill('received'));
  expect(new Set(materials.collected.map(({ proof }) => proof))).toEqual(new Set(['code', 'signature']));
  expect(materials.told?.en).toMatch(/^For you: 0\.83[34] kg of the 2 kg of .* shared among 12 by entitlement/);
});

it('says so in words', () => {
  const text = reportMaterials(materials);
  expect(text).toMatch(/makers who asked {8}12, for 24 kg in all/);
  expect(text).toMatch(/reckoned again {10}from its record: the same/);
  expect(text).toMatch(/passbooks differ nowhere/);
  expect(reportMaterials({ ...materials, isRight: false, differences: ['P0100'] })).toMatch(
    /NOT THE SAME[\s\S]*differ in P0100/,
  );
});

it('played again on the same day, the run stands, and more of those who stayed away come', async () => {
  const again = await play();
  expect(again.run).toEqual(materials.run);
  expect(again).toMatchObject({ absent: 1, differences: [] });
  expect(again.collected).toHaveLength(1);
});
