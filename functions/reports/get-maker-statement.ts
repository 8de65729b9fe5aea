import { isRefusal } from '../../shared/kernel/refusal.ts';
import { csvOperation } from '../../shared/platform/csv.ts';
import { ok } from '../../shared/platform/operation.ts';
import * as contract from '../../shared/reports/maker-statement-contract.ts';
import { type MakerStatementDeps, readMakerStatement } from '../../shared/reports/maker-statement-service.ts';

export const getMakerStatement = csvOperation(
  contract.getMakerStatement,
  async ({ path: { producer }, query: { from, to }, caller }, deps: MakerStatementDeps) => {
    const statement = await readMakerStatement(caller, { producer, from, to }, deps);
    return isRefusal(statement) ? statement : ok(statement);
  },
);
