import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { expect, it } from 'vitest';
import { Voucher } from '../../shared/ledger/voucher.ts';
import { toVoucher, toVoucherItem } from '../../shared/ledger/voucher-item.ts';

const said = { occurredAt: '2026-11-22T05:00:00Z', by: 'S001', previous: null };
const lots = [
  [
    { lot: 'SIL-1', quantity: 30_000 },
    { lot: 'SIL-2', quantity: 10_000 },
  ],
  [{ lot: 'T/7', quantity: 5 }],
];

const CLAIMS = {
  'a receipt of lots': {
    claim: {
      kind: 'R',
      ...said,
      from: { supplier: 'Barak Bamboo' },
      document: 'Bill 7',
      lines: [
        { item: 'PBT-BAMBOO', quantity: '8.5 kg', lot: 'SIL-1', invoiced: '10 kg', cost: 90_000, origin: 'Silchar' },
        { item: 'PBT-THREAD', quantity: 5, unitCost: 3, lot: 'T/7' },
        { item: 'PBT-CORK', quantity: 5, lot: 'C1', origin: 'Bareilly' },
      ],
    },
    outcome: { quantities: [8_500, 5, 5], lost: [1_500, null, null] },
  },
  'an adjustment of lots': {
    claim: {
      kind: 'A',
      ...said,
      reason: 'damaged',
      lines: [
        { item: 'PBT-BAMBOO', quantity: '40 kg' },
        { item: 'PBT-THREAD', quantity: 5, lot: 'T/7' },
      ],
    },
    outcome: { quantities: [40_000, 5], lots },
  },
  'a sale to a buyer of another State': {
    claim: {
      kind: 'S',
      ...said,
      payments: [{ tender: 'cash', amount: 10_500 }],
      lines: [{ item: 'PBT-FLUTE-C', quantity: 1, unitPrice: 10_500 }],
      buyer: { state: '07' },
    },
    outcome: {
      total: 10_500,
      placeOfSupply: '07',
      tax: [{ gstBasisPoints: 500, taxable: 10_000, cgst: 0, sgst: 0, igst: 500 }],
    },
  },
  'a sale with what its bill shows': {
    claim: {
      kind: 'S',
      ...said,
      payments: [{ tender: 'cash', amount: 10_750 }],
      lines: [
        { item: 'PBT-BAMBOO', quantity: '2.5 kg', unitPrice: 4_000, reason: 'wet' },
        { item: 'PBT-FLUTE-C', quantity: 1, unitPrice: 1_000, discount: 250 },
      ],
    },
    outcome: {
      total: 10_750,
      quantities: [2_500, 1],
      tax: [
        { gstBasisPoints: 500, taxable: 9_524, cgst: 238, sgst: 238 },
        { gstBasisPoints: 0, taxable: 750, cgst: 0, sgst: 0 },
      ],
      billFacts: {
        seller: { name: 'Samiti', registration: 'regular', gstin: '09XXXZB0001X1ZN', pinCode: '262001' },
        lines: [
          { name: 'Bamboo', nameHi: 'बाँस', hsn: '1401', uqc: 'KGS', per: 'kg' },
          { name: 'Flute', nameHi: 'बाँसुरी', hsn: '9205', uqc: 'PCS' },
        ],
      },
    },
  },
  'a dispatch with what its challan shows': {
    claim: {
      kind: 'D',
      ...said,
      to: 'PBE-D2',
      lines: [
        { item: 'PBT-BAMBOO', quantity: '2.5 kg', lot: 'SIL-1', unitCost: 4 },
        { item: 'PBT-FLUTE-C', quantity: 1 },
      ],
    },
    outcome: {
      quantities: [2_500, 1],
      lots,
      challanFacts: {
        seller: { name: 'Depot', registration: 'unregistered' },
        from: { name: 'Depot 1', nameHi: 'डिपो 1', address: 'Station Road', pinCode: '262001' },
        to: { name: 'Depot 2' },
        lines: [
          { name: 'Bamboo', nameHi: 'बाँस', hsn: '1401', uqc: 'KGS', gstBasisPoints: 500, taxable: 10_000 },
          { name: 'Flute', nameHi: 'बाँसुरी', hsn: '9205', uqc: 'PCS', taxable: 1_000 },
        ],
      },
    },
  },
  'a dispatch from before challans': {
    claim: { kind: 'D', ...said, to: 'PBE-D2', lines: [{ item: 'PBT-FLUTE-C', quantity: 1 }] },
    outcome: {},
  },
  'a sale from before bills': {
    claim: {
      kind: 'S',
      ...said,
      payments: [{ tender: 'cash', amount: 750 }],
      lines: [{ item: 'PBT-FLUTE-C', quantity: 1, unitPrice: 1_000, discount: 250 }],
    },
    outcome: { total: 750, tax: [{ gstBasisPoints: 0, taxable: 750, cgst: 0, sgst: 0 }] },
  },
  'an issue': {
    claim: {
      kind: 'I',
      ...said,
      request: '7KQ2MQ2611210001',
      lines: [
        { item: 'PBT-BAMBOO', quantity: '40 kg' },
        { item: 'PBT-THREAD', quantity: 5, lot: 'T/7' },
      ],
    },
    outcome: { quantities: [40_000, 5], lots, producer: 'P0042', season: '2026-27' },
  },
};

it.each(Object.entries(CLAIMS))('%s comes back from the ledger as it was stored.', (_what, { claim, outcome }) => {
  const voucher = Voucher.parse({
    number: `7KQ2M${claim.kind}2611220001`,
    location: 'PBE-D1',
    seller: 'UPDEPOT',
    claim,
    outcome,
    admission: { way: 'live', goodsInHand: false },
    recordedAt: '2026-11-22T05:00:01Z',
    enteredBy: 'pbe-depot',
  });
  const stored = unmarshall(marshall(toVoucherItem(voucher, 'us'), { removeUndefinedValues: true }));
  expect(toVoucher(stored)).toEqual(voucher);
});

it('Only an issue is in a passbook, by season and time.', () => {
  const passbooks = Object.values(CLAIMS).map(({ claim, outcome }) => {
    const number = `7KQ2M${claim.kind}2611220001`;
    const rest = { location: 'PBE-D1', seller: 'UPDEPOT', recordedAt: '2026-11-22T05:00:01Z', enteredBy: 'x' };
    const { producer, drawnAt } = toVoucherItem(
      Voucher.parse({ number, claim, outcome, admission: { way: 'live', goodsInHand: false }, ...rest }),
      'us',
    );
    return [producer, drawnAt];
  });
  expect(passbooks).toEqual([
    ...Array.from({ length: 7 }, () => [undefined, undefined]),
    ['P0042', '2026-27#2026-11-22T05:00:00.000Z#7KQ2MI2611220001'],
  ]);
});
