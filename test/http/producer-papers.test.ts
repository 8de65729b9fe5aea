import { beforeAll, describe, expect, it } from 'vitest';
import { expectOk, useBook } from '../kit/book.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();
const book = useBook();

const path = { producer: 'P0042' };
const entry = { kind: 'consents' as const, id: 'P0042' };
const held = { udyam: 'UDYAM-UP-61-0012345', pan: 'AAAPL1234C', bankIfsc: 'SBIN0001234', bankLast4: '0042' };

describe('Consent of a producer', () => {
  it('A producer consents by their own login, an officer by a signed form, and both withdraw.', async () => {
    const [maker, officer] = [await book.as('producer', 'producer:P0042'), await book.as('officer', 'district:PBT')];
    const own = expectOk(await maker.setConsent({ path, body: { publish: ['village', 'name'] } }));
    expect(own).toMatchObject({ publish: ['name', 'village'], given: 'own login', at: book.clock.now() });
    book.clock.forward(60);
    expect(outcomeOf(await officer.setConsent({ path, body: { publish: ['name', 'picture'] } }))).toBe(
      '400 INVALID_REQUEST',
    );
    const withdrawn = expectOk(await officer.setConsent({ path, body: { publish: [] } }));
    expect(withdrawn).toMatchObject({ publish: [], given: 'on paper' });
    const paper = 'DIC/2026/118';
    const again = expectOk(await officer.setConsent({ path, body: { publish: ['picture'], paper } }));
    expect(again).toMatchObject({ publish: ['picture'], paper, by: withdrawn.by });
    expect(expectOk(await officer.setConsent({ path, body: { publish: ['picture'], paper } }))).toEqual(again);

    const { changes } = expectOk(await officer.getEntryHistory({ path: entry }));
    expect(changes.map(({ version, after }) => [version, 'publish' in after && after.publish.join()])).toEqual([
      [3, 'picture'],
      [2, ''],
      [1, 'name,village'],
    ]);
    expect(expectOk(await maker.getEntry({ path: entry })).version).toBe(3);
  });

  it('An officer cannot undo a withdrawal with the form that was used before it.', async () => {
    const [maker, officer] = [await book.as('producer', 'producer:P0042'), await book.as('officer', 'district:PBT')];
    const give = (paper: string) => officer.setConsent({ path, body: { publish: ['picture'], paper } });
    expectOk(await maker.setConsent({ path, body: { publish: [] } }));
    const refused = await give('DIC/2026/118');
    expect(outcomeOf(refused)).toBe('400 INVALID_REQUEST');
    if (!refused.ok) expect(refused.problem.fields).toMatchObject([{ path: 'paper' }]);
    expect(expectOk(await give('DIC/2026/119'))).toMatchObject({ publish: ['picture'], paper: 'DIC/2026/119' });
  });

  it('No one else reads or changes it, and an unknown producer has none.', async () => {
    const body = { publish: [] };
    for (const [role, scope] of [
      ['producer', 'producer:P0043'],
      ['depot', 'location:PBE-D1'],
      ['officer', 'district:LKO'],
    ] as const) {
      const other = await book.as(role, scope);
      expect(outcomeOf(await other.setConsent({ path, body }))).toBe('403 FORBIDDEN');
      expect(outcomeOf(await other.getReadiness({ path }))).toBe('403 FORBIDDEN');
      expect(outcomeOf(await other.getEntry({ path: entry }))).toMatch(/^40[34] /);
    }
    const unknown = { producer: 'P9999' };
    expect(outcomeOf(await book.admin.setConsent({ path: unknown, body }))).toBe('422 PRODUCER_UNKNOWN');
    expect(outcomeOf(await book.admin.getReadiness({ path: unknown }))).toBe('422 PRODUCER_UNKNOWN');
  });
});

