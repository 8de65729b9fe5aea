import { beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../shared/api/client.ts';
import { expectOk, useBook } from '../kit/book.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { K, recordDaysOfTrade } from '../kit/days-of-trade.ts';
import { workOff } from '../kit/jobs.ts';
import { outcomeOf } from '../kit/wire.ts';

checkAnswersAgainstContract();
const book = useBook();
let traded: Awaited<ReturnType<typeof recordDaysOfTrade>>;
let officer: Client;

const query = { seller: 'LKO1', period: '2026-11' };
let unsummed: { readonly upload: object; readonly documents: object; readonly agrees: boolean };

describe('GSTR-1 of a month', () => {
  it('It is what a hand-made return is, and agrees with the closes of the state.', async () => {
    const reply = expectOk(await officer.getGstr1({ query }));
    const [first, second] = reply.upload.doc_issue?.doc_det[0]?.docs.toSorted((a, b) => b.totnum - a.totnum) ?? [];
    expect(reply.upload).toEqual({
      gstin: '09XXXZB0001X1ZN',
      fp: '112026',
      version: 'GST3.2.4',
      hash: 'hash',
      // Bills of ₹200, ₹200, ₹200 and ₹100 less ₹100 returned, each with 5 % in it.
      b2cs: [{ sply_ty: 'INTRA', rt: 5, typ: 'OE', pos: '09', txval: 571.44, camt: 14.28, samt: 14.28, csamt: 0 }],
      doc_issue: {
        doc_det: [
          { doc_num: 1, doc_typ: 'Invoices for outward supply', docs: expect.any(Array) },
          {
            doc_num: 5,
            doc_typ: 'Credit Note',
            docs: [expect.objectContaining({ totnum: 1, cancel: 0, net_issue: 1 })],
          },
        ],
      },
      hsn: {
        hsn_b2c: [
          {
            num: 1,
            hsn_sc: '6211',
            user_desc: 'KURTA of LKO1',
            uqc: 'PCS',
            qty: 6,
            rt: 5,
            txval: 571.44,
            iamt: 0,
            samt: 14.28,
            camt: 14.28,
            csamt: 0,
          },
        ],
      },
    });
    expect([first, second]).toEqual([
      expect.objectContaining({ from: expect.stringMatching(/S261118/), totnum: 3, cancel: 0, net_issue: 3 }),
      expect.objectContaining({ from: `${traded.silent}S2611180002`, totnum: 1 }),
    ]);
    expect(reply).toMatchObject({ agrees: true, differences: [], incomplete: { numbers: [], many: 0 } });
    expect(reply.missing).toEqual({ numbers: [`${traded.silent}S2611180001`], many: 1 });
    expect(reply.fileName).toBe('returns_1122026_R1_09XXXZB0001X1ZN_offline.json');
    expect(reply.changed).toBeUndefined();
  });

  it('Before any night has summed its days, the month is the same, and does not agree yet.', async () => {
    const { upload, documents, agrees } = expectOk(await officer.getGstr1({ query }));
    expect(unsummed).toMatchObject({ upload, documents, agrees: false });
    expect(agrees).toBe(true);
  });

  it('A new name or HSN code of an item that was sold changes nothing in the file.', async () => {
    const before = expectOk(await officer.getGstr1({ query })).upload;
    const admin = await book.as('admin', 'state');
    for (const item of [K(1), K(2), K(3), K(4)]) {
      const path = { kind: 'items', id: item } as const;
      const { entry, version } = expectOk(await admin.getEntry({ path }));
      const body = { ...entry, name: 'Renamed', uqc: 'SET' as const };
      expectOk(await admin.putEntry({ path, body, ifMatch: version }));
    }
    expect(expectOk(await officer.getGstr1({ query })).upload).toEqual(before);
  });

  it('A late voucher of the month shows as a changed day, and in a higher edition.', async () => {
    const before = expectOk(await officer.getGstr1({ query }));
    await traded.bringLate();
    book.clock.forward(60);
    // Closed again and not summed yet: the report reads that day's rows.
    await workOff('close-day', 'LKO-01');
    expect(expectOk(await officer.getGstr1({ query })).upload.b2cs?.[0]?.txval).toBe(666.68);
    await closeMonth();
    const after = expectOk(await officer.getGstr1({ query: { ...query, since: before.madeAt } }));
    expect(after.upload.b2cs?.[0]?.txval).toBe(666.68);
    expect(after.closes.editions).toBeGreaterThan(before.closes.editions);
    expect(after.changed).toEqual({
      days: [{ location: 'LKO-01', day: '2026-11-29', edition: 2, closedAt: book.clock.now() }],
      many: 1,
    });
    expect(after.agrees).toBe(true);
  });

  it('A summed day that closed again is read from its closes until it is summed again.', async () => {
    await traded.bringLate(2);
    book.clock.forward(60);
    await workOff('close-day', 'LKO-01');
    const { upload, agrees, documents } = expectOk(await officer.getGstr1({ query }));
    expect(upload.b2cs?.[0]?.txval).toBe(761.92);
    expect(documents).toEqual({ listed: 7, issued: 7 });
    expect(agrees).toBe(false);
    await closeMonth();
    const summed = expectOk(await officer.getGstr1({ query }));
    expect(summed).toMatchObject({ upload, agrees: true, differences: [] });
  });

  it('A seller without supplies files what has no sections.', async () => {
    expectOk(
      await book.as('admin', 'state').then((admin) =>
        admin.putEntry({
          path: { kind: 'sellers', id: 'NEW1' },
          body: { name: 'New', registration: 'regular', gstin: '09XXXZD0055X1Z7', district: 'LKO' },
        }),
      ),
    );
    const { upload } = expectOk(await officer.getGstr1({ query: { ...query, seller: 'NEW1' } }));
    expect(Object.keys(upload)).toEqual(['gstin', 'fp', 'version', 'hash']);
  });
});

describe('What GSTR-1 refuses', () => {
  const refusal = async (change: Partial<typeof query> & { gstin?: string }, by = officer) =>
    outcomeOf(await by.getGstr1({ query: { ...query, ...change } }));

  it('A period that is open, a seller without GSTR-1, and a seller that does not exist have clear errors.', async () => {
    expect(await refusal({ period: '2026-12' })).toBe('409 PERIOD_OPEN');
    expect(await refusal({ period: '2027-01' })).toBe('409 PERIOD_OPEN');
    expect(await refusal({ seller: 'LKO2' })).toBe('422 SELLER_NOT_REGULAR');
    expect(await refusal({ seller: 'NOBODY' })).toBe('404 NOT_FOUND');
    expect(await refusal({ gstin: '09XXXZD0055X1Z7' })).toBe('422 SELLER_NOT_REGULAR');
    expect(await refusal({ period: '112026' })).toBe('400 INVALID_REQUEST');
    expect(outcomeOf(await officer.getGstr1({ query: { ...query, file: '2' } }))).toBe('400 INVALID_REQUEST');
  });

  it('A seller is out of reach for the officer of another district.', async () => {
    expect(await refusal({}, await book.as('officer', 'district:PBT'))).toBe('403 FORBIDDEN');
    expect(await refusal({ seller: 'PBT1' }, await book.as('officer', 'district:PBT'))).toBe('422 SELLER_NOT_REGULAR');
    expect(await refusal({}, await book.as('outlet', 'location:LKO-01'))).toBe('403 FORBIDDEN');
  });
});

const closeMonth = async () => {
  for (const stall of ['LKO-01', 'LKO-02', 'PBE-01']) await workOff('close-day', stall);
  for (const area of ['LKO', 'PBT', 'state']) await workOff('sum-days', area);
};

beforeAll(async () => {
  traded = await recordDaysOfTrade(book, async () => {
    const now = book.clock.now();
    book.clock.set('2026-12-01T05:00:00Z');
    officer = await book.as('officer', 'district:LKO');
    unsummed = expectOk(await officer.getGstr1({ query }));
    book.clock.set(now);
  });
  book.clock.set('2026-12-01T05:00:00Z');
  await closeMonth();
});
