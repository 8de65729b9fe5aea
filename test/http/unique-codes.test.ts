import { describe, expect, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();
const book = useBook();
const [one = '', two = '', three = '', four = ''] = kurtas(4);

describe('A code belongs to one entry', () => {
  it('Of two simultaneous PUTs of one keypad code, one is refused with the other item.', async () => {
    const answers = await Promise.all([one, two].map((id) => setItem(id, { keypad: '731' })));
    expect(answers.map(outcomeOf).map(String).toSorted()).toEqual(['200', '400 INVALID_REQUEST']);
    const [winner, loser] = answers[0]?.ok ? [one, two] : [two, one];
    expect(answers.find(({ ok }) => !ok)).toMatchObject({
      problem: { fields: [{ path: 'keypad', problem: `731 is the keypad of ${winner} already` }] },
    });
    expect([await keypadOf(winner), await keypadOf(loser)]).toEqual(['731', undefined]);
    expectOk(await setItem(winner, { keypad: '732' }));
    expectOk(await setItem(loser, { keypad: '731' }));
    expect(outcomeOf(await setItem(winner, { keypad: '731' }))).toBe('400 INVALID_REQUEST');
  });

  it('Many at once leave one holder, and the code goes with it.', async () => {
    const ids = [one, two, three, four];
    await Promise.all(ids.map((id) => setItem(id, { keypad: undefined })));
    const answers = await Promise.all(ids.map((id) => setItem(id, { keypad: '900' })));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await Promise.all(ids.map(keypadOf))).filter((keypad) => keypad === '900')).toHaveLength(1);
  });

  it('A file that swaps two codes is refused whole: one gives its code up first.', async () => {
    await Promise.all([one, two].map((id) => setItem(id, { keypad: undefined })));
    expectOk(await setItem(one, { keypad: '811' }));
    expectOk(await setItem(two, { keypad: '812' }));
    const bring = (body: string) => book.admin.importEntries({ path: { kind: 'items' }, body });
    const swapped = await bring(`id,keypad\n${one},812\n${two},811\n`);
    expect(outcomeOf(swapped)).toBe('422 IMPORT_REFUSED');
    expect([await keypadOf(one), await keypadOf(two)]).toEqual(['811', '812']);
    for (const file of [`id,keypad\n${one},\n`, `id,keypad\n${two},811\n`, `id,keypad\n${one},812\n`])
      expectOk(await bring(file));
    expect([await keypadOf(one), await keypadOf(two)]).toEqual(['812', '811']);
  });
});

describe('A Udyam number belongs to one producer', () => {
  const udyam = 'UDYAM-UP-61-0098765';

  it('By JSON, by CSV and at once it is refused with the id of the other.', async () => {
    await people('P0901', 'P0902', 'P0903');
    expectOk(await setUdyam('P0901', udyam));
    const refused = await setUdyam('P0902', udyam);
    expect(outcomeOf(refused)).toBe('400 INVALID_REQUEST');
    const fields = [{ path: 'udyam', problem: `${udyam} is the udyam of P0901 already` }];
    expect(refused).toMatchObject({ problem: { fields } });
    const bring = (body: string) => book.admin.importEntries({ path: { kind: 'registrations' }, body });
    expect(await bring(`id,udyam\nP0902,${udyam}\n`)).toMatchObject({
      problem: { fields: [{ path: 'line 2, udyam', problem: `${udyam} is the udyam of P0901 already` }] },
    });
    const other = 'UDYAM-UP-61-0098766';
    expect(outcomeOf(await bring(`id,udyam\nP0902,${other}\nP0903,${other}\n`))).toBe('422 IMPORT_REFUSED');
    const answers = await Promise.all(['P0902', 'P0903'].map((id) => setUdyam(id, other)));
    expect(answers.map(outcomeOf).map(String).toSorted()).toEqual(['201', '400 INVALID_REQUEST']);
    // The same again is a repeat, and what is given up is free.
    expectOk(await setUdyam('P0901', udyam));
    expectOk(await setUdyam('P0901', undefined, 1));
    const free = answers[0]?.ok ? 'P0903' : 'P0902';
    expect(outcomeOf(await setUdyam(free, udyam))).toBe(201);
  });
});

const setItem = async (id: string, change: object) => {
  const path = { kind: 'items' as const, id };
  const { entry, version } = expectOk(await book.admin.getEntry({ path }));
  return book.admin.putEntry({ path, body: { ...entry, ...change }, ifMatch: version });
};
const keypadOf = async (id: string) =>
  (expectOk(await book.admin.getEntry({ path: { kind: 'items', id } })).entry as { keypad?: string }).keypad;

const people = async (...ids: string[]) => {
  for (const id of ids) {
    const body = { name: 'Rahim', nameHi: 'रहीम', district: 'PBT', craft: 'Flute' };
    expectOk(await book.admin.putEntry({ path: { kind: 'producers', id }, body }));
  }
};
const setUdyam = (id: string, udyam: string | undefined, ifMatch?: number) =>
  book.admin.putEntry({
    path: { kind: 'registrations', id },
    body: udyam ? { udyam } : { pan: 'AAAPL1234C' },
    ...(ifMatch && { ifMatch }),
  });
