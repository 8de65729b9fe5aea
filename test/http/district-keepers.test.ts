import { beforeAll, describe, expect, it } from 'vitest';
import { Problem } from '../../shared/kernel/refusal.ts';
import type { EditableKind } from '../../shared/registry/registry-kinds.ts';
import { type Book, expectOk, useBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { ask, outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();

const book = useBook();
let officer: Book['admin'];
beforeAll(async () => {
  officer = await book.as('officer', 'district:LKO');
});

const put = (kind: EditableKind, id: string, body: object, ifMatch?: number) =>
  officer.putEntry({ path: { kind, id }, body, ...(ifMatch !== undefined && { ifMatch }) });
const detail = (answer: Awaited<ReturnType<typeof put>>) => (answer.ok ? '' : answer.problem.detail);
const stall = { name: 'Stall', station: 'LKO', district: 'LKO', sellers: ['LKO1'] };

describe('Officer of a district', () => {
  it('Outlets, producers, staff and items of the district are kept by its officers.', async () => {
    const { entry, version } = expectOk(await officer.getEntry({ path: { kind: 'items', id: kurtas(1)[0] ?? '' } }));
    const made = [
      await put('outlets', 'LKO-60', stall),
      await put('producers', 'P0600', { name: 'Asma', nameHi: 'अस्मा', district: 'LKO', craft: 'Chikan' }),
      await put('staff', 'S600', { name: 'Ravi', location: 'LKO-01', looksAfter: ['LKO', 'LKO-02'] }),
      await put('items', kurtas(1)[0] ?? '', { ...entry, name: 'Kurta, long' }, version),
    ];
    expect(made.map(outcomeOf)).toEqual([201, 201, 201, 200]);
  });

  it.each([
    ['an outlet of another district', 'outlets', 'PBE-60', { ...stall, district: 'PBT' }, 'scope district:PBT'],
    ['an outlet moved from another district', 'outlets', 'PBE-01', stall, 'scope district:PBT'],
    ['staff of another district', 'staff', 'S601', { name: 'A', location: 'PBE-01' }, 'scope district:PBT'],
    [
      'staff who look after another district',
      'staff',
      'S601',
      { name: 'A', looksAfter: ['PBT'] },
      'scope district:PBT',
    ],
    ['staff who look after the state', 'staff', 'S601', { name: 'A', looksAfter: ['LKO', 'state'] }, 'scope state'],
    ['a seller', 'sellers', 'LKO9', { name: 'A', registration: 'unregistered', district: 'LKO' }, 'scope state'],
    ['a depot', 'depots', 'LKO-D1', { ...stall, station: undefined, nameHi: 'डिपो' }, 'scope state'],
  ] as const)('It is refused with the role it takes: %s', async (_what, kind, id, body, takes) => {
    const answer = await put(kind, id, body, 1);
    expect(outcomeOf(answer)).toBe('403 FORBIDDEN');
    expect(detail(answer)).toContain(takes);
  });

  it('A file with lines of another district is refused whole, and each such line is named.', async () => {
    const body = 'id,name,location\nS610,Ravi,LKO-01\nS611,Rani,PBE-01\nS612,Rita,PBE-01';
    const answer = await officer.importEntries({ path: { kind: 'staff' }, body });
    expect(outcomeOf(answer)).toBe('422 IMPORT_REFUSED');
    const takes = 'belongs to district PBT: it takes an officer of it (scope district:PBT) or of the state';
    expect(answer.ok ? [] : answer.problem.fields).toEqual([
      { path: 'line 3, id', problem: `staff S611 ${takes}` },
      { path: 'line 4, id', problem: `staff S612 ${takes}` },
    ]);
    expect(outcomeOf(await book.admin.getEntry({ path: { kind: 'staff', id: 'S610' } }))).toBe('404 NOT_FOUND');
  });

  const download = async (path: string, accept?: string): Promise<Response> => {
    const token = await book.bahi.issuer.token({ role: 'officer', scope: ['district:LKO'] });
    return ask(book, path, { token, ...(accept !== undefined && { headers: { accept } }) });
  };

  it.each(['outlets', 'items', 'staff', 'producers'] as const)(
    'A download of %s can be sent back, all or those of the district.',
    async (kind) => {
      const [all, own, others] = await Promise.all([
        download(`/registry/${kind}`, 'text/csv').then((answer) => answer.text()),
        download(`/registry/${kind}?area=LKO&format=csv`).then((answer) => answer.text()),
        download(`/registry/${kind}?area=PBT&format=csv`).then((answer) => answer.text()),
      ]);
      const idsIn = (file: string) =>
        file
          .split('\r\n')
          .slice(1, -1)
          .map((line) => line.split(',')[0]);
      expect(idsIn(own).filter((id) => idsIn(others).includes(id))).toEqual([]);
      expect(idsIn(own).length).toBeGreaterThan(0);
      for (const body of [all, own]) {
        const { lines } = expectOk(await officer.importEntries({ path: { kind }, body }));
        expect(lines.filter(({ did }) => did !== 'unchanged')).toEqual([]);
      }
    },
  );

  it('format in the query wins over Accept, and what belongs to no district has no area.', async () => {
    const json = await download('/registry/outlets?format=json', 'text/csv');
    expect(json.headers.get('content-type')).toBe('application/json');
    const products = await download('/registry/products?area=LKO');
    const { detail: said } = Problem.parse(await products.json());
    expect([products.status, said]).toEqual([400, 'products belong to no district: leave out area.']);
  });

  it('All that a read gave can be put back, but not under another id.', async () => {
    const read = expectOk(await book.admin.getEntry({ path: { kind: 'outlets', id: 'LKO-02' } }));
    const named = { ...read, entry: { ...read.entry, name: 'Stall two' } };
    const back = await put('outlets', 'LKO-02', named, read.version);
    expect(expectOk(back).entry).toMatchObject({ name: 'Stall two' });
    expect(outcomeOf(await put('outlets', 'LKO-01', named, 1))).toBe('400 INVALID_REQUEST');
  });

  it('Another role is told which roles it takes.', async () => {
    const outlet = await book.as('outlet', 'location:LKO-01');
    const answer = await outlet.putEntry({ path: { kind: 'outlets', id: 'LKO-01' }, body: stall });
    expect(answer.ok ? '' : answer.problem.detail).toBe(
      'A caller of role outlet may not do this; it takes officer or admin.',
    );
  });
});
