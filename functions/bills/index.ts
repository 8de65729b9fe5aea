import { contract } from '../../shared/api/contract.ts';
import { renderBillHtml } from '../../shared/billing/bill-html.ts';
import { billFinder, type FindBill } from '../../shared/billing/bill-service.ts';
import { isRefusal } from '../../shared/kernel/refusal.ts';
import { heldStore } from '../../shared/ledger/held-store.ts';
import { ledgerStore } from '../../shared/ledger/ledger-store.ts';
import { httpHandler } from '../../shared/platform/http-handler.ts';
import { okWithPage, operation } from '../../shared/platform/operation.ts';
import type { Runtime } from '../../shared/platform/runtime.ts';
import { registryStore } from '../../shared/registry/registry-store.ts';

type GetBillDeps = { readonly findBill: FindBill };

const getBill = operation(
  contract.getBill,
  async ({ path: { location, number }, query: { language = 'hi' }, origin }, { findBill }: GetBillDeps) => {
    const bill = await findBill(location, number);
    return isRefusal(bill) ? bill : okWithPage(bill, () => renderBillHtml(bill, language, origin));
  },
);

const dependencies = ({ clock, tables }: Runtime) => {
  const registry = registryStore(tables);
  return {
    clock,
    findBill: billFinder({ held: heldStore(tables), ledger: ledgerStore(tables), registry }),
    registry,
  };
};

export const handler = httpHandler(dependencies, getBill);
