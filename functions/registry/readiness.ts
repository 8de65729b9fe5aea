import { allPages } from '../../shared/kernel/pages.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { type Clock, dayOf } from '../../shared/kernel/time.ts';
import { ok, operation } from '../../shared/platform/operation.ts';
import { isOpenAt } from '../../shared/registry/entry-status.ts';
import { countReadiness, doorsOf, PAPERS, paperStates } from '../../shared/registry/readiness.ts';
import * as contract from '../../shared/registry/readiness-contract.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';

type ReadinessDeps = { readonly clock: Clock; readonly registry: RegistryStore };

export const getReadiness = operation(
  contract.getReadiness,
  async ({ path: { producer } }, { registry, clock }: ReadinessDeps) => {
    if (!(await registry.entry('producers', producer)))
      return refuse('PRODUCER_UNKNOWN', `The registry has no producer ${producer}.`);
    const [registrations, consent] = await Promise.all([
      registry.read('registrations', producer),
      registry.read('consents', producer),
    ]);
    const held = registrations?.entry ?? {};
    const on = dayOf(clock.now());
    const states = paperStates(held, on);
    return ok({
      producer,
      on,
      papers: PAPERS.map((paper) => ({ paper, state: states[paper] })),
      doors: doorsOf(states).map(({ door, open, lacks }) => ({ door, open, lacks: lacks.map((one) => [...one]) })),
      held,
      ...(consent && { consent: consent.entry }),
    });
  },
);

export const getReadinessCounts = operation(
  contract.getReadinessCounts,
  async ({ query: { area } }, { registry, clock }: ReadinessDeps) => {
    const now = clock.now();
    const on = dayOf(now);
    const [all, registrations] = await Promise.all([
      allPages((after) => registry.list('producers', after)),
      allPages((after) => registry.list('registrations', after)),
    ]);
    const producers = all.filter(({ entry }) => isOpenAt(entry, now) && (area === 'state' || entry.district === area));
    const heldBy = new Map(registrations.map(({ id, entry }) => [id, entry]));
    const groups = Map.groupBy(producers, ({ entry }) => `${entry.district} ${entry.cluster ?? '~'}`);
    const counts = [...groups]
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .flatMap(([, members]) => {
        const [first] = members;
        if (!first) return [];
        const { district, cluster } = first.entry;
        const count = countReadiness(
          members.map(({ id }) => heldBy.get(id) ?? {}),
          on,
        );
        return [{ district, ...(cluster && { cluster }), ...count }];
      });
    return ok({ area, on, counts });
  },
);
