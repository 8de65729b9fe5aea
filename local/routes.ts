import { handler as alerts } from '../functions/alerts/index.ts';
import { handler as bills } from '../functions/bills/index.ts';
import { handler as documents } from '../functions/documents/index.ts';
import { handler as registry } from '../functions/registry/index.ts';
import { handler as reports } from '../functions/reports/index.ts';
import { handler as requests } from '../functions/requests/index.ts';
import { handler as service } from '../functions/service/index.ts';
import { handler as stock } from '../functions/stock/index.ts';
import { handler as vouchers } from '../functions/vouchers/index.ts';
import { operations } from '../shared/api/contract.ts';
import { DOCS_ROUTES } from '../shared/api/docs-page.ts';
import type { HttpFunction, PlainRoute } from '../shared/platform/operation-contract.ts';

export const FUNCTIONS = {
  alerts,
  bills,
  documents,
  registry,
  reports,
  requests,
  service,
  stock,
  vouchers,
} satisfies Record<HttpFunction, unknown>;

const routes: readonly PlainRoute[] = [...operations, ...DOCS_ROUTES];

const patterns = routes.map((operation) => ({
  operation,
  pattern: new RegExp(`^${operation.route.replaceAll('.', '\\.').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
}));

export const routeOf = (
  method: string,
  path: string,
): { readonly operation: PlainRoute; readonly pathParameters: Record<string, string> } | undefined => {
  for (const { operation, pattern } of patterns) {
    const match = operation.method === method ? pattern.exec(path) : null;
    if (!match) continue;
    const named = Object.entries(match.groups ?? {}).map(([name, text]) => [name, decodePathPart(text)] as const);
    return { operation, pathParameters: Object.fromEntries(named) };
  }
  return undefined;
};

/** Keeps wrong encoding; its schema refuses it. */
const decodePathPart = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
