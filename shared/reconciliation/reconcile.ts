import { isProducer } from '../kernel/ids.ts';
import type { Drift } from './drift.ts';
import type { Reading } from './ledger-reading.ts';
import { auditOnHand } from './reconcile-on-hand.ts';
import { auditFree, auditIssued } from './reconcile-reservations.ts';
import { auditBack } from './reconcile-returns.ts';
import { auditInbound, auditTransfers } from './reconcile-transfers.ts';

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
