import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LineTax } from '../../shared/kernel/tax.ts';
import { partsOf } from '../../shared/kernel/voucher-number.ts';
import type { Voucher } from '../../shared/ledger/voucher.ts';
import { documentCounts, gstr1UploadOf, reportedDocuments, userDescriptionOf } from '../../shared/reports/gstr1.ts';
import { notesToAmend } from '../../shared/reports/gstr1-documents.ts';
import { splitUpload } from '../../shared/reports/gstr1-files.ts';
import { Gstr1Upload } from '../../shared/reports/gstr1-upload.ts';
import {
  type Buyer,
  cancelled,
  GOODS,
  type Good,
  GSTIN,
  returnOf,
  rowsOf,
  type SoldLine,
  saleOf,
  seller,
  serial,
  undoOf,
  uploadOf,
} from '../kit/gst-book.ts';

describe('One file by hand', () => {
  const [one, two] = ['2026-10-02', '2026-10-09'];
  const first = saleOf(serial('S', one, 1), [
    { good: 'KURTA', quantity: 2, amount: 210_000 },
    { good: 'GHEE', quantity: 1_250, amount: 112_000 },
  ]);
  const second = saleOf(serial('S', one, 3), [
    { good: 'GOWN', quantity: 1, amount: 354_000 },
    { good: 'BANGLE', quantity: 4, amount: 48_000 },
  ]);
  const back = returnOf(serial('V', two, 1), first, [{ line: 1, quantity: 1 }], new Map());
  const bangles = returnOf(serial('V', two, 2), second, [{ line: 2, quantity: 1 }], new Map());
  const upload = uploadOf([
    first,
    cancelled(serial('S', one, 2)),
    second,
    back,
    bangles,
    undoOf(serial('V', two, 3), bangles),
  ]);

  it('Table 7 nets returns by rate, and table 8 has goods of rate 0.', () => {
    const intra = { sply_ty: 'INTRA', typ: 'OE', pos: '09', csamt: 0 };
    expect(upload.b2cs).toEqual([
      { ...intra, rt: 5, txval: 1000, camt: 25, samt: 25 },
      { ...intra, rt: 12, txval: 1000, camt: 60, samt: 60 },
      { ...intra, rt: 18, txval: 3000, camt: 270, samt: 270 },
    ]);
    expect(upload.nil).toEqual({ inv: [{ sply_ty: 'INTRAB2C', expt_amt: 0, nil_amt: 480, ngsup_amt: 0 }] });
  });

  it('Table 12 keeps two rates of one HSN apart, all digits, and kilograms of grams.', () => {
    const none = { iamt: 0, csamt: 0 };
    const ghee = { hsn_sc: '04059020', user_desc: 'GHEE', uqc: 'KGS' };
    // The first by id of this HSN.
    const gown = { hsn_sc: '62114290', user_desc: 'GOWN', uqc: 'PCS' };
    expect(upload.hsn).toEqual({
      hsn_b2c: [
        { ...ghee, num: 1, qty: 1.25, rt: 12, txval: 1000, samt: 60, camt: 60, ...none },
        { ...gown, num: 2, qty: 1, rt: 5, txval: 1000, samt: 25, camt: 25, ...none },
        { ...gown, num: 3, qty: 1, rt: 18, txval: 3000, samt: 270, camt: 270, ...none },
        {
          num: 4,
          hsn_sc: '7018',
          user_desc: 'Glass bangles set/12',
          uqc: 'PRS',
          qty: 4,
          rt: 0,
          txval: 480,
          samt: 0,
          camt: 0,
          ...none,
        },
      ],
    });
  });

  it('Table 13 counts cancelled bills, and credit notes without their reversals.', () => {
    expect(upload.doc_issue).toEqual({
      doc_det: [
        {
          doc_num: 1,
          doc_typ: 'Invoices for outward supply',
          docs: [{ num: 1, from: '7KQ2MS2610020001', to: '7KQ2MS2610020003', totnum: 3, cancel: 1, net_issue: 2 }],
        },
        {
          doc_num: 5,
          doc_typ: 'Credit Note',
          docs: [{ num: 1, from: '7KQ2MV2610090001', to: '7KQ2MV2610090002', totnum: 2, cancel: 0, net_issue: 2 }],
        },
      ],
    });
  });

  it('Members and sections are in the order of the portal.', () => {
    expect(Object.keys(upload)).toEqual(['gstin', 'fp', 'version', 'hash', 'b2cs', 'nil', 'doc_issue', 'hsn']);
    expect(JSON.stringify(upload.b2cs?.[0])).toBe(
      '{"sply_ty":"INTRA","rt":5,"typ":"OE","pos":"09","txval":1000,"camt":25,"samt":25,"csamt":0}',
    );
  });

  it('A credit note after 30 November of the next year, and bills under composition, are in no table.', () => {
    const old = saleOf(serial('S', '2025-03-31', 1), [{ good: 'KURTA', quantity: 1, amount: 105_000 }]);
    const late = returnOf(serial('V', '2026-10-02', 1), old, [{ line: 1, quantity: 1 }], new Map());
    const plain = saleOf(serial('S', one, 2), [{ good: 'BANGLE', quantity: 1, amount: 100 }], {
      ...seller,
      registration: 'composition',
    });
    const { b2cs, nil, hsn } = uploadOf([old, late, plain]);
    expect([b2cs?.map(({ txval }) => txval), nil, hsn?.hsn_b2c?.length]).toEqual([[1000], undefined, 1]);
  });
});

