import { beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../shared/kernel/access.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';

checkAnswersAgainstContract();

const book = useBook();
beforeAll(async () => {
  for (const [id, more] of Object.entries(STAFF)) {
    const body = { name: `Staff ${id}`, phone: phoneOf(id), email: `${id.toLowerCase()}@example.in`, ...more };
    expectOk(await book.admin.putEntry({ path: { kind: 'staff', id }, body: body as never }));
  }
  for (const [id, more] of Object.entries(PRODUCERS)) {
    const body = { name: `Maker ${id}`, nameHi: 'कारीगर', craft: 'Flute', ...more };
    expectOk(await book.admin.putEntry({ path: { kind: 'producers', id }, body: body as never }));
  }
});

/** Visible entries by role: `S101` by name, `S101+` with telephone and address. By hand. */
const SEES: readonly [Role, readonly string[], string][] = [
  ['officer', ['district:PBT'], 'S102+ S103+ S104+ S105+ S107+ P0042 P0701'],
  ['officer', ['district:LKO'], 'S001+ S002 S101+ S105+ S107+ P0702 P0703'],
  [
    'officer',
    ['district:LKO', 'district:PBT'],
    'S001+ S002 S101+ S102+ S103+ S104+ S105+ S107+ P0042 P0701 P0702 P0703',
  ],
  ['officer', ['district:AAA'], ''],
  ['officer', ['state'], 'S001+ S002 S101+ S102+ S103+ S104+ S105+ S106+ S107+ P0042 P0701 P0702 P0703'],
  ['admin', [], 'S001+ S002 S101+ S102+ S103+ S104+ S105+ S106+ S107+ P0042 P0701 P0702 P0703'],
  ['depot', ['location:PBE-D1'], 'S103 P0042 P0701 P0703'],
  ['depot', ['location:PBE-D2'], ''],
  ['depot', ['district:PBT'], 'S102 S103 S104 S105 S107 P0042 P0701'],
];

describe.each(SEES)('%s of %s', (role, scopes, sees) => {
  const summaryOf = ({ id, entry }: { id: string; entry: object }) =>
    `${id}${'phone' in entry && 'email' in entry ? '+' : 'phone' in entry || 'email' in entry ? '?' : ''}`;

  it('It lists these people and no others, with phone numbers only where permitted.', async () => {
    const by = await book.as(role, ...scopes);
    const lists = await Promise.all(
      (['staff', 'producers'] as const).map(async (kind) => expectOk(await by.listEntries({ path: { kind } })).entries),
    );
    const all = lists.flat().map(summaryOf);
    // S001 has neither telephone nor address.
    expect(all.map((one) => one.replace(/^S001$/, 'S001+')).join(' ')).toBe(sees);
  });

  it('It reads the same people one by one; others appear not to exist.', async () => {
    const by = await book.as(role, ...scopes);
    const found: string[] = [];
    for (const id of ['S001', 'S002', ...Object.keys(STAFF), 'P0042', ...Object.keys(PRODUCERS)]) {
      const kind = id.startsWith('S') ? ('staff' as const) : ('producers' as const);
      const answer = await by.getEntry({ path: { kind, id } });
      if (answer.ok) found.push(summaryOf(answer.body).replace(/^S001$/, 'S001+'));
      else expect([answer.status, answer.problem.detail]).toEqual([404, `${kind} has no ${id}.`]);
    }
    expect(found.join(' ')).toBe(sees);
  });
});

it('An outlet cannot read people, and a producer reads their own entry and no other.', async () => {
  const outlet = await book.as('outlet', 'state');
  const producer = await book.as('producer', 'producer:P0042');
  for (const by of [outlet, producer])
    for (const kind of ['staff', 'producers'] as const)
      expect((await by.listEntries({ path: { kind } })).status).toBe(403);
  const read = async (by: typeof outlet, kind: 'staff' | 'producers', id: string) =>
    (await by.getEntry({ path: { kind, id } })).status;
  expect([await read(outlet, 'staff', 'S101'), await read(outlet, 'producers', 'P0042')]).toEqual([403, 403]);
  expect(await read(producer, 'staff', 'S101')).toBe(403);
  expect([await read(producer, 'producers', 'P0042'), await read(producer, 'producers', 'P0701')]).toEqual([200, 404]);
});

it('A producer reads the catalogue of a depot, and of no stall.', async () => {
  const producer = await book.as('producer', 'producer:P0042');
  const { catalogue } = expectOk(await producer.getCatalogue({ path: { location: 'PBE-D1' } }));
  expect(catalogue.map(({ item }) => item)).toContain('PBT-BAMBOO');
  expect((await producer.getCatalogue({ path: { location: 'LKO-01' } })).status).toBe(403);
});

it('A stall lists the names of those who work there now, and nothing else of them.', async () => {
  const stall = await book.as('outlet', 'location:LKO-01');
  const path = { location: 'LKO-01' };
  const staffHere = async () => expectOk(await stall.listStaff({ path })).staff;
  expect(await staffHere()).toEqual([
    { staff: 'S001', name: 'Asha' },
    { staff: 'S101', name: 'Staff S101' },
  ]);
  const entry = { kind: 'staff' as const, id: 'S101' };
  const { version } = expectOk(await book.admin.getEntry({ path: entry }));
  const moved = { name: 'Staff S101', location: 'PBE-01' };
  expectOk(await book.admin.putEntry({ path: entry, body: moved, ifMatch: version }));
  const left = { name: 'Meera', location: 'LKO-01', status: 'left' as const };
  expectOk(await book.admin.putEntry({ path: { ...entry, id: 'S109' }, body: left }));
  expect(await staffHere()).toEqual([{ staff: 'S001', name: 'Asha' }]);
  expect(await stall.listStaff({ path: { location: 'LKO-02' } })).toMatchObject({ status: 403 });
});

/** Staff by where they work and what they look after, each with a phone of their own. */
const STAFF = {
  S101: { location: 'LKO-01' },
  S102: { location: 'PBE-01' },
  S103: { location: 'PBE-D1' },
  S104: { looksAfter: ['PBT'] },
  S105: { looksAfter: ['LKO', 'PBT'] },
  S106: { looksAfter: ['state'] },
  S107: { location: 'LKO-02', looksAfter: ['PBE-01'] },
} as const;

const PRODUCERS = {
  P0701: { district: 'PBT' },
  P0702: { district: 'LKO' },
  P0703: { district: 'LKO', depots: ['PBE-D1'] },
} as const;

const phoneOf = (id: string) => `+9198765${id.slice(1).padStart(5, '0')}`;
