import type * as z from 'zod';
import { AlertResponse, AlertType, ExceptionAlert } from '../alerts/alert.ts';
import { AlertCount } from '../alerts/alert-contract.ts';
import { AlertKey } from '../alerts/alert-source.ts';
import { Acknowledgement, AlertState, EscalationLevel, Snooze } from '../alerts/alert-state.ts';
import { WorkName } from '../alerts/sources/failed-work.ts';
import { StockAlertReply, StockAlertType } from '../alerts/sources/stock.ts';
import { StaffDay } from '../alerts/sources/stranger.ts';
import { TerminalDay } from '../alerts/sources/unproven.ts';
import { StockEvidence } from '../alerts/stock-sentences.ts';
import {
  ClosedItem,
  ClosedSeller,
  ClosedShift,
  ClosedTender,
  ClosedTerminal,
  ClosedTill,
  DayClose,
  Exposure,
  Hash,
  SignedTax,
} from '../day-close/day-close.ts';
import { MakerLine } from '../day-close/maker-day.ts';
import { FreeText } from '../kernel/claim-fields.ts';
import { DeviceClock } from '../kernel/device-clock.ts';
import {
  AreaId,
  ClusterId,
  DistrictId,
  FestivalId,
  InstallationId,
  ItemId,
  LocationId,
  ProducerId,
  ProductId,
  SellerId,
  StaffId,
  StockLocationId,
  TerminalCode,
} from '../kernel/ids.ts';
import { LastNumbers } from '../kernel/last-numbers.ts';
import { Balance, BaseUnit, Paise, Quantity, Version } from '../kernel/quantity.ts';
import { Problem } from '../kernel/refusal.ts';
import { GstBasisPoints, LineTax, TaxSum } from '../kernel/tax.ts';
import { Day, Instant } from '../kernel/time.ts';
import { BilingualText, ItemUnit, ItemUnits, Language, Measure, UnitName } from '../kernel/units.ts';
import { VoucherNumber, VoucherSequence } from '../kernel/voucher-number.ts';
import { Admission } from '../ledger/admission.ts';
import { BasketId, BasketSettlement } from '../ledger/basket.ts';
import { SellerFacts } from '../ledger/bill-facts.ts';
import { Buyer } from '../ledger/buyer.ts';
import { CountSheetRow, SheetVoucher } from '../ledger/count-sheet.ts';
import { CustomerPhone } from '../ledger/customer.ts';
import { HeldId, HeldVoucher } from '../ledger/held.ts';
import { Adjustment, LotOutcome } from '../ledger/kinds/adjustment.ts';
import { Count, CountOutcome } from '../ledger/kinds/count.ts';
import { Dispatch, DispatchOutcome } from '../ledger/kinds/dispatch.ts';
import { HandOver, HandOverOutcome } from '../ledger/kinds/hand-over.ts';
import { Issue, IssueOutcome } from '../ledger/kinds/issue.ts';
import { Receipt, ReceiptLine, ReceiptOutcome } from '../ledger/kinds/receipt.ts';
import { Reversal, ReversalOutcome } from '../ledger/kinds/reversal.ts';
import { SaleOutcome } from '../ledger/kinds/sale.ts';
import { PaymentOrExchange, RoundOff, Sale, SaleLine, Tender } from '../ledger/kinds/sale-claim.ts';
import { Shift, ShiftOutcome, TenderAmounts } from '../ledger/kinds/shift.ts';
import {
  ExceededLine,
  PendingReturnSettlement,
  ReturnMismatch,
  UnmatchedReturnEvidence,
} from '../ledger/pending-returns.ts';
import { HeldSettlement, SyncOutcome } from '../ledger/sync-contract.ts';
import { RecordedVoucher, SameReference, Voucher, VoucherClaim, VoucherOutcome } from '../ledger/voucher.ts';
import { LiveVoucher } from '../ledger/voucher-contract.ts';
import { AllocatedMaterial, Allotment } from '../materials/allocation.ts';
import { ConfirmationCode } from '../materials/confirmation.ts';
import { ShelfMaterial } from '../materials/depot-material-contract.ts';
import { QueuedRequest } from '../materials/depot-request-contract.ts';
import { EntitlementAccount, EntitlementGrant, Season } from '../materials/entitlement-account.ts';
import { MaterialRequest, RequestChange, RequestLine, RequestState } from '../materials/material-request.ts';
import { CardNumber, Pin } from '../materials/pin.ts';
import { ConfirmationProof } from '../materials/request-contract.ts';
import { DepotLocationId } from '../materials/request-contract-parts.ts';
import { BooleanParameter, Cursor, NextCursor } from '../platform/operation-contract.ts';
import { Consent, PublishedPart, PublishedParts } from '../registry/consent.ts';
import { EarlierDistrict, EffectiveFrom } from '../registry/dated-field.ts';
import {
  Cluster,
  Depot,
  District,
  Festival,
  GstState,
  Name,
  Outlet,
  OutletSite,
  PostalAddress,
  Producer,
  Product,
  Terminal,
} from '../registry/entries.ts';
import { GstRate } from '../registry/gst-rate.ts';
import { DatedPrice, GeographicalIndication, Item, Uqc } from '../registry/item.ts';
import { Door, Paper, PaperState } from '../registry/readiness.ts';
import { Registrations } from '../registry/registrations.ts';
import {
  AnyEntry,
  EditableEntry,
  ImportLineResult,
  RecordedChange,
  RegistryEntry,
} from '../registry/registry-contract.ts';
import { EditableKind, RegistryKind } from '../registry/registry-kinds.ts';
import { Seller } from '../registry/seller.ts';
import { Staff } from '../registry/staff.ts';
import { EnrolmentCodeInput } from '../registry/terminal-contract.ts';
import { ExportedKey, TerminalKey, TerminalProof } from '../registry/terminal-key.ts';
import { SuggestedSource, Suggestion } from '../replenishment/suggestion-contract.ts';
import { TransferRequest } from '../replenishment/transfer-request-contract.ts';
import { Confirmations } from '../reports/confirmations.ts';
import { DeadStock } from '../reports/dead-stock.ts';
import { Discrepancy } from '../reports/discrepancies.ts';
import { Export, ExportFile, ExportFileFormat } from '../reports/export-contract.ts';
import { GoodsInHand } from '../reports/goods-in-hand.ts';
import { SalesOfHsn } from '../reports/hsn-sales.ts';
import { MakerItemTotal, MakerMonthTotal, MakerYearTotal, StatementCode } from '../reports/maker-statement-contract.ts';
import { PriceChange } from '../reports/price-changes.ts';
import { ReportCompleteness, ReportPage } from '../reports/report-contract.ts';
import { ReportName } from '../reports/reports.ts';
import {
  SalesOfDay,
  SalesOfDistrict,
  SalesOfItem,
  SalesOfOutlet,
  SalesOfSeller,
  SalesOfTender,
  TaxOfRate,
} from '../reports/sales.ts';
import { SignedReceipts } from '../reports/signed-receipts.ts';
import { SilentOutlet } from '../reports/silent-outlets.ts';
import { MaterialsIssued, StockValue } from '../reports/stock.ts';
import { StockOut } from '../reports/stock-outs.ts';
import { TransitOverdue } from '../reports/transit-overdue.ts';
import { Lot, LotNumber, LotWithdrawal } from '../stock/lots.ts';
import { DemandSummary, StockPlan } from '../stock/stock.ts';
import { CatalogueEntry, ShelfRow } from '../stock/stock-contract.ts';
import {
  ReceivedLine,
  TransferDifference,
  TransferDirection,
  TransferLine,
  TransferReceipt,
  TransferState,
} from '../transfers/transfer.ts';
import { TransferView } from '../transfers/transfer-contract.ts';
import { contract } from './contract.ts';

