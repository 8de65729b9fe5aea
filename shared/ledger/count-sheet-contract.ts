import * as z from 'zod';
import { FreeText } from '../kernel/claim-fields.ts';
import { ItemId, StockLocationId } from '../kernel/ids.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';
import {
  type AccessRule,
  BooleanParameter,
  defineOperation,
  defineReadOperation,
  ReplyFormat,
  wantsCsv,
} from '../platform/operation-contract.ts';
import { CountSheetRow, cellsOfSheetRow, SHEET_COLUMNS, SheetVoucher } from './count-sheet.ts';

const access: AccessRule<{ location: StockLocationId }, unknown> = {
  roles: ['outlet', 'depot', 'officer', 'admin'],
  target: ({ path: { location } }) => ({ kind: 'location', location }),
};

const path = z.strictObject({ location: StockLocationId });

export const getCountSheet = defineReadOperation({
  id: 'getCountSheet',
  function: 'stock',
  route: '/locations/{location}/count-sheet',
  summary:
    "An empty count sheet: the items of a location's sellers, and what else is on hand, without those that are discontinued and out of stock. With format=csv or Accept: text/csv, a file to fill in and send to readCountSheet. With ledger=true, it shows the ledger's quantity; without, the count is blind.",
  access,
  path,
  query: z.strictObject({ ledger: BooleanParameter.optional(), format: ReplyFormat.optional() }),
  reply: z.strictObject({ location: StockLocationId, items: z.array(CountSheetRow) }),
  csv: {
    asked: ({ format }, accept) => wantsCsv(format, accept),
    table: ({ items }, { ledger }) => ({
      columns: SHEET_COLUMNS.empty.filter((column) => ledger || column !== 'in_ledger'),
      named: true,
      rows: items.map(cellsOfSheetRow),
      cursor: undefined,
    }),
    example:
      'item,barcode,name,nameHi,place,quantity,unit\r\nLKO-KURTA-M,,"Chikan kurta, M","चिकन कुर्ता, एम",,,piece\r\n',
  },
  errors: ['NOT_FOUND'],
  example: {
    path: { location: 'LKO-01' },
    reply: {
      location: 'LKO-01',
      items: [{ item: 'LKO-KURTA-M', name: 'Chikan kurta, M', nameHi: 'चिकन कुर्ता, एम', unit: 'piece' }],
    },
  },
});

export const readCountSheet = defineOperation({
  id: 'readCountSheet',
  function: 'stock',
  method: 'POST',
  route: '/locations/{location}/count-sheet',
  summary:
    'Read a filled count sheet, or opening stock, from CSV in UTF-8. Nothing is written: the answer is the vouchers, one per seller and 40 lines, for a terminal of that seller to number, sign and record. All faults are named at once. An item is named by item (its id), barcode, or name in English or Hindi. quantity is 7, 2.5 kg or २.५ किग्रा; a number alone is in the unit of the column unit, else in base units. A line without quantity was not counted: write 0 for nothing. One item in several places is added up, each place with its own name. The same file gives the same vouchers: sent under the same numbers they are repeats, under others a count or opening is refused (COUNTED_TWICE). opening=true makes receipts with opening: true, with cost_rupees of the whole line and, at a depot, lot; an item that is in the ledger here is refused. Lines that this file opened already are named in recorded: after a lost link send it again and record the rest.',
  access,
  path,
  query: z
    .strictObject({ count: FreeText.optional(), opening: BooleanParameter.optional() })
    .refine(({ count, opening = false }) => opening === (count === undefined), {
      path: ['count'],
      error: 'name the count, such as 22 November 2026, or say opening=true',
    }),
  body: z.string(),
  consumes: 'text/csv',
  ifMatch: false,
  reply: z.strictObject({
    location: StockLocationId,
    vouchers: z.array(SheetVoucher),
    notCounted: z.int().min(0),
    recorded: z.array(z.strictObject({ item: ItemId, voucher: VoucherNumber })).optional(),
  }),
  statuses: [200],
  errors: ['BODY_TOO_LARGE', 'IMPORT_REFUSED', 'NOT_FOUND'],
  example: {
    path: { location: 'LKO-01' },
    query: { count: '22 November 2026' },
    body: 'name,place,quantity\n"Chikan kurta, M",shelf,7\n"Chikan kurta, M",box,3\n',
    reply: {
      location: 'LKO-01',
      vouchers: [
        {
          seller: 'LKO1',
          claim: {
            kind: 'C',
            count: '22 November 2026',
            blind: true,
            lines: [{ item: 'LKO-KURTA-M', quantity: 10 }],
          },
        },
      ],
      notCounted: 0,
    },
  },
});
