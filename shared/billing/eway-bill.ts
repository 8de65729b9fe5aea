import * as z from 'zod';
import { Gstin, HOME_STATE } from '../kernel/gstin.ts';
import type { FieldProblem } from '../kernel/problems.ts';
import { type Paise, sumOf } from '../kernel/quantity.ts';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import { Day } from '../kernel/time.ts';
import { Name } from '../registry/entries.ts';
import { formatRupees } from './amount-in-words.ts';
import type { Challan, ChallanPlace } from './challan.ts';

/** How the goods travel. `document`: the railway receipt or lorry receipt. */
export const GoodsTransport = z.strictObject({
  mode: z.enum(['road', 'rail']).optional(),
  distance: z
    .string()
    .regex(/^([1-9]\d{0,2}|[1-3]\d{3})$/, 'a distance is 1 to 3,999 km')
    .optional(),
  vehicle: z
    .string()
    .regex(/^[A-Z]{2}[A-Z0-9]{5,13}$/, 'a vehicle number is 7 to 15 capitals and digits, such as UP32AB1234')
    .optional(),
  transporter: Gstin.optional(),
  transporterName: Name.optional(),
  document: z
    .string()
    .regex(/^[A-Za-z0-9/-]{1,15}$/, 'a transport document is at most 15 letters, digits, - or /')
    .optional(),
  documentDate: Day.optional(),
});
export type GoodsTransport = z.infer<typeof GoodsTransport>;

const Rupees = z.number();

const EwayBillItem = z.strictObject({
  itemNo: z.int(),
  productName: z.string(),
  productDesc: z.string(),
  hsnCode: z.int(),
  quantity: z.number(),
  qtyUnit: z.string(),
  taxableAmount: Rupees,
  sgstRate: z.number(),
  cgstRate: z.number(),
  igstRate: z.number(),
  cessRate: z.number(),
  cessNonAdvol: z.number(),
});

/** One e-way bill. Its field names are those of the portal's bulk upload, not of its API. */
export const EwayBill = z.strictObject({
  userGstin: z.string(),
  supplyType: z.literal('O'),
  subSupplyType: z.int(),
  subSupplyDesc: z.string(),
  docType: z.literal('CHL'),
  docNo: z.string(),
  docDate: z.string(),
  transType: z.int(),
  fromGstin: z.string(),
  fromTrdName: z.string(),
  fromAddr1: z.string(),
  fromAddr2: z.string(),
  fromPlace: z.string(),
  fromPincode: z.int(),
  fromStateCode: z.int(),
  actualFromStateCode: z.int(),
  toGstin: z.string(),
  toTrdName: z.string(),
  toAddr1: z.string(),
  toAddr2: z.string(),
  toPlace: z.string(),
  toPincode: z.int(),
  toStateCode: z.int(),
  actualToStateCode: z.int(),
  totalValue: Rupees,
  cgstValue: Rupees,
  sgstValue: Rupees,
  igstValue: Rupees,
  cessValue: Rupees,
  TotNonAdvolVal: Rupees,
  OthValue: Rupees,
  totInvValue: Rupees,
  transMode: z.int(),
  transDistance: z.int(),
  transporterName: z.string(),
  transporterId: z.string(),
  transDocNo: z.string(),
  transDocDate: z.string(),
  vehicleNo: z.string(),
  vehicleType: z.string(),
  mainHsnCode: z.int(),
  itemList: z.array(EwayBillItem),
});

export const EwayBillFile = z.strictObject({ version: z.literal('1.0.0621'), billLists: z.array(EwayBill) });
export type EwayBillFile = z.infer<typeof EwayBillFile>;

/** Rule 138(1): needed above it. */
const THRESHOLD = 5_000_000 as Paise;

/** Explanation 2 to rule 138(1): exempt goods do not count. */
const consignmentValueOf = ({ lines }: Challan): Paise =>
  sumOf(lines.filter(({ gstBasisPoints }) => gstBasisPoints !== 0).map(({ taxable }) => taxable)) as Paise;

/**
 * Why the law asks for no e-way bill, or undefined. The rule for handicrafts of any value is for
 * other States only, and both places are in Uttar Pradesh.
 */
export const whyNoEwayBill = (challan: Challan): string | undefined => {
  if (challan.seller.gstin === undefined) return 'The seller is not registered (rule 138(1)).';
  if (challan.lines.every(({ gstBasisPoints }) => gstBasisPoints === 0))
    return 'All goods are exempt (rule 138(14)(e)).';
  const value = consignmentValueOf(challan);
  if (value > THRESHOLD) return undefined;
  return `The taxable goods are worth ${formatRupees(value)}, at most ₹50,000 (rule 138(1)).`;
};

/** Codes of the portal: own use; regular; a normal vehicle. */
const [OWN_USE, REGULAR, NORMAL_VEHICLE] = [5, 1, 'R'] as const;
const MODES = { road: 1, rail: 2 } as const;

/** Kilometres that the portal allows within one PIN code. */
const MAX_WITHIN_PIN = 100;

/**
 * The file for the portal's bulk upload. Errors: DISPATCH_TAKEN_BACK, also for a part, since the
 * file would name goods that no longer travel; EWAY_BILL_NOT_NEEDED unless `voluntary` (rule
 * 138(3)), and always without a GSTIN; EWAY_BILL_INCOMPLETE with all that is missing.
 */
