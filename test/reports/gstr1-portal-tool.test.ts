import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GST_STATES } from '../../shared/kernel/gstin.ts';
import type { LineTax } from '../../shared/kernel/tax.ts';
import { partsOf } from '../../shared/kernel/voucher-number.ts';
import { isCancelled, type Voucher } from '../../shared/ledger/voucher.ts';
import { cancelled, GSTIN, returnOf, saleOf, seller, serial, uploadOf } from '../kit/gst-book.ts';

/**
 * Compares our file with what an independent reconstruction of the portal's offline tool makes of
 * the same bills: github.com/onyb/gst, MPL-2.0. Build it (`cargo build --release`) and set GST_TOOL
 * to target/release/gst. None of it is in this project.
 */
const { GST_TOOL = '' } = process.env;

describe.runIf(GST_TOOL)('What an independent tool makes of the same bills', () => {
  it('b2b', () => {
    const rows = [
      ...ratesOf(far).map((rate) => [delhi, 'Sharma', far, '07', ...rate] as const),
      ...ratesOf(local).map((rate) => [here, 'Sharma', local, '09', ...rate] as const),
    ].map(([ctin, name, bill, pos, rate, taxable]) => [
      ...[ctin, name, bill.number, dateOf(bill), rupees(totalOf(bill)), stateOf(pos), 'N', ''],
      ...['Regular B2B', '', rate, rupees(taxable), ''],
    ]);
    const header =
      'GSTIN/UIN of Recipient,Receiver Name,Invoice Number,Invoice date,Invoice Value,Place Of Supply,Reverse Charge,Applicable % of Tax Rate,Invoice Type,E-Commerce GSTIN,Rate,Taxable Value,Cess Amount';
    expectSame(upload.b2b, generate('b2b', header, rows), 1);
  });

  it('b2cl', () => {
    const rows = ratesOf(large).map(([rate, taxable]) => [
      ...[large.number, dateOf(large), rupees(totalOf(large)), stateOf('27'), '', rate, rupees(taxable), '', ''],
    ]);
    const header =
      'Invoice Number,Invoice date,Invoice Value,Place Of Supply,Applicable % of Tax Rate,Rate,Taxable Value,Cess Amount,E-Commerce GSTIN';
    expectSame(upload.b2cl, generate('b2cl', header, rows), 1);
  });

  it('b2cs', () => {
    const rows = [5, 12].map((rate) => {
      const of = (voucher?: Voucher) => (voucher ? (new Map(ratesOf(voucher)).get(rate) ?? 0) : 0);
      return ['OE', stateOf('09'), rate, '', rupees(of(stranger) - of(notes[0])), '', ''];
    });
    const header = 'Type,Place Of Supply,Rate,Applicable % of Tax Rate,Taxable Value,Cess Amount,E-Commerce GSTIN';
    expectSame(upload.b2cs, generate('b2cs', header, rows), 2);
  });

  it('cdnr and cdnur', () => {
    const [, one, two, unregistered] = notes;
    if (!one || !two || !unregistered) throw new Error('three notes');
    const rows = [one, two].flatMap((note) =>
      ratesOf(note).map(([rate, taxable]) => [
        ...[delhi, 'Sharma', note.number, dateOf(note), 'C', stateOf('07'), 'N', 'Regular B2B'],
        ...[rupees(totalOf(note)), '', rate, rupees(taxable), ''],
      ]),
    );
    const header =
      'GSTIN/UIN of Recipient,Receiver Name,Note Number,Note Date,Note Type,Place Of Supply,Reverse Charge,Note Supply Type,Note Value,Applicable % of Tax Rate,Rate,Taxable Value,Cess Amount';
    expectSame(upload.cdnr, generate('cdnr', header, rows), 1);
    const large = ratesOf(unregistered).map(([rate, taxable]) => [
      ...['B2CL', unregistered.number, dateOf(unregistered), 'C', stateOf('27')],
      ...[rupees(totalOf(unregistered)), '', rate, rupees(taxable), ''],
    ]);
    const header2 =
      'UR Type,Note Number,Note Date,Note Type,Place Of Supply,Note Value,Applicable % of Tax Rate,Rate,Taxable Value,Cess Amount';
    expectSame(upload.cdnur, generate('cdnur', header2, large), 1);
  });

  it('nil', () => {
    const free = new Map(ratesOf(stranger)).get(0) ?? 0;
    const header = 'Description,Nil Rated Supplies,Exempted(other than nil rated/non GST supply),Non-GST Supplies';
    const rows = [['Intra-State supplies to unregistered persons', rupees(free), 0, 0]];
    expectSame(upload.nil?.inv, generate('nil', header, rows), 0);
  });

  it('doc_issue', () => {
    const vouchers = [stranger, local, far, large];
    const rows = [
      ['Invoices for outward supply', serial('S', day, 1), serial('S', day, 5), vouchers.length + 1, 1],
      ['Credit Note', serial('V', later, 1), serial('V', later, 4), notes.length, 0],
    ];
    const header = 'Nature of Document,Sr. No. From,Sr. No. To,Total Number,Cancelled';
    expectSame(upload.doc_issue?.doc_det, generate('doc_issue', header, rows), 0);
    expect([...vouchers, ...notes].some(({ claim }) => isCancelled(claim))).toBe(false);
  });

  it('hsn_b2c: the same, and the tool adds its own description', () => {
    const all = (upload.hsn?.hsn_b2c ?? []).map((one) => [
      ...[
        one.hsn_sc,
        one.user_desc ?? '',
        UQC_LABELS[one.uqc as keyof typeof UQC_LABELS],
        one.qty,
        0,
        one.rt,
        one.txval,
        one.iamt,
        one.camt,
        one.samt,
        0,
      ],
    ]);
    const header =
      'HSN,Description,UQC,Total Quantity,Total Value,Rate,Taxable Value,Integrated Tax Amount,Central Tax Amount,State/UT Tax Amount,Cess Amount';
    const theirs = generate('hsn(b2c)', header, all) as { desc?: string }[];
    expect(upload.hsn?.hsn_b2c).toEqual(theirs.map(({ desc: _desc, ...rest }) => rest));
  });
});