describe('Table 13 of a seller with two GSTINs', () => {
  const OTHER = '09XXXZD0055X1Z7';
  const day = '2026-10-05';
  const sold: SoldLine[] = [{ good: 'KURTA', quantity: 1, amount: 105_000 }];
  const table13 = (book: readonly Voucher[], gstin: string, isOwnDay?: (day: string) => boolean) =>
    (uploadOf(book, gstin, isOwnDay).doc_issue?.doc_det ?? []).flatMap(({ docs }) =>
      docs.map(({ from, to, totnum, cancel }) => [from.slice(6), to.slice(6), totnum, cancel]),
    );

  it('A document is under the GSTIN that its bill sealed, whatever the registry says of the day.', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(GSTIN, OTHER, undefined), { maxLength: 12 }), fc.boolean(), (all, isOwn) => {
        const book = all.map((gstin, at) =>
          gstin ? saleOf(serial('S', day, at + 1), sold, { ...seller, gstin }) : cancelled(serial('S', day, at + 1)),
        );
        fc.pre(all.some((gstin) => gstin !== undefined));
        const days = rowsOf(book);
        const files = [GSTIN, OTHER].map((gstin) => ({ gstin, upload: uploadOf(book, gstin, () => isOwn) }));
        for (const { gstin, upload } of files) {
          const issued = all.filter((one) => one === gstin).length;
          expect(documentCounts({ days, gstin }, upload)).toEqual({ listed: issued, issued });
        }
        const rows = files.flatMap(({ upload }) => upload.doc_issue?.doc_det.flatMap(({ docs }) => docs) ?? []);
        expect(rows.reduce((sum, { totnum }) => sum + totnum, 0)).toBe(all.length);
      }),
    );
  });

  it('A cancelled number follows the one before it, or else after it, on its day and then in its month.', () => {
    const other = { ...seller, gstin: OTHER };
    const book = [
      cancelled(serial('S', '2026-10-04', 1)),
      cancelled(serial('S', day, 1)),
      saleOf(serial('S', day, 2), sold),
      cancelled(serial('S', day, 3)),
      saleOf(serial('S', day, 4), sold, other),
      cancelled(serial('S', day, 5)),
      cancelled(serial('S', '2026-10-06', 1)),
    ];
    expect(table13(book, GSTIN, () => false)).toEqual([['2610040001', '2610050003', 4, 3]]);
    expect(table13(book, OTHER, () => true)).toEqual([['2610050004', '2610060001', 3, 2]]);
  });

  it('A terminal with cancelled numbers only follows the registry.', () => {
    const book = [cancelled(serial('S', day, 1)), cancelled(serial('S', '2026-10-06', 1))];
    expect(table13(book, OTHER, (on) => on > day)).toEqual([['2610060001', '2610060001', 1, 1]]);
  });

  it('Rows closed before series had a GSTIN follow the registry of each day, and do not agree.', () => {
    const later = '2026-10-20';
    const book = [
      saleOf(serial('S', day, 1), sold),
      cancelled(serial('S', day, 2)),
      saleOf(serial('S', later, 1), sold, { ...seller, gstin: OTHER }),
    ];
    const rows = rowsOf(book).map(({ supplies, ...row }) => ({
      ...row,
      series: supplies.flatMap(({ series }) => series),
      supplies: supplies.map((group) => ({ ...group, issued: 0, series: [] })),
    }));
    const upload = gstr1UploadOf({
      gstin: GSTIN,
      period: '2026-10',
      days: rows,
      isOwnDay: (on) => on < later,
    });
    const { doc_issue, b2cs } = uploadOf(book);
    expect([upload.doc_issue, upload.b2cs]).toEqual([doc_issue, b2cs]);
    expect(documentCounts({ days: rows, gstin: GSTIN }, upload)).toEqual({ listed: 1, issued: 0 });
  });
});

