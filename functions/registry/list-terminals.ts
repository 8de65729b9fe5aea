import { TerminalCode } from '../../shared/kernel/ids.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { cursorField } from '../../shared/platform/operation-contract.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import * as contract from '../../shared/registry/terminal-contract.ts';

type ListTerminalsDeps = { readonly registry: RegistryStore };

export const listTerminals = operation(
  contract.listTerminals,
  async ({ path: { location }, query }, { registry }: ListTerminalsDeps) => {
    const { rows, next } = await registry.terminalsOf(location, query.cursor);
    return ok({
      location,
      terminals: rows.map(({ id, entry }) => ({ terminal: TerminalCode.parse(id), ...entry })),
      ...cursorField(next),
    });
  },
);
