import * as z from 'zod';
import { BuyerGstin, GstStateCode, SellerGstin } from '../kernel/gstin.ts';
import { Uqc } from '../registry/item.ts';

/** The GST portal's file (offline tool V3.2.4). Rupees with at most two decimals. */
const amount = z.number();
const rate = z.number().min(0).max(40);

const localTaxes = { camt: amount.optional(), samt: amount.optional() };

const DocumentNumber = z.string().regex(/^[a-zA-Z0-9\-/]{1,16}$/);
const DocumentDate = z.string().regex(/^\d{2}-\d{2}-\d{4}$/);

/** One item for each rate. `num`: the rate in basis points, and 1. */
const Items = z
  .array(
    z.strictObject({
      num: z.int().min(1),
      itm_det: z.strictObject({
        txval: amount,
        rt: rate,
        ...localTaxes,
        iamt: amount.optional(),
        csamt: amount.optional(),
      }),
    }),
  )
  .min(1);

/** Not reverse charge; a regular supply. */
const registeredFields = { pos: GstStateCode, rchrg: z.literal('N'), inv_typ: z.literal('R'), itms: Items };

/** Table 4. */
const B2bRecord = z.strictObject({
  ctin: BuyerGstin,
  inv: z.array(z.strictObject({ inum: DocumentNumber, idt: DocumentDate, val: amount, ...registeredFields })).min(1),
});

/** Table 5. */
const B2clRecord = z.strictObject({
  pos: GstStateCode,
  inv: z.array(z.strictObject({ inum: DocumentNumber, idt: DocumentDate, val: amount, itms: Items })).min(1),
});

const noteFields = { nt_num: DocumentNumber, nt_dt: DocumentDate, ntty: z.literal('C'), val: amount };

/** Table 9B, registered buyers. */
const CdnrRecord = z.strictObject({
  ctin: BuyerGstin,
  nt: z.array(z.strictObject({ ...noteFields, ...registeredFields })).min(1),
});

/** Table 9B, notes against table 5. */
const CdnurRecord = z.strictObject({ ...noteFields, typ: z.literal('B2CL'), pos: GstStateCode, itms: Items });

/** Table 7. */
const B2csRecord = z.strictObject({
  sply_ty: z.enum(['INTRA', 'INTER']),
  rt: rate,
  typ: z.literal('OE'),
  pos: GstStateCode,
  txval: amount,
  ...localTaxes,
  iamt: amount.optional(),
  csamt: amount,
});

/** Table 8. `INTR` is inter-State, `INTRA` intra-State. */
const NilRecord = z.strictObject({
  sply_ty: z.enum(['INTRB2B', 'INTRAB2B', 'INTRB2C', 'INTRAB2C']),
  expt_amt: amount,
  nil_amt: amount,
  ngsup_amt: amount,
});

/** Table 12. */
const HsnRecord = z.strictObject({
  num: z.int().min(1),
  hsn_sc: z.string().regex(/^\d{4,8}$/),
  user_desc: z
    .string()
    .regex(/^[ A-Za-z0-9_@./&-]{1,30}$/)
    .optional(),
  uqc: Uqc,
  qty: amount,
  rt: rate,
  txval: amount,
  iamt: amount,
  samt: amount,
  camt: amount,
  csamt: amount,
});

/** Table 13. */
const DocumentRecord = z.strictObject({
  doc_num: z.int().min(1).max(12),
  doc_typ: z.string(),
  docs: z.array(
    z.strictObject({
      num: z.int().min(1),
      from: DocumentNumber,
      to: DocumentNumber,
      totnum: z.int().min(0),
      cancel: z.int().min(0),
      net_issue: z.int().min(0),
    }),
  ),
});

export const Gstr1Upload = z.strictObject({
  gstin: SellerGstin,
  fp: z.string().regex(/^(0[1-9]|1[0-2])20\d{2}$/),
  version: z.literal('GST3.2.4'),
  hash: z.literal('hash'),
  b2b: z.array(B2bRecord).min(1).optional(),
  b2cl: z.array(B2clRecord).min(1).optional(),
  b2cs: z.array(B2csRecord).min(1).optional(),
  nil: z.strictObject({ inv: z.array(NilRecord).min(1) }).optional(),
  cdnr: z.array(CdnrRecord).min(1).optional(),
  cdnur: z.array(CdnurRecord).min(1).optional(),
  doc_issue: z.strictObject({ doc_det: z.array(DocumentRecord).min(1) }).optional(),
  hsn: z
    .strictObject({
      hsn_b2b: z.array(HsnRecord).min(1).optional(),
      hsn_b2c: z.array(HsnRecord).min(1).optional(),
    })
    .optional(),
});
export type Gstr1Upload = z.infer<typeof Gstr1Upload>;

export type B2csRecord = z.infer<typeof B2csRecord>;
export type NilRecord = z.infer<typeof NilRecord>;
export type HsnRecord = z.infer<typeof HsnRecord>;
export type DocumentRecord = z.infer<typeof DocumentRecord>;
export type B2bRecord = z.infer<typeof B2bRecord>;
export type B2clRecord = z.infer<typeof B2clRecord>;
export type CdnrRecord = z.infer<typeof CdnrRecord>;
export type CdnurRecord = z.infer<typeof CdnurRecord>;
