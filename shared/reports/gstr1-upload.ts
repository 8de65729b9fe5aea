import * as z from 'zod';
import { GstStateCode, SellerGstin } from '../kernel/gstin.ts';
import { Uqc } from '../registry/item.ts';

/** The GST portal's file (offline tool V3.2.4). Rupees with at most two decimals. */
const amount = z.number();
const rate = z.number().min(0).max(40);

const localTaxes = { camt: amount.optional(), samt: amount.optional() };

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

const DocumentNumber = z.string().regex(/^[a-zA-Z0-9\-/]{1,16}$/);

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
  b2cs: z.array(B2csRecord).min(1).optional(),
  nil: z.strictObject({ inv: z.array(NilRecord).min(1) }).optional(),
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
