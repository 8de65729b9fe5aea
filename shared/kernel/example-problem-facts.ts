import type { ItemId, LocationId } from './ids.ts';
import type { RefusalFacts } from './refusal.ts';
import type { Instant } from './time.ts';

const fields = [{ path: 'lines.0.item', problem: 'what is wrong with it' }];
const aboveBound = { path: 'lines.0.quantity', problem: 'what is wrong with it', value: 500, bound: 200 };
const item = 'LKO-KURTA-M' as ItemId;
const instant = '2026-11-22T05:00:00.000Z' as Instant;

/** Examples for the docs. */
export const EXAMPLE_PROBLEM_FACTS: RefusalFacts = {
  INVALID_REQUEST: { fields },
  NUMBER_MISMATCH: { fields },
  NUMBER_LEAPS: { next: '7KQ2MS2611220008' },
  ITEM_UNKNOWN: { fields },
  ITEM_OF_ANOTHER_SELLER: { fields },
  QUANTITY_NOT_WHOLE: { fields },
  LOT_WRONG: { fields },
  ITEM_NOT_PRICED: { fields },
  PRICE_ABOVE_MRP: { fields },
  STAFF_UNKNOWN: { fields: [{ path: 'by', problem: 'S009 is not in the registry, and is not staff of LKO-01' }] },
  UNIT_NEEDED: { fields },
  IMPLAUSIBLE: { fields: [aboveBound] },
  APPROVAL_NEEDED: { fields: [aboveBound], held: '7KQ2MA2611220001-0a1b2c3d4e5f' },
  PRICE_BELOW_FLOOR: {
    fields: [{ path: 'lines.0.unitPrice', problem: '850 paise each, below the floor price of 42500 paise each' }],
  },
  REFERENCE_UNKNOWN: { fields },
  ENTRY_FIXED: { fields },
  IMPORT_REFUSED: { fields: [{ path: 'line 3, district', problem: 'districts has no XYZ' }] },
  REQUEST_STATE: { state: 'cancelled' },
  RESERVED_EXCEEDED: { fields },
  ENTITLEMENT_EXCEEDED: { over: [{ item, wanted: 60_000, left: 20_000 }] },
  NOT_A_MATERIAL: { fields },
  TERMINAL_REVOKED: { revokedAt: instant, earlier: false },
  CLOCK_OFF: { serverTime: instant, offBySeconds: -540 },
  PAYMENT_MISMATCH: { due: 179_800, paid: 170_000 },
  EXCHANGE_NOT_COVERED: { basket: 'B-7', wanted: 89_900, left: 30_000 },
  INSUFFICIENT_STOCK: { short: [{ item, wanted: 9, free: 3 }] },
  VERSION_MISMATCH: { version: 4 },
  PIN_WRONG: { triesLeft: 4 },
  PIN_LOCKED: { until: instant },
  CODE_WRONG: { triesLeft: 4 },
  SECOND_PERSON_NEEDED: { share: 20, confirmed: 30, byIssuer: 6 },
  HELD_STATE: { state: 'rejected' },
  TRANSFER_CLOSED: { receipt: '7KQ2MR2611220003' },
  SOLD_ELSEWHERE: { location: 'LKO-02' as LocationId },
  COUNTED_TWICE: { fields },
  TRANSFER_EXCEEDED: { fields },
  NOT_ADDRESSEE: { from: 'LKO-02', to: 'LKO-01' },
  RETURN_EXCEEDED: { fields },
  TRANSFER_REQUEST_CHANGED: { asked: [{ item, sent: 4, asked: 2 }] },
};
