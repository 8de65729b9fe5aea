import type { StockLocationId } from '../../shared/kernel/ids.ts';
import type { HandOverContext } from '../../shared/ledger/decision.ts';
import { isCountNumber } from '../../shared/ledger/kinds/count.ts';
import type { LedgerStore } from '../../shared/ledger/ledger-store.ts';
import { isCancelled } from '../../shared/ledger/voucher.ts';
import type { ContextNeeds } from '../../shared/ledger/voucher-kind.ts';
import { drawEnrolmentCodes } from '../../shared/registry/enrolment-service.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';

export type HandOverContextDeps = {
  readonly ledger: LedgerStore;
  readonly registry: RegistryStore;
};

/** Strongly consistent, one unit each. */
export const loadHandOverContext = async (
  location: StockLocationId,
  { terminals: codes, sheets }: NonNullable<ContextNeeds['handOver']>,
  { registry, ledger }: HandOverContextDeps,
): Promise<HandOverContext> => {
  const found = await registry.entriesNow('terminals', codes);
  const counts = sheets.filter(isCountNumber);
  const inBook = await ledger.several(location, counts);
  return {
    terminals: new Map([...found].filter(([, { entry }]) => entry.location === location)),
    recordedSheets: new Set(inBook.filter(({ claim }) => !isCancelled(claim)).map(({ number }) => number)),
    codes: drawEnrolmentCodes(codes.length),
  };
};
