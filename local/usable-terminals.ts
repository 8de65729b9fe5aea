import type { Client } from '../shared/api/client.ts';
import type { TerminalCode } from '../shared/kernel/ids.ts';
import type { Terminal } from '../shared/registry/entries.ts';
import { listAllPages } from './list-all-pages.ts';

export const listUsableTerminals = async (
  client: Client,
  location: string,
): Promise<(Terminal & { id: TerminalCode })[]> => {
  const all = await listAllPages(
    (query) => client.listTerminals({ path: { location }, query }),
    (page) => page.terminals,
  );
  return all
    .map(({ terminal: id, ...terminal }) => ({ id, ...terminal }))
    .filter(({ revoked, handedOver }) => !revoked && !handedOver);
};
