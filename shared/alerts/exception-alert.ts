import * as z from 'zod';
import { LocationId, Place, ProducerId } from '../kernel/ids.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';
import { BasketId } from '../ledger/basket.ts';
import { HeldId } from '../ledger/held.ts';
import { UnmatchedFigures } from '../ledger/pending-returns.ts';
import { AlertLife } from './alert-state.ts';
import { told } from './changed-evidence.ts';
import {
  DriftFigures,
  ExchangeFigures,
  FailedFigures,
  HeldFigures,
  PinFigures,
  SilentFigures,
  StrangerFigures,
  TransferFigures,
  UnderpricedFigures,
  UnprovenFigures,
  WorkName,
} from './evidence.ts';
import { StaffDay } from './staff-day.ts';
import { TerminalDay } from './terminal-day.ts';

const matter = { ...AlertLife.shape, location: Place, sourceVersion: z.int().min(1) };

/**
 * An alert that is not about a stock row: one per location, type and what it is `about`. `sourceVersion` is that of what it came from, such as a
 * held voucher: what is older may not change it. `figures` are what a sentence about it can be told from.
 */
export const Matter = z.discriminatedUnion('type', [
  z.strictObject({ ...matter, type: z.literal('held'), about: HeldId, ...told(HeldFigures) }),
  z.strictObject({ ...matter, type: z.literal('unproven'), about: TerminalDay, ...told(UnprovenFigures) }),
  z.strictObject({ ...matter, type: z.literal('overdue'), about: VoucherNumber, ...told(TransferFigures) }),
  z.strictObject({ ...matter, type: z.literal('mismatch'), about: VoucherNumber, ...told(TransferFigures) }),
  z.strictObject({ ...matter, type: z.literal('silent'), about: LocationId, ...told(SilentFigures) }),
  z.strictObject({ ...matter, type: z.literal('drift'), about: Place, ...told(DriftFigures) }),
  z.strictObject({ ...matter, type: z.literal('unmatched'), about: VoucherNumber, ...told(UnmatchedFigures) }),
  z.strictObject({ ...matter, type: z.literal('exchange'), about: BasketId, ...told(ExchangeFigures) }),
  z.strictObject({ ...matter, type: z.literal('pin'), about: ProducerId, ...told(PinFigures) }),
  z.strictObject({ ...matter, type: z.literal('underpriced'), about: VoucherNumber, ...told(UnderpricedFigures) }),
  z.strictObject({ ...matter, type: z.literal('stranger'), about: StaffDay, ...told(StrangerFigures) }),
  z.strictObject({ ...matter, type: z.literal('failed'), about: WorkName, ...told(FailedFigures) }),
]);
export type Matter = z.infer<typeof Matter>;

/** Which matter it is. */
export type MatterKey<M extends Matter = Matter> = M extends Matter ? Pick<M, 'location' | 'type' | 'about'> : never;

/** A matter as its source stands, and whether that is cause for an alert. */
export type Seen<M extends Matter = Matter> = M extends Matter
  ? Pick<M, 'location' | 'type' | 'about' | 'figures' | 'sourceVersion'> & { readonly cause: boolean }
  : never;
