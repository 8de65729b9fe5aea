import * as billContract from '../../shared/billing/bill-contract.ts';
import { billDocumentOf, publicLinkOf } from '../../shared/billing/bill-document.ts';
import { billFinder, type FindBill } from '../../shared/billing/bill-service.ts';
import * as challanContract from '../../shared/billing/challan-contract.ts';
import { challanDocumentOf } from '../../shared/billing/challan-document.ts';
import { challanFinder, type FindChallan } from '../../shared/billing/challan-service.ts';
import {
  bundledTypstFiles,
  pdfRenderer,
  type RenderPdf,
  type TypstFiles,
} from '../../shared/billing/document-pdf-service.ts';
import { areaTotalsStore } from '../../shared/day-close/area-totals-store.ts';
import { closeStore } from '../../shared/day-close/close-store.ts';
import { makerDayStore } from '../../shared/day-close/maker-day-store.ts';
import { sellerDayStore } from '../../shared/day-close/seller-day-store.ts';
import { isRefusal } from '../../shared/kernel/refusal.ts';
import { heldStore } from '../../shared/ledger/held-store.ts';
import { ledgerStore } from '../../shared/ledger/ledger-store.ts';
import { loadPendingReturns } from '../../shared/ledger/pending-return-service.ts';
import { returnedQuantityStore } from '../../shared/ledger/returned-quantity-store.ts';
import { httpHandler } from '../../shared/platform/http-handler.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import type { Runtime } from '../../shared/platform/runtime.ts';
import { registryStore } from '../../shared/registry/registry-store.ts';
import * as makerStatementContract from '../../shared/reports/maker-statement-contract.ts';
import { makerStatementDocumentOf } from '../../shared/reports/maker-statement-document.ts';
import { type MakerStatementDeps, readMakerStatement } from '../../shared/reports/maker-statement-service.ts';
import type { SellerMonthDeps } from '../../shared/reports/seller-month-service.ts';
import { statedFiguresStore } from '../../shared/reports/stated-figures-store.ts';
import * as statementContract from '../../shared/reports/statement-contract.ts';
import { statementDocumentOf } from '../../shared/reports/statement-document.ts';
import { readStatement } from '../../shared/reports/statement-service.ts';
import { transferStore } from '../../shared/transfers/transfer-store.ts';

type GetBillPdfDeps = { readonly findBill: FindBill; readonly renderPdf: RenderPdf };

const getBillPdf = operation(
  billContract.getBillPdf,
  async ({ path: { location, number }, query, language, origin }, { findBill, renderPdf }: GetBillPdfDeps) => {
    const bill = await findBill(location, number);
    if (isRefusal(bill)) return bill;
    const chosen = query.language ?? language;
    const link = publicLinkOf(bill, origin, chosen);
    return ok(await renderPdf({ ...billDocumentOf(bill, chosen), link }));
  },
);

type GetChallanPdfDeps = { readonly findChallan: FindChallan; readonly renderPdf: RenderPdf };

const getChallanPdf = operation(
  challanContract.getChallanPdf,
  async ({ path: { location, number }, query, language }, { findChallan, renderPdf }: GetChallanPdfDeps) => {
    const challan = await findChallan(location, number);
    return isRefusal(challan) ? challan : ok(await renderPdf(challanDocumentOf(challan, query.language ?? language)));
  },
);

type GetStatementPdfDeps = SellerMonthDeps & { readonly renderPdf: RenderPdf };

const getStatementPdf = operation(
  statementContract.getStatementPdf,
  async ({ query, caller, language }, deps: GetStatementPdfDeps) => {
    const statement = await readStatement(caller, query, deps);
    if (isRefusal(statement)) return statement;
    return ok(await deps.renderPdf(statementDocumentOf(statement, query.language ?? language)));
  },
);

const getMakerStatementPdf = operation(
  makerStatementContract.getMakerStatementPdf,
  async (
    { path: { producer }, query, caller, language, origin },
    deps: MakerStatementDeps & { readonly renderPdf: RenderPdf },
  ) => {
    const statement = await readMakerStatement(caller, { producer, ...query }, deps);
    if (isRefusal(statement)) return statement;
    return ok(await deps.renderPdf(makerStatementDocumentOf(statement, query.language ?? language, origin)));
  },
);

type DocumentsRuntime = Runtime & { readonly typst?: TypstFiles };

const BUNDLED = bundledTypstFiles();

const dependencies = ({ clock, tables, typst = BUNDLED }: DocumentsRuntime) => {
  const registry = registryStore(tables);
  const ledger = ledgerStore(tables);
  const stores = { held: heldStore(tables), ledger, registry };
  const returnedQuantities = returnedQuantityStore(tables);
  const pendingReturnsOf = loadPendingReturns({ ledger, returnedQuantities });
  return {
    clock,
    closes: closeStore(tables),
    findBill: billFinder({ ...stores, pendingReturnsOf, returnedQuantities }),
    findChallan: challanFinder({ ...stores, transfers: transferStore(tables) }),
    makerDays: makerDayStore(tables),
    registry,
    renderPdf: pdfRenderer(typst),
    sellerDays: sellerDayStore(tables),
    stated: statedFiguresStore(tables),
    totals: areaTotalsStore(tables),
  };
};

export const handler = httpHandler(dependencies, getBillPdf, getChallanPdf, getMakerStatementPdf, getStatementPdf);
