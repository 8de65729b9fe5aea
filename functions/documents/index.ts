import { contract } from '../../shared/api/contract.ts';
import { billDocumentOf, publicLinkOf } from '../../shared/billing/bill-document.ts';
import { billFinder, type FindBill } from '../../shared/billing/bill-service.ts';
import {
  bundledTypstFiles,
  pdfRenderer,
  type RenderPdf,
  type TypstFiles,
} from '../../shared/billing/document-pdf-service.ts';
import { isRefusal } from '../../shared/kernel/refusal.ts';
import { heldStore } from '../../shared/ledger/held-store.ts';
import { ledgerStore } from '../../shared/ledger/ledger-store.ts';
import { httpHandler } from '../../shared/platform/http-handler.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import type { Runtime } from '../../shared/platform/runtime.ts';
import { registryStore } from '../../shared/registry/registry-store.ts';

type GetBillPdfDeps = { readonly findBill: FindBill; readonly renderPdf: RenderPdf };

const getBillPdf = operation(
  contract.getBillPdf,
  async ({ path: { location, number }, query, language, origin }, { findBill, renderPdf }: GetBillPdfDeps) => {
    const bill = await findBill(location, number);
    if (isRefusal(bill)) return bill;
    const chosen = query.language ?? language;
    const link = publicLinkOf(bill, origin, chosen);
    return ok(await renderPdf({ ...billDocumentOf(bill, chosen), link }));
  },
);

type DocumentsRuntime = Runtime & { readonly typst?: TypstFiles };

const BUNDLED = bundledTypstFiles();

const dependencies = ({ clock, tables, typst = BUNDLED }: DocumentsRuntime) => {
  const registry = registryStore(tables);
  return {
    clock,
    findBill: billFinder({ held: heldStore(tables), ledger: ledgerStore(tables), registry }),
    registry,
    renderPdf: pdfRenderer(typst),
  };
};

export const handler = httpHandler(dependencies, getBillPdf);
