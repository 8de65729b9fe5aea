import { isRefusal } from '../../shared/kernel/refusal.ts';
import { csvOperation } from '../../shared/platform/csv.ts';
import { ok } from '../../shared/platform/operation.ts';
import type { SellerMonthDeps } from '../../shared/reports/seller-month-service.ts';
import * as contract from '../../shared/reports/statement-contract.ts';
import { readStatement } from '../../shared/reports/statement-service.ts';

export const getStatement = csvOperation(contract.getStatement, async ({ query, caller }, deps: SellerMonthDeps) => {
  const statement = await readStatement(caller, query, deps);
  return isRefusal(statement) ? statement : ok(statement);
});
