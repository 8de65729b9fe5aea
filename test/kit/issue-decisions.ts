import { isRefusal } from '../../shared/kernel/refusal.ts';
import type { VoucherSequence } from '../../shared/kernel/voucher-number.ts';
import { decideIssue, Issue } from '../../shared/ledger/kinds/issue.ts';
import type { MaterialRequest, TransitionDetails } from '../../shared/materials/material-request.ts';
import type { RequestEffects } from '../../shared/materials/request-transitions.ts';
import { Lot } from '../../shared/stock/lots.ts';
import { StockRow } from '../../shared/stock/stock.ts';
import { BAMBOO_ENTRY } from './bamboo.ts';

type Lines = readonly { readonly item: string; readonly quantity: number }[];

/** Decides an issue at a depot that has more than enough of everything, in two lots. */
const decide = (request: MaterialRequest, lines: Lines, doing: TransitionDetails) => {
  const claim = Issue.parse({
    kind: 'I',
    occurredAt: doing.at,
    by: 'S001',
    previous: null,
    request: request.request,
    lines,
  });
  const lots = [1, 2].map((at) => Lot.parse({ lot: `L-${at}`, left: 50_000_000, since: doing.at }));
  const rowOf = (item: string) =>
    StockRow.parse({ location: request.depot, item, onHand: 100_000_000, free: 0, inbound: 0, version: 3, lots });
  const items = claim.lines.map(({ item }) => item);
  return decideIssue({
    claim,
    admission: { way: 'live', goodsInHand: false },
    context: {
      seller: BAMBOO_ENTRY.seller,
      items: new Map(items.map((item) => [item, BAMBOO_ENTRY])),
      depotRows: new Map(items.map((item) => [item, rowOf(item)])),
      request,
    },
    entryDetails: doing,
    sequence: `${doing.at}#7KQ2MI2611220001` as VoucherSequence,
  });
};

/** Effects of an issue. Throws if it is refused. */
export const issueEffects = (request: MaterialRequest, lines: Lines, doing: TransitionDetails): RequestEffects => {
  const decided = decide(request, lines, doing);
  if (isRefusal(decided) || !decided.request) throw new Error(`refused: ${JSON.stringify(decided)}`);
  return { ...decided, request: decided.request };
};

/** The code of the refusal; undefined if the issue is accepted. */
export const issueRefusal = (request: MaterialRequest, lines: Lines, doing: TransitionDetails): string | undefined => {
  const decided = decide(request, lines, doing);
  return isRefusal(decided) ? decided.refused : undefined;
};