type DiscriminatedOption = z.ZodObject;

/** A discriminator needs named options. */
const optionsByName = (
  discriminator: string,
  options: readonly DiscriminatedOption[],
  name: (value: string) => string,
) =>
  Object.fromEntries(
    options.map((option) => {
      const [value] = [...(option._zod.propValues?.[discriminator] ?? [])];
      return [name(String(value)), option] as const;
    }),
  );

const capitalize = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

const pascalCase = (text: string): string => text.split('-').map(capitalize).join('');

export const VOUCHER_NAMES: Readonly<Record<string, string>> = {
  S: 'Sale',
  V: 'Reversal',
  R: 'Receipt',
  D: 'Dispatch',
  A: 'Adjustment',
  I: 'Issue',
  C: 'Count',
  K: 'Shift',
  H: 'HandOver',
};

/** Each claim is followed by its cancelled form. */
const claims = VoucherClaim.options.filter((_, at) => at % 2 === 0);
const cancelledClaims = VoucherClaim.options.filter((_, at) => at % 2 === 1);
const [live, liveCancelled] = LiveVoucher.options;
const [stockAlert, exceptionAlert] = AlertResponse.options;

/** Schemas with names in OpenAPI. `.meta()` would add them to every function. */
export const SCHEMA_COMPONENTS = {
  Acknowledgement,
  Adjustment,
  Admission,
  AlertCount,
  AlertKey,
  AlertResponse,
  AlertState,
  AlertType,
  AllocatedMaterial,
  Allotment,
  AreaId,
  Balance,
  BaseUnit,
  BasketId,
  BasketSettlement,
  BilingualText,
  BooleanParameter,
  Buyer,
  CardNumber,
  CatalogueEntry,
  ClosedItem,
  ClosedSeller,
  ClosedShift,
  ClosedTender,
  ClosedTerminal,
  ClosedTill,
  ConfirmationCode,
  ConfirmationProof,
  Confirmations,
  Count,
  CountOutcome,
  CountSheetRow,
  MakerItemTotal,
  MakerLine,
  MakerMonthTotal,
  MakerYearTotal,
  StatementCode,
  Cursor,
  CustomerPhone,
  DatedPrice,
  Day,
  DayClose,
  DeadStock,
  DemandSummary,
  Depot,
  DepotLocationId,
  EffectiveFrom,
  SellerFacts,
  PostalAddress,
  DeviceClock,
  Discrepancy,
  Dispatch,
  DispatchOutcome,
  District,
  DistrictId,
  EarlierDistrict,
  EditableKind,
  EnrolmentCodeInput,
  EntitlementAccount,
  EntitlementGrant,
  EscalationLevel,
  ExceededLine,
  ExportedKey,
  Exposure,
  Festival,
  FestivalId,
  FreeText,
  GoodsInHand,
  GstBasisPoints,
  HandOver,
  HandOverOutcome,
  Hash,
  HeldId,
  HeldSettlement,
  HeldVoucher,
  ImportLineResult,
  InstallationId,
  Instant,
  Issue,
  IssueOutcome,
  Item,
  ItemId,
  ItemUnit,
  ItemUnits,
  Language,
  LastNumbers,
  LineTax,
  LiveVoucher,
  LocationId,
  Lot,
  LotNumber,
  LotOutcome,
  LotWithdrawal,
  MaterialRequest,
  MaterialsIssued,
  PriceChange,
  ReportCompleteness,
  Export,
  ExportFile,
  ExportFileFormat,
  SalesOfHsn,
  SignedReceipts,
  Measure,
  Name,
  NextCursor,
  Outlet,
  Paise,
  PaymentOrExchange,
  PendingReturnSettlement,
  Pin,
  Problem,
  Consent,
  PublishedPart,
  PublishedParts,
  Cluster,
  ClusterId,
  OutletSite,
  GeographicalIndication,
  Door,
  Paper,
  PaperState,
  Registrations,
  Producer,
  ProducerId,
  Product,
  ProductId,
  Quantity,
  QueuedRequest,
  Receipt,
  ReceiptLine,
  ReceiptOutcome,
  ReceivedLine,
  RegistryEntry,
  AnyEntry,
  EditableEntry,
  RecordedChange,
  RegistryKind,
  ReportName,
  ReportPage,
  RequestChange,
  RequestLine,
  RequestState,
  ReturnMismatch,
  Reversal,
  ReversalOutcome,
  RoundOff,
  Sale,
  SaleLine,
  SaleOutcome,
  SalesOfDay,
  SalesOfDistrict,
  SalesOfItem,
  SalesOfOutlet,
  SalesOfSeller,
  SalesOfTender,
  Season,
  Seller,
  SellerId,
  ShelfMaterial,
  SheetVoucher,
  ShelfRow,
  Shift,
  ShiftOutcome,
  SignedTax,
  SilentOutlet,
  Snooze,
  Staff,
  GstRate,
  GstState,
  StaffDay,
  StaffId,
  StockAlertType,
  StockEvidence,
  StockLocationId,
  StockOut,
  StockPlan,
  StockValue,
  SuggestedSource,
  Suggestion,
  SyncOutcome,
  TaxOfRate,
  TaxSum,
  Tender,
  TenderAmounts,
  Terminal,
  TerminalCode,
  TerminalDay,
  TerminalKey,
  TerminalProof,
  TransferDifference,
  TransferDirection,
  TransferLine,
  TransferReceipt,
  TransferRequest,
  TransferState,
  TransferView,
  TransitOverdue,
  UnitName,
  UnmatchedReturnEvidence,
  RecordedVoucher,
  SameReference,
  Version,
  Voucher,
  VoucherClaim,
  VoucherNumber,
  VoucherOutcome,
  VoucherSequence,
  WorkName,
  ExceptionAlert,
  StockAlertReply,
  CalibratedFestival: contract.listFestivals.reply.shape.festivals.element,
  EnrolledTerminal: contract.enrolTerminal.reply,
  ErrorCode: Problem.shape.code,
  HeldState: HeldVoucher.shape.state,
  Hsn: Item.shape.hsn,
  PreviousNumber: Sale.shape.previous,
  Registration: Seller.shape.registration,
  RequestWithCode: contract.getRequest.reply,
  TenderSum: ShiftOutcome.shape.expected.element,
  TerminalState: ClosedTerminal.shape.state,
  Uqc,
  HeldProblem: HeldVoucher.shape.problem,
  ...Object.fromEntries(
    exceptionAlert.options.map(({ shape }) => [
      `${capitalize(String(shape.type.value))}Evidence`,
      shape.figures as z.ZodType,
    ]),
  ),
  ...optionsByName('kind', claims, (kind) => VOUCHER_NAMES[kind] ?? kind),
  ...optionsByName('kind', cancelledClaims, (kind) => `Cancelled${VOUCHER_NAMES[kind]}`),
  ...optionsByName('kind', live.options, (kind) => `Live${VOUCHER_NAMES[kind]}`),
  ...optionsByName('kind', liveCancelled.options, (kind) => `LiveCancelled${VOUCHER_NAMES[kind]}`),
  StockAlertResponse: stockAlert,
  ...optionsByName('type', exceptionAlert.options, (type) => `${capitalize(type)}AlertResponse`),
  ...optionsByName('report', ReportPage.options, (report) => `${pascalCase(report)}Page`),
  ...optionsByName('outcome', SyncOutcome.options, (outcome) => `Sync${capitalize(outcome)}`),
  ...optionsByName('do', HeldSettlement.options, (action) => `${capitalize(action)}Held`),
  ...optionsByName('proof', ConfirmationProof.options, (proof) => `${capitalize(proof)}Proof`),
  ...optionsByName('way', Admission.options, (way) => `${capitalize(way)}Admission`),
};
