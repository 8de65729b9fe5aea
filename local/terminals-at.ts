import type { Client } from '../shared/contract/client.ts';
import { TerminalCode } from '../shared/domain/ids.ts';
import { Terminal } from '../shared/domain/registry/entries.ts';
import { allPages } from './all-pages.ts';

/** The terminals of a location that may record, found by reading the registry's list through. */
export const terminalsAt = async (client: Client, location: string): Promise<(Terminal & { id: TerminalCode })[]> => {
  const path = { kind: 'terminals' as const };
  const all = await allPages(
    (query) => client.listEntries({ path, query }),
    (page) => page.entries,
  );
  return all
    .map(({ id, entry }) => ({ id: TerminalCode.parse(id), ...Terminal.parse(entry) }))
    .filter((terminal) => terminal.location === location && !terminal.revoked && !terminal.handedOver);
};