const generate = (section: string, header: string, rows: readonly (readonly (string | number)[])[]): unknown => {
  const folder = mkdtempSync(join(tmpdir(), 'gstr1-'));
  try {
    const file = join(folder, `${section}.csv`);
    writeFileSync(file, `${[header, ...rows.map((row) => row.join(','))].join('\n')}\n`);
    const options = ['--gstin', GSTIN, '--period', '102026', '--section', section, '-o', join(folder, 'out')];
    execFileSync(GST_TOOL, ['generate', file, ...options], { stdio: 'pipe' });
    const [made = ''] = readdirSync(join(folder, 'out'));
    return JSON.parse(readFileSync(join(folder, 'out', made), 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const dateOf = ({ number }: Voucher): string => {
  const [year = '', month = '', day = ''] = partsOf(number).day.split('-');
  return `${day}-${MONTHS[Number(month) - 1]}-${year.slice(2)}`;
};

const stateOf = (code: string): string => `${code}-${GST_STATES[code as keyof typeof GST_STATES].en}`;

const rupees = (paise: number): string => (paise / 100).toFixed(2);

const [day, later] = ['2026-10-05', '2026-10-21'];

const [here, delhi] = ['09XXXZC0002X1ZL', '07AAGFF2194N1Z1'];

const [kurta, gown, ghee, bangle] = (['KURTA', 'GOWN', 'GHEE', 'BANGLE'] as const).map(
  (good) => (quantity: number, amount: number) => ({ good, quantity, amount }),
) as [Line, Line, Line, Line];

type Line = (quantity: number, amount: number) => Parameters<typeof saleOf>[1][number];

const stranger = saleOf(serial('S', day, 1), [kurta(3, 312_345), ghee(1_255, 99_950), bangle(6, 24_600)]);

const local = saleOf(serial('S', day, 2), [kurta(1, 89_900), gown(2, 712_300)], seller, { gstin: here });

const far = saleOf(serial('S', day, 3), [kurta(7, 654_321)], seller, { gstin: delhi }, '07');

const large = saleOf(serial('S', day, 4), [kurta(90, 12_345_600)], seller, { state: '27' }, '27');

const back = new Map<number, number>();

const notes = [
  returnOf(serial('V', later, 1), stranger, [{ line: 1, quantity: 1 }], new Map()),
  returnOf(serial('V', later, 2), far, [{ line: 1, quantity: 2 }], back),
  returnOf(serial('V', later, 3), far, [{ line: 1, quantity: 3 }], back),
  returnOf(serial('V', later, 4), large, [{ line: 1, quantity: 10 }], new Map()),
];

const upload = uploadOf([stranger, local, far, large, cancelled(serial('S', day, 5)), ...notes]);

/** The tool computes taxes from the value; we state what was charged: within a paisa a bill. */
const withoutTaxes = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(withoutTaxes);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).flatMap(([key, value]) =>
      ['camt', 'samt', 'iamt'].includes(key) ? [] : [[key, withoutTaxes(value)]],
    ),
  );
};

const taxesIn = (node: unknown): number[] => {
  if (Array.isArray(node)) return node.flatMap(taxesIn);
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    ['camt', 'samt', 'iamt'].includes(key) ? [Number(value)] : taxesIn(value),
  );
};

const expectSame = (ours: unknown, theirs: unknown, paise: number) => {
  expect(withoutTaxes(ours)).toEqual(withoutTaxes(theirs));
  const [mine, other] = [taxesIn(ours), taxesIn(theirs)];
  expect(mine.length).toBe(other.length);
  for (const [at, tax] of mine.entries()) expect(Math.abs(tax - (other[at] ?? 0))).toBeLessThan((paise + 0.5) / 100);
};

const UQC_LABELS = { PCS: 'PCS-PIECES', KGS: 'KGS-KILOGRAMS', PRS: 'PRS-PAIRS' };

const ratesOf = ({ outcome }: Voucher): [rate: number, taxable: number][] => {
  const taxes: readonly LineTax[] = 'tax' in outcome ? (outcome.tax ?? []) : [];
  return [...Map.groupBy(taxes, ({ gstBasisPoints }) => gstBasisPoints)].map(([rate, same]) => [
    rate / 100,
    same.reduce((sum, { taxable }) => sum + taxable, 0),
  ]);
};

const totalOf = ({ outcome }: Voucher): number =>
  'total' in outcome ? outcome.total : 'refunded' in outcome ? Number(outcome.refunded) : 0;
