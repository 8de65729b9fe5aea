import { afterAll, beforeAll, expect, it } from 'vitest';
import { EditableKind } from '../../shared/registry/registry-kinds.ts';
import { type Book, expectOk, openBook } from '../kit/book.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { hasSpreadsheet, throughSpreadsheet } from '../kit/spreadsheet.ts';
import { ask } from '../kit/wire.ts';

checkAnswersAgainstContract();

let book: Book;
let token: string;
beforeAll(async () => {
  book = await openBook();
  token = await book.bahi.issuer.token({ role: 'admin', scope: ['state'] });
  const put = async (kind: EditableKind, id: string, more: object, of: string) => {
    const { entry } = expectOk(await book.admin.getEntry({ path: { kind, id: of } }));
    expectOk(await book.admin.putEntry({ path: { kind, id }, body: { ...entry, ...more } }));
  };
  const price = { price: 12_350, mrp: 150_000, gstBasisPoints: 250, floor: 5 };
  await put(
    'items',
    'LKO-HARD-1',
    {
      name: '=2+2',
      hsn: '0904',
      keypad: '007',
      barcode: '8901234567890',
      aliases: ['1/2', '10:30', 'TRUE'],
      prices: [{ from: '2026-04-01T06:30:00.000Z', ...price }],
      reorderPoint: 0,
      uqc: 'SET',
      prePacked: true,
      makerName: '3 May 2026',
      gi: { application: '119', user: 'AU/37/GI/119' },
      largestQuantity: 12_000_000,
    },
    'LKO-ZARI-1',
  );
  await put(
    'items',
    'LKO-HARD-2',
    { name: '1,250', makerName: "'quoted'", barcode: '01234565', status: 'discontinued' },
    'LKO-ZARI-1',
  );
  await put('outlets', 'LKO-77', { name: '5E3', lines: ['1-2', 'Lucknow–Varanasi'], quantityFactor: 1.5 }, 'LKO-01');
  await put(
    'outlets',
    'LKO-78',
    { name: '+91 98', largestAmount: 1_250_050, status: 'closed', statusFrom: '2027-01-01' },
    'LKO-01',
  );
  await put('sellers', 'LKO9', { address: '12/3', pinCode: '226003', fssai: '12345678901234' }, 'LKO1');
  await put('staff', 'S900', { name: '00123', phone: '+919800000001' }, 'S002');
  await put('festivals', 'HOLI-2027', { from: '2027-03-08', to: '2027-03-22', factor: 0.75 }, 'DIWALI-2025');
});
afterAll(() => book.close());

const download = async (kind: EditableKind) => {
  const response = await ask(book, `/registry/${kind}`, { token, headers: { accept: 'text/csv' } });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/csv']);
  return response.text();
};
const importOutcomes = async (kind: EditableKind, body: string) => {
  const { lines } = expectOk(await book.admin.importEntries({ path: { kind }, body }));
  expect(lines.length).toBeGreaterThan(0);
  return new Set(lines.map((line) => line.did));
};

it.each(EditableKind.options)('What is downloaded of %s imports as it is, and changes nothing.', async (kind) => {
  expect(await importOutcomes(kind, await download(kind))).toEqual(new Set(['unchanged']));
});

it.runIf(hasSpreadsheet).each(EditableKind.options)(
  'What is downloaded of %s, opened and saved by LibreOffice, changes nothing.',
  { tags: 'long' },
  async (kind) => {
    const file = await download(kind);
    const saved = await throughSpreadsheet(file);
    expect(saved.split('\n').length).toBe(file.split('\n').length);
    expect(await importOutcomes(kind, saved)).toEqual(new Set(['unchanged']));
  },
);
