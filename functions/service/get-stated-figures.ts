import { refuse } from '../../shared/kernel/refusal.ts';
import { okWithPage, operation } from '../../shared/platform/operation.ts';
import { formatStatementCode } from '../../shared/reports/maker-statement.ts';
import * as contract from '../../shared/reports/maker-statement-contract.ts';
import { renderStatedFigures } from '../../shared/reports/stated-figures-page.ts';
import type { StatedFiguresStore } from '../../shared/reports/stated-figures-store.ts';

export const getStatedFigures = operation(
  contract.getStatedFigures,
  async ({ path: { code }, query, language }, { stated }: { readonly stated: StatedFiguresStore }) => {
    const figures = await stated.find(code);
    if (!figures) return refuse('NOT_FOUND', `There is no statement with the code ${formatStatementCode(code)}.`);
    return okWithPage(figures, () => renderStatedFigures(figures, query.language ?? language));
  },
);
