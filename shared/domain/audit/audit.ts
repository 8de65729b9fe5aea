import { auditBack } from './back.ts';
import type { Drift } from './drift.ts';
import { auditOnHand } from './on-hand.ts';
import type { Reading } from './reading.ts';
import { auditFree, auditIssued } from './reserved.ts';
import { auditInbound, auditTransfers } from './transfers.ts';

/** All in which a location's book and its vouchers do not say the same. */
export const auditOf = (reading: Reading): Drift[] => [
  ...reading.faulty.map(({ number, what }): Drift => ({ kind: 'voucher', what, vouchers: [number] })),
  ...auditOnHand(reading),
  ...auditFree(reading),
  ...auditIssued(reading),
  ...auditBack(reading),
  ...auditInbound(reading),
  ...auditTransfers(reading),
];
