import * as z from 'zod';
import { type Role, targetOf } from '../kernel/access.ts';
import { DistrictId, isProducer, LocationId, StockLocationId } from '../kernel/ids.ts';
import { partsOf, VoucherNumber } from '../kernel/voucher-number.ts';
import { type AccessRule, defineOperation, defineReadOperation, EmptyObject } from '../platform/operation-contract.ts';
import { exampleProof } from '../registry/terminal-key.ts';
import { Customer, CustomerPhone } from './customer.ts';
import { RecordedVoucher, Voucher } from './voucher.ts';
import { cancelledClaim, deviceFields } from './voucher-kind.ts';
import { isLedgerKind, type KindRecord, LEDGER_KINDS, mayRecordKind, VOUCHER_KINDS } from './voucher-kinds.ts';

const records: readonly KindRecord[] = Object.values(VOUCHER_KINDS);

/** zod needs at least one option; the table of kinds is never empty. */
const options = <Option>(all: readonly Option[]) => all as readonly [Option, ...Option[]];

export const LiveVoucher = z.union([
  z.discriminatedUnion('kind', options(records.map(({ body }) => body))),
  z.discriminatedUnion('kind', options(LEDGER_KINDS.map((code) => cancelledClaim(code).extend(deviceFields)))),
]);
export type LiveVoucher = z.infer<typeof LiveVoucher>;

export const exampleVoucher = {
  number: '7KQ2MS2611220001',
  location: 'LKO-01',
  seller: 'LKO1',
  claim: VOUCHER_KINDS.S.example,
  admission: { way: 'live', goodsInHand: false },
  outcome: { total: 179800, tax: [{ gstBasisPoints: 500, taxable: 171238, cgst: 4281, sgst: 4281 }] },
  recordedAt: '2026-11-22T05:00:01.000Z',
  enteredBy: 'lko-01-phone',
};

export const LedgerNumber = VoucherNumber.refine(
  (number) => isLedgerKind(partsOf(number).kind),
  'a Q is a request: see requests',
);

/** A workshop's day book holds its producer's dispatches. */
const voucherPath = z.strictObject({ location: LocationId, number: LedgerNumber });

export const recordVoucher = defineOperation({
  id: 'recordVoucher',
  function: 'vouchers',
  method: 'PUT',
  route: '/locations/{location}/vouchers/{number}',
  summary:
    'Record one voucher, live, signed by its terminal. The same again gives the stored voucher; another claim under its number is a conflict. A producer records what is dispatched from their workshop.',
  access: {
    roles: ['outlet', 'depot', 'producer', 'admin'],
    permits: (role, { number, location }) => {
      const { kind } = partsOf(number);
      return isLedgerKind(kind) && mayRecordKind(kind, role, location);
    },
    target: ({ path: { location } }) => targetOf(location),
  },
  path: voucherPath,
  query: EmptyObject,
  body: LiveVoucher,
  consumes: 'application/json',
  ifMatch: false,
  reply: RecordedVoucher,
  statuses: [201, 200],
  errors: [
    'MALFORMED_JSON',
    'BODY_TOO_LARGE',
    'NUMBER_MISMATCH',
    'NUMBER_LEAPS',
    'CLOCK_OFF',
    'TERMINAL_UNKNOWN',
    'TERMINAL_ELSEWHERE',
    'TERMINAL_REVOKED',
    'TERMINAL_UNPROVEN',
    'TERMINAL_HANDED_OVER',
    'ITEM_UNKNOWN',
    'ENTRY_CLOSED',
    'ITEM_OF_ANOTHER_SELLER',
    'STAFF_UNKNOWN',
    'IMPLAUSIBLE',
    'SAME_TIME',
    'VOUCHER_CONFLICT',
    'HELD_STATE',
    ...new Set(Object.values(VOUCHER_KINDS).flatMap(({ errors }) => [...errors])),
  ],
  example: {
    path: { location: 'LKO-01', number: '7KQ2MS2611220001' },
    body: { ...VOUCHER_KINDS.S.example, proof: exampleProof },
    reply: exampleVoucher,
  },
});