describe('Bills that GSTR-1 lists by themselves', () => {
  const day = '2026-10-05';
  const [here, delhi] = ['09XXXZC0002X1ZL', '07AAGFF2194N1Z1'];
  const kurta = (amount: number, quantity = 1): SoldLine => ({ good: 'KURTA', quantity, amount });
  const local = saleOf(serial('S', day, 1), [kurta(105_000), { good: 'GOWN', quantity: 1, amount: 354_000 }], seller, {
    gstin: here,
  });
  const far = saleOf(serial('S', day, 2), [kurta(210_000, 2)], seller, { gstin: delhi }, '07');
  const large = saleOf(serial('S', day, 3), [kurta(10_500_000, 100)], seller, { state: '27' }, '27');
  const small = saleOf(serial('S', day, 4), [kurta(10_000_000, 100)], seller, { state: '27' }, '27');
  const note = (sale: Voucher, at: number, quantity = 1) =>
    returnOf(serial('V', '2026-10-06', at), sale, [{ line: 1, quantity }], new Map());
  const item = (num: number, detail: object) => ({ num, itm_det: detail });

  it('Tables 4, 5 and 9B are as by hand, inside the State and between States.', () => {
    const { b2b, b2cl, b2cs, cdnr, cdnur, hsn } = uploadOf([
      ...[local, far, large, small],
      ...[note(far, 1), note(large, 2, 10), note(small, 3, 100)],
    ]);
    expect(b2b).toEqual([
      {
        ctin: delhi,
        inv: [
          {
            inum: far.number,
            idt: '05-10-2026',
            val: 2100,
            pos: '07',
            rchrg: 'N',
            inv_typ: 'R',
            itms: [item(501, { txval: 2000, rt: 5, iamt: 100, csamt: 0 })],
          },
        ],
      },
      {
        ctin: here,
        inv: [
          {
            inum: local.number,
            idt: '05-10-2026',
            val: 4590,
            pos: '09',
            rchrg: 'N',
            inv_typ: 'R',
            itms: [
              item(501, { txval: 1000, rt: 5, camt: 25, samt: 25, csamt: 0 }),
              item(1801, { txval: 3000, rt: 18, camt: 270, samt: 270, csamt: 0 }),
            ],
          },
        ],
      },
    ]);
    expect(b2cl).toEqual([
      {
        pos: '27',
        inv: [
          {
            inum: large.number,
            idt: '05-10-2026',
            val: 105_000,
            itms: [item(501, { txval: 100_000, rt: 5, iamt: 5000 })],
          },
        ],
      },
    ]);
    expect(cdnr).toEqual([
      {
        ctin: delhi,
        nt: [
          {
            nt_num: '7KQ2MV2610060001',
            nt_dt: '06-10-2026',
            ntty: 'C',
            val: 1050,
            pos: '07',
            rchrg: 'N',
            inv_typ: 'R',
            itms: [item(501, { txval: 1000, rt: 5, iamt: 50, csamt: 0 })],
          },
        ],
      },
    ]);
    expect(cdnur).toEqual([
      {
        nt_num: '7KQ2MV2610060002',
        nt_dt: '06-10-2026',
        ntty: 'C',
        val: 10_500,
        typ: 'B2CL',
        pos: '27',
        itms: [item(501, { txval: 10_000, rt: 5, iamt: 500, csamt: 0 })],
      },
    ]);
    // ₹1,00,000 is not above the limit: table 7, and all of it came back.
    expect(b2cs).toBeUndefined();
    expect(hsn?.hsn_b2b?.map(({ qty, txval, iamt, camt }) => [qty, txval, iamt, camt])).toEqual([
      [2, 2000, 50, 25],
      [1, 3000, 0, 270],
    ]);
    expect(hsn?.hsn_b2c?.map(({ qty, txval, iamt }) => [qty, txval, iamt])).toEqual([[90, 90_000, 4500]]);
  });

  it('A reversed credit note of the month is in no table; one of an earlier month is to be amended.', () => {
    const taken = note(far, 1);
    const undone = undoOf(serial('V', '2026-10-07', 2), taken);
    const documents = (vouchers: readonly Voucher[]) => {
      const days = rowsOf([far, taken, undone]).filter(({ day: on }) =>
        vouchers.some(({ number }) => partsOf(number).day === on),
      );
      return reportedDocuments({ days, gstin: GSTIN });
    };
    expect(uploadOf([far, taken, undone]).cdnr).toBeUndefined();
    expect(notesToAmend(documents([far, taken, undone]))).toEqual([]);
    expect(notesToAmend(documents([undone]))).toEqual([taken.number]);
  });

  it('Goods of rate 0 for a registered buyer are in table 8.', () => {
    const free = saleOf(
      serial('S', day, 1),
      [{ good: 'BANGLE', quantity: 1, amount: 5_000 }],
      seller,
      { gstin: delhi },
      '07',
    );
    const { b2b, nil, hsn } = uploadOf([free]);
    expect([b2b, nil?.inv]).toEqual([undefined, [{ sply_ty: 'INTRB2B', expt_amt: 0, nil_amt: 50, ngsup_amt: 0 }]]);
    expect(hsn?.hsn_b2b?.map(({ hsn_sc }) => hsn_sc)).toEqual(['7018']);
  });
});