describe('Papers of a producer', () => {
  beforeAll(async () => {
    const officer = await book.as('officer', 'district:PBT');
    expectOk(await officer.putEntry({ path: { kind: 'registrations', id: 'P0042' }, body: held, ifMatch: 1 }));
    const body = { name: 'Rani', nameHi: 'रानी', district: 'PBT', craft: 'Flute', cluster: 'PBT-FLUTE' };
    expectOk(await officer.putEntry({ path: { kind: 'producers', id: 'P0043' }, body }));
  });

  it('The producer reads what is there, how it was checked and what it opens.', async () => {
    const maker = await book.as('producer', 'producer:P0042');
    const readiness = expectOk(await maker.getReadiness({ path }));
    expect(readiness.held).toEqual(held);
    expect(readiness.papers).toContainEqual({ paper: 'pan', state: 'checked by form' });
    expect(readiness.doors.filter(({ open }) => open).map(({ door }) => door)).toEqual(['margin-money', 'mudra']);
    const market = readiness.doors.find(({ door }) => door === 'marketplaces');
    expect(market?.lacks).toEqual([['gstin', 'enrolment']]);
  });

  it('They are kept by the district, only of a producer of the registry, and no other officer lists them.', async () => {
    const [own, other] = [await book.as('officer', 'district:PBT'), await book.as('officer', 'district:LKO')];
    const put = (id: string, by = own) => by.putEntry({ path: { kind: 'registrations', id }, body: held });
    expect(outcomeOf(await put('P9999'))).toBe('422 REFERENCE_UNKNOWN');
    expect(outcomeOf(await put('P0042', other))).toBe('403 FORBIDDEN');
    const listed = async (by = own) =>
      expectOk(await by.listEntries({ path: { kind: 'registrations' } })).entries.map(({ id }) => id);
    expect([await listed(), await listed(other)]).toEqual([['P0042'], []]);
    const file = 'id,udyam,pan,bankIfsc,bankLast4\nP0043,,AAAPL1234D,,\n';
    expectOk(await own.importEntries({ path: { kind: 'registrations' }, body: file }));
  });

  it('Officers count producers and their papers by district and cluster.', async () => {
    const officer = await book.as('officer', 'district:PBT');
    const { counts } = expectOk(await officer.getReadinessCounts({ query: { area: 'PBT' } }));
    const row = (cluster: string | undefined) => counts.find((one) => one.cluster === cluster);
    const holders = (cluster?: string) => row(cluster)?.papers.find(({ paper }) => paper === 'pan')?.holders;
    expect([row('PBT-FLUTE')?.producers, holders('PBT-FLUTE')]).toEqual([1, 1]);
    expect([row(undefined)?.producers, holders()]).toEqual([1, 1]);
    const opened = (cluster?: string) => row(cluster)?.doors.find(({ door }) => door === 'mudra')?.ready;
    expect([opened('PBT-FLUTE'), opened()]).toEqual([0, 1]);
  });
});

it('A producer and its cluster are of one district, also after the producer moves to another.', async () => {
  const maker = { name: 'Rani', nameHi: 'रानी', district: 'PBT', craft: 'Flute', cluster: 'PBT-FLUTE' };
  const put = (body: object, ifMatch?: number) =>
    book.admin.putEntry({
      path: { kind: 'producers', id: 'P0871' },
      body: body as never,
      ...(ifMatch && { ifMatch }),
    });
  const elsewhere = {
    ok: false,
    status: 400,
    problem: {
      code: 'INVALID_REQUEST',
      fields: [{ path: 'cluster', problem: 'PBT-FLUTE is a cluster of district PBT, not of LKO' }],
    },
  };
  expect(await put({ ...maker, district: 'LKO' })).toMatchObject(elsewhere);
  const { version } = expectOk(await put(maker));
  expect(await put({ ...maker, district: 'LKO' }, version)).toMatchObject(elsewhere);
  const { cluster: _left, ...alone } = maker;
  expectOk(await put({ ...alone, district: 'LKO' }, version));
});
