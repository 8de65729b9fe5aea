import { isProducer } from '../ids.ts';
import { auditBack } from './back.ts';
import type { Drift } from './drift.ts';
import { auditOnHand } from './on-hand.ts';
import type { Reading } from './reading.ts';
import { auditFree, auditIssued } from './reserved.ts';
import { auditInbound, auditTransfers } from './transfers.ts';

/** All in which a place's book and its vouchers do not say the same. A workshop keeps no stock. */
export const auditOf = (reading: Reading): Drift[] => [
  ...reading.faulty.map(({ number, what }): Drift => ({ kind: 'voucher', what, vouchers: [number] })),
  ...(isProducer(reading.location) ? [] : auditShelf(reading)),
  ...auditBack(reading),
  ...auditTransfers(reading),
];

const auditShelf = (reading: Reading): Drift[] => [
  ...auditOnHand(reading),
  ...auditFree(reading),
  ...auditIssued(reading),
  ...auditInbound(reading),
];
