import { expect, it } from 'vitest';
import { Challan } from '../../shared/billing/challan.ts';
import { getChallan } from '../../shared/billing/challan-contract.ts';
import { challanDocumentOf } from '../../shared/billing/challan-document.ts';
import { ewayBillOf, whyNoEwayBill } from '../../shared/billing/eway-bill.ts';
import { Gstin } from '../../shared/kernel/gstin.ts';
import { isRefusal } from '../../shared/kernel/refusal.ts';

const example = Challan.parse(getChallan.example.reply);

type Sent = readonly (readonly [rate: number | undefined, taxable: number])[];

const challanOf = (sent: Sent, registration: Challan['seller']['registration'] = 'regular'): Challan => {
  const [line] = example.lines;
  const { gstin, ...seller } = example.seller;
  return Challan.parse({
    ...example,
    seller: { ...seller, registration, ...(registration !== 'unregistered' && { gstin }) },
    lines: sent.map(([gstBasisPoints, taxable], at) => {
      const { gstBasisPoints: _, ...rest } = line ?? {};
      return { ...rest, line: at + 1, taxable, ...(gstBasisPoints !== undefined && { gstBasisPoints }) };
    }),
    taxable: sent.reduce((sum, [, taxable]) => sum + taxable, 0),
  });
};

// Worked by hand from rule 138 of the CGST Rules. The last column is the source.
it.each([
  [[[500, 5_000_001]], 'regular', undefined, 'rule 138(1): above ₹50,000'],
  [[[500, 5_000_000]], 'regular', '138(1)', 'rule 138(1): exceeding ₹50,000, so not at it'],
  [[[undefined, 5_000_001]], 'regular', undefined, 'goods of unknown rate count as taxable'],
  [[[0, 9_000_000]], 'regular', '138(14)(e)', 'rule 138(14)(e): goods of the nil list'],
  [
    [
      [0, 9_000_000],
      [500, 4_000_000],
    ],
    'regular',
    '138(1)',
    'Explanation 2: exempt goods do not count',
  ],
  [
    [
      [0, 100],
      [500, 5_000_001],
    ],
    'regular',
    undefined,
    'Explanation 2: the taxable part is above ₹50,000',
  ],
  [[[500, 5_000_001]], 'composition', undefined, 'rule 138(1): every registered person'],
  [[[500, 9_000_000]], 'unregistered', 'not registered', 'rule 138(1): every registered person'],
] as const)('Goods %j of a %s seller: %s (%s).', (sent, registration, reason, _source) => {
  const challan = challanOf(sent, registration);
  const found = whyNoEwayBill(challan);
  if (reason === undefined) expect(found).toBeUndefined();
  else expect(found).toContain(reason);
  const hasWarning = challanDocumentOf(challan, 'en').warnings.length > 0;
  expect(hasWarning).toBe(reason === undefined);
});

it('A seller without a GSTIN gets no file even if asked, since the portal takes none.', () => {
  const transport = { distance: '8', vehicle: 'UP32AB1234' };
  const result = ewayBillOf(challanOf([[500, 9_000_000]], 'unregistered'), transport, true);
  expect(isRefusal(result) && result.refused).toBe('EWAY_BILL_NOT_NEEDED');
  expect(isRefusal(ewayBillOf(challanOf([[0, 9_000_000]]), transport, true))).toBe(false);
});

it('A transporter enters the vehicle, so none is needed.', () => {
  const bill = ewayBillOf(challanOf([[500, 9_000_000]]), {
    distance: '8',
    transporter: Gstin.parse('09XXXZB0001X1ZN'),
  });
  expect(isRefusal(bill) ? bill : bill.billLists[0]).toMatchObject({ transporterId: '09XXXZB0001X1ZN', vehicleNo: '' });
});
