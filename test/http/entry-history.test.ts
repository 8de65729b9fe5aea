import { describe, expect, inject, it } from 'vitest';
import type { EditableKind } from '../../shared/registry/registry-kinds.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { losingClient } from '../kit/interceptor.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const { client, loseNext } = losingClient(inject('endpoint'));
const book = useBook({ client });

const staff = (name: string) => ({ name, location: 'LKO-01' });
const put = (id: string, name: string, ifMatch?: number, by = book.admin) =>
  by.putEntry({ path: { kind: 'staff', id }, body: staff(name), ...(ifMatch !== undefined && { ifMatch }) });
const history = async (id: string, by = book.admin, kind: EditableKind = 'staff') =>
  expectOk(await by.getEntryHistory({ path: { kind, id } }));

describe('History of an entry', () => {
  it('It says who changed what and when, newest first.', async () => {
    const [officer, at] = [await book.as('officer', 'state'), book.clock.now()];
    expectOk(await put('S501', 'Ravi'));
    book.clock.forward(60);
    expectOk(await put('S501', 'Rani', 1, officer));
    const { changes, cursor } = await history('S501');
    const [second, first] = changes;
    expect([changes.length, cursor]).toEqual([2, undefined]);
    expect(first).toEqual({ version: 1, at, by: first?.by, after: staff('Ravi') });
    const later = { version: 2, at: book.clock.now(), by: second?.by };
    expect(second).toEqual({ ...later, before: staff('Ravi'), after: staff('Rani') });
    expect([first?.by, second?.by]).toEqual([expect.stringMatching(/admin/), expect.stringMatching(/officer/)]);
  });

  it('A repeat, a refused change and a lost answer add nothing.', async () => {
    loseNext({ table: 'Registry', times: 2 });
    expectOk(await put('S502', 'Ravi'));
    expectOk(await put('S502', 'Ravi'));
    expect(outcomeOf(await put('S502', 'Rani', 7))).toBe('412 VERSION_MISMATCH');
    expect((await history('S502')).changes.map(({ version }) => version)).toEqual([1]);
  });

  it('An imported line is a change by whoever sent the file.', async () => {
    const file = (name: string) => `id,name,location\nS503,${name},LKO-01`;
    for (const name of ['Ravi', 'Ravi', 'Rani'])
      expectOk(await book.admin.importEntries({ path: { kind: 'staff' }, body: file(name) }));
    expect((await history('S503')).changes.map(({ after }) => after)).toEqual([staff('Rani'), staff('Ravi')]);
  });

  it('It is read page by page.', { tags: 'long' }, async () => {
    expectOk(await put('S504', 'Ravi 0'));
    for (let version = 1; version < 130; version++) expectOk(await put('S504', `Ravi ${version}`, version));
    const path = { kind: 'staff' as const, id: 'S504' };
    const first = expectOk(await book.admin.getEntryHistory({ path }));
    const rest = expectOk(await book.admin.getEntryHistory({ path, query: { cursor: first.cursor ?? '' } }));
    const versions = [...first.changes, ...rest.changes].map(({ version }) => version);
    expect(versions).toEqual(Array.from({ length: 130 }, (_, at) => 130 - at));
  });

  it('An officer of another district reads no history of staff out of reach, and nobody of what is not there.', async () => {
    const path = { kind: 'staff' as const, id: 'S505' };
    expectOk(await put('S505', 'Ravi'));
    const [own, other] = [await book.as('officer', 'district:LKO'), await book.as('officer', 'district:PBT')];
    expect([await own.getEntryHistory({ path }), await other.getEntryHistory({ path })].map(outcomeOf)).toEqual([
      200,
      '404 NOT_FOUND',
    ]);
    const nobody = await book.admin.getEntryHistory({ path: { ...path, id: 'NO-SUCH' } });
    expect(outcomeOf(nobody)).toBe('404 NOT_FOUND');
  });
});
