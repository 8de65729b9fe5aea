import { isProducer } from '../kernel/ids.ts';
import type { Drift } from './drift.ts';
import type { LedgerReading } from './ledger-reading.ts';
import { reconcileOnHand } from './reconcile-on-hand.ts';
import { reconcileFree, reconcileIssued } from './reconcile-reservations.ts';
import { reconcileReturns } from './reconcile-returns.ts';
import { reconcileInbound, reconcileTransfers } from './reconcile-transfers.ts';

/** All in which a place's book and its vouchers do not say the same. A workshop keeps no stock. */
export const reconcileReading = (reading: LedgerReading): Drift[] => [
  ...reading.faultyVouchers.map(({ number, what }): Drift => ({ kind: 'voucher', what, vouchers: [number] })),
  ...(isProducer(reading.location) ? [] : reconcileStock(reading)),
  ...reconcileReturns(reading),
  ...reconcileTransfers(reading),
];

const reconcileStock = (reading: LedgerReading): Drift[] => [
  ...reconcileOnHand(reading),
  ...reconcileFree(reading),
  ...reconcileIssued(reading),
  ...reconcileInbound(reading),
];
