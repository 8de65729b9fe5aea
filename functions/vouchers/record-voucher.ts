import type { LiveVoucher } from '../../shared/contract/operations/vouchers.ts';
import { contract } from '../../shared/contract/operations.ts';
import { isRefusal } from '../../shared/domain/refusal.ts';
import { admitLive, type Recalled } from '../../shared/domain/vouchers/admit-live.ts';
import { namedIn } from '../../shared/domain/vouchers/decide.ts';
import type { Admission } from '../../shared/domain/vouchers/decision.ts';
import { partsOf, type VoucherNumber } from '../../shared/domain/vouchers/number.ts';
import type { Claim } from '../../shared/domain/vouchers/voucher.ts';
import { created, ok, operation } from '../../shared/middleware/operation.ts';
import type { Composition } from '../../shared/runtime/composition.ts';

/** Parse, allow, decide, commit: the one path of every kind. With a warm registry it reads nothing and writes once. */
export const recordVoucher = operation(contract.recordVoucher, async ({ path, body, caller }, tools) => {
  const { ledger, count, clock } = tools;
  const { location, number } = path;
  const { claim, admission } = split(body);
  const recalled = await recall(number, claim, tools);
  const admitted = admitLive({ ...path, claim, admission, recalled, enteredBy: caller.sub, now: clock.now() });
  const recorded = isRefusal(admitted)
    ? await ledger.repeatOr(admitted, location, number, claim)
    : await ledger.record(admitted);

  if (isRefusal(recorded)) {
    count('VouchersRefused', 1);
    return recorded;
  }
  const isNew = recorded.did === 'recorded';
  count(isNew ? 'VouchersRecorded' : 'VouchersRepeated', 1);
  return isNew ? created(recorded.voucher) : ok(recorded.voucher);
});

/** What is said, and how it came in, are two things: only the first is compared with a repeat. */
const split = (body: LiveVoucher): { claim: Claim; admission: Admission } => {
  if (!('goodsInHand' in body)) return { claim: body, admission: { way: 'live', goodsInHand: false } };
  const { goodsInHand = false, ...claim } = body;
  return { claim, admission: { way: 'live', goodsInHand } };
};

/** All that the decision needs of the registry: what is not remembered in one call, and the terminal's seller in one more. */
const recall = async (number: VoucherNumber, claim: Claim, { registry }: Composition): Promise<Recalled> => {
  const code = partsOf(number).terminal;
  const named = namedIn(claim);
  await registry.recollect([
    { kind: 'terminals', id: code },
    ...named.items.map((id) => ({ kind: 'items' as const, id })),
    ...named.producers.map((id) => ({ kind: 'producers' as const, id })),
  ]);
  const terminal = (await registry.entry('terminals', code))?.entry;
  const seller = terminal && (await registry.entry('sellers', terminal.seller));
  if (terminal && !seller) throw new Error(`terminal ${code} is for seller ${terminal.seller}, who is not there`);
  const items = await registry.entries('items', named.items);
  const producers = await registry.entries('producers', named.producers);
  return {
    terminal,
    registration: seller?.entry.registration ?? 'unregistered',
    items: new Map([...items].map(([id, { entry }]) => [id, entry])),
    producers: new Set(producers.keys()),
  };
};