export const ewayBillOf = (challan: Challan, transport: GoodsTransport, voluntary = false): EwayBillFile | Refusal => {
  const { seller, number, from, to, lines } = challan;
  if (challan.takenBack) return refuse('DISPATCH_TAKEN_BACK', `Goods of ${number} were taken back.`);
  const reason = whyNoEwayBill(challan);
  const { gstin } = seller;
  if (gstin === undefined || (reason && !voluntary)) return refuse('EWAY_BILL_NOT_NEEDED', reason ?? '');
  const fields = missingOf(challan, transport);
  if (fields.length > 0) return refuse('EWAY_BILL_INCOMPLETE', `The e-way bill of ${number} lacks facts.`, { fields });
  const { mode = 'road', distance, vehicle, transporter, transporterName, document, documentDate } = transport;
  const total = rupeesOf(challan.taxable);
  const [sender, receiver] = [addressOf(from), addressOf(to)];
  return {
    version: '1.0.0621',
    billLists: [
      {
        userGstin: gstin,
        supplyType: 'O',
        subSupplyType: OWN_USE,
        subSupplyDesc: '',
        docType: 'CHL',
        docNo: number,
        docDate: dateOf(challan.day),
        transType: REGULAR,
        fromGstin: gstin,
        fromTrdName: seller.name.slice(0, MAX_NAME),
        fromAddr1: sender.line1,
        fromAddr2: sender.line2,
        fromPlace: sender.place,
        fromPincode: sender.pinCode,
        fromStateCode: STATE_CODE,
        actualFromStateCode: STATE_CODE,
        toGstin: gstin,
        toTrdName: seller.name.slice(0, MAX_NAME),
        toAddr1: receiver.line1,
        toAddr2: receiver.line2,
        toPlace: receiver.place,
        toPincode: receiver.pinCode,
        toStateCode: STATE_CODE,
        actualToStateCode: STATE_CODE,
        totalValue: total,
        cgstValue: 0,
        sgstValue: 0,
        igstValue: 0,
        cessValue: 0,
        TotNonAdvolVal: 0,
        OthValue: 0,
        totInvValue: total,
        transMode: MODES[mode],
        transDistance: Number(distance),
        transporterName: transporterName ?? '',
        transporterId: transporter ?? '',
        transDocNo: document ?? '',
        transDocDate: documentDate ? dateOf(documentDate) : '',
        vehicleNo: vehicle ?? '',
        vehicleType: vehicle ? NORMAL_VEHICLE : '',
        mainHsnCode: Number(lines.toSorted((one, other) => other.taxable - one.taxable)[0]?.hsn),
        itemList: lines.map(({ line, name, hsn, quantity, uqc, taxable }) => ({
          itemNo: line,
          productName: '',
          productDesc: name.slice(0, MAX_NAME),
          hsnCode: Number(hsn),
          quantity: Number(quantity),
          qtyUnit: uqc,
          taxableAmount: rupeesOf(taxable),
          sgstRate: 0,
          cgstRate: 0,
          igstRate: 0,
          cessRate: 0,
          cessNonAdvol: 0,
        })),
      },
    ],
  };
};

const rupeesOf = (paise: number): number => paise / 100;

const dateOf = (day: Day): string => day.split('-').toReversed().join('/');

const [MAX_NAME, MAX_ADDRESS, MAX_PLACE] = [100, 120, 50] as const;

const STATE_CODE = Number(HOME_STATE);

const addressOf = ({ name, address = '', pinCode }: ChallanPlace) => ({
  line1: address.slice(0, MAX_ADDRESS),
  line2: address.slice(MAX_ADDRESS),
  place: name.slice(0, MAX_PLACE),
  pinCode: Number(pinCode),
});

/** The facts that the registry and the query lack. A transporter may enter the vehicle later. */
const missingOf = ({ from, to, day }: Challan, transport: GoodsTransport): FieldProblem[] => {
  const { mode = 'road', distance, vehicle, transporter, document, documentDate } = transport;
  const fields: FieldProblem[] = [];
  for (const [side, { location, pinCode }] of Object.entries({ from, to }))
    if (!pinCode) fields.push({ path: `${side}.pinCode`, problem: `the registry has no PIN code of ${location}` });
  if (!distance) fields.push({ path: 'query.distance', problem: 'give the distance in km' });
  else if (from.pinCode === to.pinCode && Number(distance) > MAX_WITHIN_PIN)
    fields.push({ path: 'query.distance', problem: `within one PIN code it is at most ${MAX_WITHIN_PIN} km` });
  if (mode === 'road' && !vehicle && !transporter)
    fields.push({ path: 'query.vehicle', problem: 'give the vehicle, or the GSTIN of the transporter who enters it' });
  if (mode === 'rail' && !document) fields.push({ path: 'query.document', problem: 'give the railway receipt' });
  if (document && !documentDate) fields.push({ path: 'query.documentDate', problem: 'give the date of the document' });
  if (documentDate && documentDate < day)
    fields.push({ path: 'query.documentDate', problem: `is ${day}, the day of the challan, or later` });
  return fields;
};
