import { beforeAll, expect, it } from 'vitest';
import type { Client } from '../../shared/api/client.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { recordDaysOfTrade } from '../kit/days-of-trade.ts';
import { workOff } from '../kit/jobs.ts';

checkAnswersAgainstContract();
const book = useBook();
const [OLD, NEW] = ['09XXXZB0001X1ZN', '09XXXZD0055X1Z7'];
const query = { seller: 'LKO1', period: '2026-11' };
const path = { kind: 'sellers' as const, id: 'LKO1' };
let officer: Client;
let admin: Client;
let traded: Awaited<ReturnType<typeof recordDaysOfTrade>>;

const OLD_FILE = { taxable: 571.44, bills: 4, notes: 1, agrees: true, documents: { listed: 5, issued: 5 } };

it('After a backdated change of GSTIN, table 13 lists the bills of the amounts.', async () => {
  expect(await fileOf(OLD)).toEqual(OLD_FILE);
  await register({ gstin: NEW, registeredFrom: '2026-11-19' });
  await traded.bringLate();
  book.clock.forward(60);
  await closeMonth();
  expect(await fileOf(OLD)).toEqual(OLD_FILE);
  const late = { taxable: 95.24, bills: 1, notes: 0, agrees: true, documents: { listed: 1, issued: 1 } };
  expect(await fileOf(NEW)).toEqual(late);
  expect(await officer.getGstr1({ query })).toMatchObject({
    status: 400,
    problem: { fields: [{ path: 'gstin', problem: `is one of ${OLD}, ${NEW}` }] },
  });
  await register({ registration: 'composition', registeredFrom: '2026-11-18' });
  expect(await fileOf(OLD)).toEqual(OLD_FILE);
  expect(await fileOf(NEW)).toEqual(late);
});

const closeMonth = async () => {
  for (const stall of ['LKO-01', 'LKO-02', 'PBE-01']) await workOff('close-day', stall);
  for (const area of ['LKO', 'PBT', 'state']) await workOff('sum-days', area);
};

const register = async (change: object) => {
  const { entry, version } = expectOk(await admin.getEntry({ path }));
  const body = { ...entry, ...change };
  expectOk(await admin.putEntry({ path, body, ...(version && { ifMatch: version }) }));
};

const fileOf = async (gstin: string) => {
  const { upload, agrees, documents } = expectOk(await officer.getGstr1({ query: { ...query, gstin } }));
  const [bills, notes] = [1, 5].map((kind) =>
    (upload.doc_issue?.doc_det ?? [])
      .filter(({ doc_num }) => doc_num === kind)
      .flatMap(({ docs }) => docs)
      .reduce((sum, { net_issue }) => sum + net_issue, 0),
  );
  return { taxable: upload.b2cs?.[0]?.txval, bills, notes, agrees, documents };
};

beforeAll(async () => {
  traded = await recordDaysOfTrade(book);
  book.clock.set('2026-12-01T05:00:00Z');
  officer = await book.as('officer', 'district:LKO');
  admin = await book.as('admin', 'state');
  await closeMonth();
});
