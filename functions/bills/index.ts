import * as billContract from '../../shared/billing/bill-contract.ts';
import { renderBillHtml, renderDocumentHtml } from '../../shared/billing/bill-html.ts';
import { billFinder, type FindBill } from '../../shared/billing/bill-service.ts';
import * as challanContract from '../../shared/billing/challan-contract.ts';
import { challanDocumentOf } from '../../shared/billing/challan-document.ts';
import { challanFinder, type FindChallan } from '../../shared/billing/challan-service.ts';
import { ewayBillOf } from '../../shared/billing/eway-bill.ts';
import { isRefusal } from '../../shared/kernel/refusal.ts';
import { heldStore } from '../../shared/ledger/held-store.ts';
import { ledgerStore } from '../../shared/ledger/ledger-store.ts';
import { loadPendingReturns } from '../../shared/ledger/pending-return-service.ts';
import { returnedQuantityStore } from '../../shared/ledger/returned-quantity-store.ts';
import { httpHandler } from '../../shared/platform/http-handler.ts';
import { ok, okWithPage, operation } from '../../shared/platform/operation.ts';
import type { Runtime } from '../../shared/platform/runtime.ts';
import { registryStore } from '../../shared/registry/registry-store.ts';
import { transferStore } from '../../shared/transfers/transfer-store.ts';

type GetBillDeps = { readonly findBill: FindBill };

const getBill = operation(
  billContract.getBill,
  async ({ path: { location, number }, query: { language = 'hi' }, origin }, { findBill }: GetBillDeps) => {
    const bill = await findBill(location, number);
    return isRefusal(bill) ? bill : okWithPage(bill, () => renderBillHtml(bill, language, origin));
  },
);

type FindChallanDeps = { readonly findChallan: FindChallan };

const getChallan = operation(
  challanContract.getChallan,
  async ({ path: { location, number }, query: { language = 'hi' } }, { findChallan }: FindChallanDeps) => {
    const challan = await findChallan(location, number);
    if (isRefusal(challan)) return challan;
    return okWithPage(challan, () => renderDocumentHtml(challanDocumentOf(challan, language)));
  },
);

const getEwayBill = operation(
  challanContract.getEwayBill,
  async ({ path: { location, number }, query: { voluntary, ...transport } }, { findChallan }: FindChallanDeps) => {
    const challan = await findChallan(location, number);
    if (isRefusal(challan)) return challan;
    const file = ewayBillOf(challan, transport, voluntary !== undefined);
    return isRefusal(file) ? file : ok(file);
  },
);

const dependencies = ({ clock, tables }: Runtime) => {
  const registry = registryStore(tables);
  const ledger = ledgerStore(tables);
  const returnedQuantities = returnedQuantityStore(tables);
  const stores = { held: heldStore(tables), ledger, registry };
  return {
    clock,
    findBill: billFinder({
      ...stores,
      pendingReturnsOf: loadPendingReturns({ ledger, returnedQuantities }),
      returnedQuantities,
    }),
    findChallan: challanFinder({ ...stores, transfers: transferStore(tables) }),
    registry,
  };
};

export const handler = httpHandler(dependencies, getBill, getChallan, getEwayBill);
