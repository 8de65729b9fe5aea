import type { LocationId } from '../../shared/kernel/ids.ts';
import { allPages } from '../../shared/kernel/pages.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { addDays, type Clock, type Day, dayOf } from '../../shared/kernel/time.ts';
import { partsOf, type VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import type { HeldStore } from '../../shared/ledger/held-store.ts';
import type { LedgerStore } from '../../shared/ledger/ledger-store.ts';
import { terminalNumbersOf } from '../../shared/ledger/number-gaps.ts';
import * as contract from '../../shared/ledger/sync-contract.ts';
import type { Voucher } from '../../shared/ledger/voucher.ts';
import { isLedgerKind } from '../../shared/ledger/voucher-kinds.ts';
import type { RequestStore } from '../../shared/materials/request-store.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { concurrently } from '../../shared/platform/tasks.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';

const DEFAULT_DAYS = 7;
const MAX_DAYS = 31;

type GetNumbersDeps = {
  readonly clock: Clock;
  readonly held: HeldStore;
  readonly ledger: LedgerStore;
  readonly registry: RegistryStore;
  readonly requests: RequestStore;
};

/** Includes tomorrow's day book for phones that are ahead. */
export const getNumbers = operation(contract.getNumbers, async ({ path, query }, deps: GetNumbersDeps) => {
  const { location, terminal } = path;
  const { registry, ledger, held, clock } = deps;
  const enrolled = (await registry.entry('terminals', terminal))?.entry;
  if (enrolled?.location !== location) return refuse('NOT_FOUND', `${location} has no terminal ${terminal}.`);
  const today = dayOf(clock.now());
  const since = laterDay(query.since ?? addDays(today, -DEFAULT_DAYS), addDays(today, -MAX_DAYS));
  const vouchers: Voucher[] = [];
  for (let day = since; day <= addDays(today, 1); day = addDays(day, 1)) {
    const book = await allPages((after) => ledger.dayBook(location, day, after));
    vouchers.push(...book.filter(({ number }) => number.startsWith(terminal)));
  }
  const heldVouchers = await allPages((after) => held.ofTerminal(location, terminal, after));
  const declared = enrolled.handedOver?.last ?? [];
  const numbers = terminalNumbersOf({ since, vouchers, held: heldVouchers, declared });
  const recorded = await findRecordedElsewhere(location, since, numbers.missing, deps);
  return ok({ ...path, since, ...numbers, missing: numbers.missing.filter((number) => !recorded.has(number)) });
});

/** Requests share a depot counter's series. */
const findRecordedElsewhere = async (
  location: LocationId,
  since: Day,
  missing: readonly VoucherNumber[],
  { ledger, requests }: GetNumbersDeps,
): Promise<ReadonlySet<VoucherNumber>> => {
  const asked = missing.filter(isRequest);
  const written = missing.filter((number) => !isRequest(number));
  const before = await ledger.several(
    location,
    written.filter((number) => partsOf(number).day < since),
  );
  const found = new Set(before.map(({ number }) => number));
  await concurrently(10, asked, async (number) => (await requests.find(number)) && found.add(number));
  return found;
};

const isRequest = (number: VoucherNumber): boolean => !isLedgerKind(partsOf(number).kind);

const laterDay = (one: Day, other: Day): Day => (one > other ? one : other);