it('A large return is split into complete files, whose documents are each in one of them.', () => {
  const day = '2026-10-05';
  const buyers = ['09XXXZC0002X1ZL', '07AAGFF2194N1Z1'];
  const bills = Array.from({ length: 60 }, (_, at) => {
    const [gstin, place] = at % 3 === 0 ? [buyers[0], undefined] : [buyers[1], '07'];
    return saleOf(
      serial('S', day, at + 1),
      [{ good: 'KURTA', quantity: 1, amount: 105_000 }],
      seller,
      { gstin: gstin ?? '' },
      place,
    );
  });
  const notes = bills
    .slice(1)
    .map((bill, at) => returnOf(serial('V', day, at + 1), bill, [{ line: 1, quantity: 1 }], new Map()));
  const whole = uploadOf([...bills, ...notes]);
  const files = splitUpload(whole, 4_000);
  expect(files.length).toBeGreaterThan(3);
  for (const file of files) expect(JSON.stringify(Gstr1Upload.parse(file)).length).toBeLessThan(4_400);
  const numbers = (all: readonly Gstr1Upload[]) =>
    all
      .flatMap(({ b2b = [], cdnr = [] }) => [
        ...b2b.flatMap(({ ctin, inv }) => inv.map(({ inum }) => `${ctin} ${inum}`)),
        ...cdnr.flatMap(({ ctin, nt }) => nt.map(({ nt_num }) => `${ctin} ${nt_num}`)),
      ])
      .toSorted();
  expect(numbers(files)).toEqual(numbers([whole]));
  expect(files.map(({ hsn, doc_issue }) => [hsn, doc_issue].filter(Boolean).length)).toEqual([
    2,
    ...files.slice(1).map(() => 0),
  ]);
  expect(splitUpload(whole)).toEqual([whole]);
});

