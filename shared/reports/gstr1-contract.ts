import * as z from 'zod';
import { SupplyFigures } from '../billing/supply-line.ts';
import { SellerGstin } from '../kernel/gstin.ts';
import { SellerId, StockLocationId } from '../kernel/ids.ts';
import { Day, Instant, QueryInstant } from '../kernel/time.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';
import { defineReadOperation, EmptyObject, portalObject } from '../platform/operation-contract.ts';
import { CloseDifference } from './gstr1-check.ts';
import { Gstr1Upload } from './gstr1-upload.ts';
import { Period } from './period.ts';

export const NumberList = z.strictObject({ numbers: z.array(VoucherNumber), many: z.int().min(0) });

const ChangedDay = z.strictObject({ location: StockLocationId, day: Day, edition: z.int().min(1), closedAt: Instant });

/** Money in paise outside `upload`. Lists have at most 100 entries; `many` counts all. */
const Gstr1 = z.strictObject({
  seller: SellerId,
  period: Period,
  gstin: SellerGstin,
  madeAt: Instant,
  fileName: z.string(),
  files: z.int().min(1),
  upload: portalObject(Gstr1Upload),
  closes: z.strictObject({ days: z.int().min(0), editions: z.int().min(0), latest: Instant.optional() }),
  agrees: z.boolean(),
  differences: z.array(CloseDifference),
  documents: z.strictObject({ listed: z.int().min(0), issued: z.int().min(0) }),
  unclosed: z.array(StockLocationId),
  missing: NumberList,
  incomplete: NumberList,
  amend: NumberList,
  unreported: SupplyFigures.omit({ quantity: true }),
  changed: z.strictObject({ days: z.array(ChangedDay), many: z.int().min(0) }).optional(),
});

const exampleUpload = {
  gstin: '09XXXZD0055X1Z7',
  fp: '102026',
  version: 'GST3.2.4',
  hash: 'hash',
  b2cs: [{ sply_ty: 'INTRA', rt: 5, typ: 'OE', pos: '09', txval: 1712.38, camt: 42.81, samt: 42.81, csamt: 0 }],
  doc_issue: {
    doc_det: [
      {
        doc_num: 1,
        doc_typ: 'Invoices for outward supply',
        docs: [{ num: 1, from: '7KQ2MS2610220001', to: '7KQ2MS2610220002', totnum: 2, cancel: 1, net_issue: 1 }],
      },
    ],
  },
  hsn: {
    hsn_b2c: [
      {
        num: 1,
        hsn_sc: '6211',
        user_desc: 'Chikan kurta M',
        uqc: 'PCS',
        qty: 2,
        rt: 5,
        txval: 1712.38,
        iamt: 0,
        samt: 42.81,
        camt: 42.81,
        csamt: 0,
      },
    ],
  },
};

export const getGstr1 = defineReadOperation({
  id: 'getGstr1',
  function: 'reports',
  route: '/reports/gstr1',
  summary:
    "Make a seller's GSTR-1 of a month that is over, from its day closes. `upload` is the file for the GST portal: save it under `fileName`. The reply says whether it agrees with the closes of the state, which numbers are missing, and, with `since`, which days were closed again since then. A file too large for the portal is split: ask for each of `files` with `file`.",
  access: { roles: ['officer', 'admin'], target: () => ({ kind: 'anything' }) },
  path: EmptyObject,
  query: z.strictObject({
    seller: SellerId,
    period: Period,
    /** The chosen GSTIN, if the seller had two in the month. */
    gstin: SellerGstin.optional(),
    since: QueryInstant.optional(),
    file: z
      .string()
      .regex(/^[1-9]\d?$/, 'a file is a number from 1')
      .transform(Number)
      .optional(),
  }),
  reply: Gstr1,
  errors: ['NOT_FOUND', 'PERIOD_OPEN', 'SELLER_NOT_REGULAR'],
  example: {
    path: {},
    query: { seller: 'LKO1', period: '2026-10' },
    reply: {
      seller: 'LKO1',
      period: '2026-10',
      gstin: '09XXXZD0055X1Z7',
      madeAt: '2026-11-08T05:00:00.000Z',
      fileName: 'returns_8112026_R1_09XXXZD0055X1Z7_offline.json',
      files: 1,
      upload: exampleUpload,
      closes: { days: 1, editions: 1, latest: '2026-10-22T19:00:04.000Z' },
      agrees: true,
      differences: [],
      documents: { listed: 1, issued: 1 },
      unclosed: [],
      missing: { numbers: [], many: 0 },
      incomplete: { numbers: [], many: 0 },
      amend: { numbers: [], many: 0 },
      unreported: { taxable: 0, cgst: 0, igst: 0 },
    },
  },
});