export const getVoucher = defineReadOperation({
  id: 'getVoucher',
  function: 'vouchers',
  route: '/locations/{location}/vouchers/{number}',
  summary: 'Read one voucher by its number, written with or without spaces, in capitals or not.',
  access: {
    roles: ['outlet', 'depot', 'producer', 'officer', 'admin'],
    permits: (role, { location }) => role !== 'producer' || isProducer(location),
    target: ({ path: { location } }) => targetOf(location),
  },
  path: voucherPath,
  query: EmptyObject,
  reply: Voucher,
  errors: ['NOT_FOUND'],
  example: { path: { location: 'LKO-01', number: '7KQ2MS2611220001' }, reply: exampleVoucher },
});

const customerAccess = (roles: readonly Role[]): AccessRule<{ location: StockLocationId }, unknown> => ({
  roles,
  target: ({ path: { location } }) => targetOf(location),
});

const customerPath = z.strictObject({ location: StockLocationId, number: LedgerNumber });
const exampleCustomer = {
  location: 'LKO-01',
  number: '7KQ2MS2611220001',
  phone: '+919876543210',
  purpose: 'bill and returns',
  soldAt: '2026-11-22T05:00:00.000Z',
  until: '2026-12-22T05:00:00.000Z',
};

export const getCustomer = defineReadOperation({
  id: 'getCustomer',
  function: 'vouchers',
  route: '/locations/{location}/vouchers/{number}/customer',
  summary:
    "Read the phone of a sale's customer, to send the bill or to call about a return: for the stall that recorded the sale, while its holder is the same, for 30 days.",
  access: customerAccess(['outlet']),
  path: customerPath,
  query: EmptyObject,
  reply: Customer.extend({ location: StockLocationId, number: VoucherNumber }),
  errors: ['NOT_FOUND'],
  example: { path: { location: 'LKO-01', number: '7KQ2MS2611220001' }, reply: exampleCustomer },
});

export const eraseCustomer = defineOperation({
  id: 'eraseCustomer',
  function: 'vouchers',
  method: 'POST',
  route: '/locations/{location}/vouchers/{number}/customer/erase',
  summary:
    "Erase the phone of a sale's customer, whenever the customer asks. The voucher stays as it is. Said again, nothing changes.",
  access: customerAccess(['outlet', 'officer', 'admin']),
  path: customerPath,
  query: EmptyObject,
  body: EmptyObject,
  consumes: 'application/json',
  ifMatch: false,
  reply: z.strictObject({ location: StockLocationId, number: VoucherNumber, erased: z.literal(true) }),
  statuses: [200],
  errors: ['MALFORMED_JSON', 'BODY_TOO_LARGE'],
  example: {
    path: { location: 'LKO-01', number: '7KQ2MS2611220001' },
    body: {},
    reply: { location: 'LKO-01', number: '7KQ2MS2611220001', erased: true },
  },
});

export const eraseCustomerPhone = defineOperation({
  id: 'eraseCustomerPhone',
  function: 'vouchers',
  method: 'POST',
  route: '/customers/erase',
  summary:
    "Erase a phone from all sales of a district or of the state, when a customer asks who does not know the bill's number. The vouchers stay as they are. `erased`: how many sales had it; said again, 0.",
  access: {
    roles: ['officer', 'admin'],
    target: ({ query: { area } }) => (area === 'state' ? { kind: 'state' } : { kind: 'district', district: area }),
  },
  path: EmptyObject,
  query: z.strictObject({ area: z.union([z.literal('state'), DistrictId]) }),
  // In the body, since URLs are logged.
  body: z.strictObject({ phone: CustomerPhone }),
  consumes: 'application/json',
  ifMatch: false,
  reply: z.strictObject({ area: z.union([z.literal('state'), DistrictId]), erased: z.int().min(0) }),
  statuses: [200],
  errors: ['MALFORMED_JSON', 'BODY_TOO_LARGE', 'NOT_FOUND'],
  example: {
    path: {},
    query: { area: 'LKO' },
    body: { phone: '+919876543210' },
    reply: { area: 'LKO', erased: 2 },
  },
});
