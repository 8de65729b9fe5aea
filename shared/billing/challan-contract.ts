import * as z from 'zod';
import { type Role, targetOf } from '../kernel/access.ts';
import { isProducer, LocationId } from '../kernel/ids.ts';
import { Language } from '../kernel/units.ts';
import { LedgerNumber } from '../ledger/voucher-contract.ts';
import { defineReadOperation, FileBytes, portalObject } from '../platform/operation-contract.ts';
import { exampleSeller } from './bill-contract.ts';
import { Challan } from './challan.ts';
import { EwayBill, EwayBillFile, GoodsTransport } from './eway-bill.ts';

const access = {
  roles: ['outlet', 'depot', 'producer', 'officer', 'admin'] as const,
  permits: (role: Role, { location }: { location: LocationId }) => role !== 'producer' || isProducer(location),
  target: ({ path: { location } }: { path: { location: LocationId } }) => targetOf(location),
};

const path = z.strictObject({ location: LocationId, number: LedgerNumber });
const examplePath = { location: 'LKO-01', number: '7KQ2MD2611220001' };
const stallAddress = { address: 'Stall 1, Lucknow Charbagh railway station', pinCode: '226001' };

export const getChallan = defineReadOperation({
  id: 'getChallan',
  function: 'bills',
  route: '/locations/{location}/vouchers/{number}/challan',
  summary:
    'Read the delivery challan of a dispatch, at its sender or its addressee: JSON, or with `Accept: text/html` a page of three copies to print, in Hindi unless `language` is en. Its facts are those of the day of the dispatch; `takenBack` names goods that the sender took back since.',
  access,
  path,
  query: z.strictObject({ language: Language.optional() }),
  reply: Challan,
  html: { example: '<!doctype html><html lang="hi">…</html>' },
  pdf: { suffix: '.pdf' },
  errors: ['NOT_FOUND', 'NO_CHALLAN', 'BILL_INCOMPLETE'],
  example: {
    path: examplePath,
    reply: {
      document: 'delivery-challan',
      number: '7KQ2MD2611220001',
      location: 'LKO-01',
      day: '2026-11-22',
      at: '2026-11-22T05:00:00.000Z',
      seller: exampleSeller,
      from: { location: 'LKO-01', name: 'Lucknow Charbagh, stall 1', ...stallAddress },
      to: { location: 'LKO-02', name: 'Lucknow Charbagh, stall 2', ...stallAddress },
      lines: [
        {
          line: 1,
          item: 'LKO-KURTA-M',
          name: 'Chikan kurta, M',
          nameHi: 'चिकन कुर्ता, एम',
          hsn: '6211',
          uqc: 'PCS',
          quantity: '6',
          gstBasisPoints: 500,
          taxable: 252_000,
        },
      ],
      taxable: 252_000,
      totalInWords: {
        en: 'Rupees two thousand five hundred twenty only',
        hi: 'दो हज़ार पाँच सौ बीस रुपये मात्र',
      },
    },
  },
});

export const getChallanPdf = defineReadOperation({
  id: 'getChallanPdf',
  function: 'documents',
  route: '/locations/{location}/vouchers/{number}/challan.pdf',
  summary:
    'Read the delivery challan of a dispatch as a PDF of three copies, marked for consignee, transporter and consignor. `getChallan` with `Accept: application/pdf` leads here.',
  access,
  path,
  query: getChallan.query,
  reply: FileBytes,
  binary: 'application/pdf',
  errors: getChallan.errors,
  example: { path: examplePath, reply: new Uint8Array() },
});

export const getEwayBill = defineReadOperation({
  id: 'getEwayBill',
  function: 'bills',
  route: '/locations/{location}/vouchers/{number}/eway-bill',
  summary:
    'Make the file for the bulk upload of the e-way bill portal, of a dispatch above ₹50,000. Below that, or of exempt goods, only with `voluntary=true`. The error lists all that the registry and the query lack.',
  access,
  path,
  query: GoodsTransport.extend({ voluntary: z.literal('true').optional() }),
  reply: EwayBillFile.extend({ billLists: z.array(portalObject(EwayBill)) }),
  errors: [
    'NOT_FOUND',
    'NO_CHALLAN',
    'BILL_INCOMPLETE',
    'DISPATCH_TAKEN_BACK',
    'EWAY_BILL_NOT_NEEDED',
    'EWAY_BILL_INCOMPLETE',
  ],
  example: {
    path: examplePath,
    query: { distance: '8', vehicle: 'UP32AB1234' },
    reply: {
      version: '1.0.0621',
      billLists: [
        {
          userGstin: '09XXXZD0055X1Z7',
          supplyType: 'O',
          subSupplyType: 5,
          subSupplyDesc: '',
          docType: 'CHL',
          docNo: '7KQ2MD2611220001',
          docDate: '22/11/2026',
          transType: 1,
          fromGstin: '09XXXZD0055X1Z7',
          fromTrdName: 'Lucknow Chikan Karigar Samiti',
          fromAddr1: stallAddress.address,
          fromAddr2: '',
          fromPlace: 'Lucknow Charbagh, stall 1',
          fromPincode: 226_001,
          fromStateCode: 9,
          actualFromStateCode: 9,
          toGstin: '09XXXZD0055X1Z7',
          toTrdName: 'Lucknow Chikan Karigar Samiti',
          toAddr1: stallAddress.address,
          toAddr2: '',
          toPlace: 'Lucknow Charbagh, stall 2',
          toPincode: 226_001,
          toStateCode: 9,
          actualToStateCode: 9,
          totalValue: 63_000,
          cgstValue: 0,
          sgstValue: 0,
          igstValue: 0,
          cessValue: 0,
          TotNonAdvolVal: 0,
          OthValue: 0,
          totInvValue: 63_000,
          transMode: 1,
          transDistance: 8,
          transporterName: '',
          transporterId: '',
          transDocNo: '',
          transDocDate: '',
          vehicleNo: 'UP32AB1234',
          vehicleType: 'R',
          mainHsnCode: 6211,
          itemList: [
            {
              itemNo: 1,
              productName: '',
              productDesc: 'Chikan kurta, M',
              hsnCode: 6211,
              quantity: 150,
              qtyUnit: 'PCS',
              taxableAmount: 63_000,
              sgstRate: 0,
              cgstRate: 0,
              igstRate: 0,
              cessRate: 0,
              cessNonAdvol: 0,
            },
          ],
        },
      ],
    },
  },
});
