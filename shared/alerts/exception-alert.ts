import * as z from 'zod';
import { LocationId, ProducerId, StockLocationId } from '../kernel/ids.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';
import { BasketId } from '../ledger/basket.ts';
import { HeldId } from '../ledger/held.ts';
import { UnmatchedReturnEvidence } from '../ledger/pending-returns.ts';
import { AlertLifecycle } from './alert-state.ts';
import { evidenceFields } from './changed-evidence.ts';
import {
  DriftEvidence,
  ExchangeEvidence,
  FailedWorkEvidence,
  HeldEvidence,
  PinEvidence,
  SilentEvidence,
  StrangerEvidence,
  TransferEvidence,
  UnderpricedEvidence,
  UnprovenEvidence,
  WorkName,
} from './evidence.ts';
import { StaffDay } from './staff-day.ts';
import { TerminalDay } from './terminal-day.ts';

const exceptionAlertFields = { ...AlertLifecycle.shape, location: LocationId, sourceVersion: z.int().min(1) };

/**
 * An alert that is not about a stock row: one per location, type and what it is `about`. `sourceVersion` is that of what it came from, such as a
 * held voucher: what is older may not change it. `figures` are what a sentence about it can be told from.
 */
export const ExceptionAlert = z.discriminatedUnion('type', [
  z.strictObject({ ...exceptionAlertFields, type: z.literal('held'), about: HeldId, ...evidenceFields(HeldEvidence) }),
  z.strictObject({
    ...exceptionAlertFields,
    type: z.literal('unproven'),
    about: TerminalDay,
    ...evidenceFields(UnprovenEvidence),
  }),
  z.strictObject({
    ...exceptionAlertFields,
    type: z.literal('overdue'),
    about: VoucherNumber,
    ...evidenceFields(TransferEvidence),
  }),
  z.strictObject({
    ...exceptionAlertFields,
    type: z.literal('mismatch'),
    about: VoucherNumber,
    ...evidenceFields(TransferEvidence),
  }),
  z.strictObject({
    ...exceptionAlertFields,
    type: z.literal('silent'),
    about: StockLocationId,
    ...evidenceFields(SilentEvidence),
  }),
  z.strictObject({
    ...exceptionAlertFields,
    type: z.literal('drift'),
    about: LocationId,
    ...evidenceFields(DriftEvidence),
  }),
  z.strictObject({
    ...exceptionAlertFields,
    type: z.literal('unmatched'),
    about: VoucherNumber,
    ...evidenceFields(UnmatchedReturnEvidence),
  }),
  z.strictObject({
    ...exceptionAlertFields,
    type: z.literal('exchange'),
    about: BasketId,
    ...evidenceFields(ExchangeEvidence),
  }),
  z.strictObject({
    ...exceptionAlertFields,
    type: z.literal('pin'),
    about: ProducerId,
    ...evidenceFields(PinEvidence),
  }),
  z.strictObject({
    ...exceptionAlertFields,
    type: z.literal('underpriced'),
    about: VoucherNumber,
    ...evidenceFields(UnderpricedEvidence),
  }),
  z.strictObject({
    ...exceptionAlertFields,
    type: z.literal('stranger'),
    about: StaffDay,
    ...evidenceFields(StrangerEvidence),
  }),
  z.strictObject({
    ...exceptionAlertFields,
    type: z.literal('failed'),
    about: WorkName,
    ...evidenceFields(FailedWorkEvidence),
  }),
]);
export type ExceptionAlert = z.infer<typeof ExceptionAlert>;

/** Which matter it is. */
export type ExceptionAlertKey<M extends ExceptionAlert = ExceptionAlert> = M extends ExceptionAlert
  ? Pick<M, 'location' | 'type' | 'about'>
  : never;

/** A matter as its source stands, and whether that is cause for an alert. */
export type AlertSource<M extends ExceptionAlert = ExceptionAlert> = M extends ExceptionAlert
  ? Pick<M, 'location' | 'type' | 'about' | 'figures' | 'sourceVersion'> & { readonly cause: boolean }
  : never;