describe('GSTR-1 is the sum of the vouchers', () => {
  const line = fc.record({
    good: fc.constantFrom(...(Object.keys(GOODS) as Good[])),
    quantity: fc.integer({ min: 1, max: 5_000 }),
    amount: fc.integer({ min: 0, max: 10_000_000 }),
  });
  const traded = fc.array(
    fc.record({
      day: fc.integer({ min: 1, max: 31 }),
      lines: fc.array(line, { minLength: 1, maxLength: 5 }),
      isCancelled: fc.boolean(),
      to: fc.constantFrom<readonly [Buyer | undefined, string | undefined]>(
        [undefined, undefined],
        [{ gstin: '09XXXZC0002X1ZL' }, undefined],
        [{ gstin: '07AAGFF2194N1Z1' }, '07'],
        [{ state: '27' }, '27'],
      ),
      returned: fc.array(fc.record({ after: fc.integer({ min: 0, max: 3 }), part: fc.integer({ min: 1, max: 100 }) }), {
        maxLength: 3,
      }),
      isUndone: fc.boolean(),
    }),
    { maxLength: 12 },
  );

  const bookOf = (trades: typeof traded extends fc.Arbitrary<infer T> ? T : never): Voucher[] =>
    trades.flatMap(({ day, lines, isCancelled, returned, isUndone, to: [buyer, place] }, at) => {
      const on = (date: number) => `2026-10-${String(Math.min(31, date)).padStart(2, '0')}`;
      const number = serial('S', on(day), at + 1);
      if (isCancelled) return [cancelled(number)];
      const sale = saleOf(number, lines, seller, buyer, place);
      const back = new Map<number, number>();
      const notes = returned.flatMap(({ after, part }, nth) => {
        const parts = lines.flatMap(({ quantity }, index) => {
          const left = quantity - (back.get(index + 1) ?? 0);
          const some = Math.ceil((left * part) / 100);
          return some > 0 ? [{ line: index + 1, quantity: some }] : [];
        });
        return parts.length > 0 ? [returnOf(serial('V', on(day + after), at * 10 + nth + 1), sale, parts, back)] : [];
      });
      const last = notes.at(-1);
      const undone = last && isUndone ? [undoOf(serial('V', partsOf(last.number).day, at * 10 + 9), last)] : [];
      return [sale, ...notes, ...undone];
    });

  type Item = { readonly itm_det: { txval: number; rt: number; camt?: number | undefined; iamt?: number | undefined } };

  const paise = (rupees: number): number => Math.round(rupees * 100);
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

  /** Straight from the outcomes, by another way than the tables. */
  const signedTaxes = (book: readonly Voucher[]): (LineTax & { sign: number })[] =>
    book.flatMap(({ claim, outcome }) => {
      const tax = 'tax' in outcome ? (outcome.tax ?? []) : [];
      const sign = !('of' in claim) ? 1 : partsOf(claim.of).kind === 'V' ? 1 : -1;
      return tax.map((one) => ({ ...one, sign }));
    });

  it('Each rate, each HSN and each document is there once, to the paisa.', () => {
    fc.assert(
      fc.property(traded, (trades) => {
        const book = bookOf(trades);
        const upload = uploadOf(book);
        const taxes = signedTaxes(book);
        const { b2b = [], b2cl = [], cdnr = [], cdnur = [], b2cs = [], hsn = {} } = upload;
        const itemsOf = (all: readonly { readonly itms: readonly Item[] }[]) => all.flatMap(({ itms }) => itms);
        const bills = itemsOf([...b2b, ...b2cl].flatMap(({ inv }) => [...inv] as { itms: Item[] }[]));
        const notes = itemsOf([...cdnr.flatMap(({ nt }) => nt), ...cdnur]);
        const flat = [
          ...b2cs.map((one) => ({ ...one, sign: 1 })),
          ...bills.map(({ itm_det }) => ({ ...itm_det, sign: 1 })),
          ...notes.map(({ itm_det }) => ({ ...itm_det, sign: -1 })),
        ];
        const table12 = [...(hsn.hsn_b2b ?? []), ...(hsn.hsn_b2c ?? [])];
        for (const rate of [0, 500, 1200, 1800]) {
          const ours = taxes.filter(({ gstBasisPoints }) => gstBasisPoints === rate);
          const total = (figure: 'taxable' | 'cgst' | 'igst') => sum(ours.map((one) => one.sign * (one[figure] ?? 0)));
          const listed = flat.filter(({ rt }) => rt * 100 === rate);
          const nil = rate === 0 ? (upload.nil?.inv ?? []).map(({ nil_amt }) => paise(nil_amt)) : [];
          expect(sum([...nil, ...listed.map(({ sign, txval }) => sign * paise(txval))])).toBe(total('taxable'));
          expect(sum(listed.map(({ sign, camt = 0 }) => sign * paise(camt)))).toBe(total('cgst'));
          expect(sum(listed.map(({ sign, iamt = 0 }) => sign * paise(iamt)))).toBe(total('igst'));
          const summed = table12.filter(({ rt }) => rt * 100 === rate);
          expect(sum(summed.map(({ txval }) => paise(txval)))).toBe(total('taxable'));
          expect(sum(summed.map(({ samt }) => paise(samt)))).toBe(total('cgst'));
          expect(sum(summed.map(({ iamt }) => paise(iamt)))).toBe(total('igst'));
        }
        const counted = (doc: number, key: 'totnum' | 'cancel') =>
          sum(
            (upload.doc_issue?.doc_det.filter(({ doc_num }) => doc_num === doc) ?? []).flatMap(({ docs }) =>
              docs.map((one) => one[key]),
            ),
          );
        const isNote = ({ claim }: Voucher) => 'of' in claim && partsOf(claim.of).kind === 'S';
        expect(counted(1, 'totnum')).toBe(trades.length);
        expect(counted(1, 'cancel')).toBe(trades.filter(({ isCancelled }) => isCancelled).length);
        expect(counted(5, 'totnum')).toBe(book.filter(isNote).length);
      }),
    );
  });
});

it('The portal takes 30 characters of a description, and of a small set.', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (name) => {
      expect(userDescriptionOf(name)).toMatch(/^[ A-Za-z0-9_@./&-]{0,30}$/);
    }),
  );
  expect(userDescriptionOf('  Chikan kurta – size M, hand-made in Lucknow ')).toBe('Chikan kurta size M hand-made');
  expect(userDescriptionOf('चिकन')).toBe('');
});
