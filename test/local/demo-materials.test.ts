import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoMaterials, playMaterials } from '../../local/demo-materials/play.ts';
import { reportMaterials } from '../../local/demo-reports.ts';
import { type Book, expectOk, openBook } from '../kit/book.ts';
import { openDepot } from '../kit/depot.ts';
import { requestsAt } from '../kit/material-requests.ts';

// The second half of `npm run demo` on a small depot: twelve producers want 2 kg each of 10.
let book: Book;
let materials: DemoMaterials;

const play = (at: Book = book) =>
  playMaterials({
    admin: at.admin,
    clock: at.clock,
    runJob: async () => void (await at.bahi.runJob('allocate-materials')),
    signInManager: (depot) => at.as('depot', `location:${depot}`),
    signIn: (producer) => at.as('producer', `producer:${producer}`),
  });

beforeAll(async () => {
  book = await openBook();
  for (const id of ['S026', 'S039'])
    expectOk(
      await book.admin.putEntry({
        path: { kind: 'staff', id },
        body: { name: 'Ravi', looksAfter: ['state'] },
      }),
    );
  const depot = await openDepot(book);
  await depot.receive('SIL-1', '10 kg');
  for (let n = 0; n < 12; n++) {
    const id = `P01${String(n).padStart(2, '0')}`;
    await depot.producer(id);
    await requestsAt(book, depot, id).submitted('2 kg');
  }
  materials = await play();
});
afterAll(() => book.close());

it('Scarce material is shared, collected and confirmed.', () => {
  expect(materials).toMatchObject({ isRight: true, absent: 2, differences: [], run: { state: 'done', requests: 12 } });
  expect(materials.collected.map(({ request }) => request.state)).toEqual(Array(10).fill('received'));
  expect(new Set(materials.collected.map(({ proof }) => proof))).toEqual(new Set(['code', 'signature']));
  expect(materials.sentence?.en).toMatch(/^For you: 0\.83[34] kg of the 2 kg of .* shared among 12 by entitlement/);
});

it('nobody who issued confirms by signature', async () => {
  const query = { area: 'PBT', from: '2026-11-01', to: '2026-11-21' };
  const report = await book.admin.getReport({ path: { report: 'confirmations' }, query });
  expect(expectOk(report)).toMatchObject({ rows: [{ location: 'PBE-D1', confirmed: 10, byIssuer: 0 }] });
});

it('The report says so in words.', () => {
  const text = reportMaterials(materials);
  expect(text).toMatch(/producers {15}12, for 24 kg requested/);
  expect(text).toMatch(/computed again {10}from the stored run: the same/);
  expect(text).toMatch(/passbooks differ nowhere/);
  expect(reportMaterials({ ...materials, isRight: false, differences: ['P0100'] })).toMatch(
    /NOT THE SAME[\s\S]*differ in P0100/,
  );
});

it('Played again on one day, the run stands, and more absent artisans come.', async () => {
  const again = await play();
  expect(again.run).toEqual(materials.run);
  expect(again).toMatchObject({ absent: 1, differences: [] });
  expect(again.collected).toHaveLength(1);
});

describe('Day without requests', () => {
  let idle: Book;
  beforeAll(async () => {
    idle = await openBook();
    for (const id of ['S026', 'S039'])
      expectOk(
        await idle.admin.putEntry({
          path: { kind: 'staff', id },
          body: { name: 'Ravi', looksAfter: ['state'] },
        }),
      );
    const depot = await openDepot(idle);
    await depot.producer('P0100');
    await depot.receive('SIL-1', '10 kg');
    for (let n = 0; n < 2; n++) await requestsAt(idle, depot, 'P0100').reach.approved();
  });
  afterAll(() => idle.close());

  it('There is no run and the report says so; promised material is still collected.', async () => {
    const alone = await play(idle);
    expect(alone).toMatchObject({ run: undefined, record: [], isRight: true, absent: 1, differences: [] });
    expect(alone.collected.map(({ request }) => request.state)).toEqual(['received']);
    const text = reportMaterials(alone);
    expect(text).toMatch(
      /^\nNo material request is open at the depot today\.\n[\s\S]*issued today {12}1, 2 kg; 1 not collected/,
    );
    expect(text).not.toMatch(/undefined|NaN|computed again|producers/);
  });

  it('A run that cannot be read is not reported as absent.', async () => {
    const admin = await idle.as('depot', 'location:PBE-D2');
    const getAllocation: typeof admin.getAllocation = (request) => admin.getAllocation(request);
    await expect(
      playMaterials({
        admin: { ...idle.admin, getAllocation },
        runJob: async () => undefined,
        signIn: idle.as as never,
        signInManager: idle.as as never,
      }),
    ).rejects.toThrow('FORBIDDEN');
  });
});
