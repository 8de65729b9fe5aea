import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { addDays, type Day, dayOf, instantOf } from '../../shared/kernel/time.ts';
import type { AllocationRun, Allotment } from '../../shared/materials/allocation.ts';
import { renderShare } from '../../shared/materials/request-sentences.ts';
import { collectionDeadlineOf } from '../../shared/materials/reservation.ts';
import { type ApiProblem, allPages, api } from '../app/api.ts';
import { Icon, Page } from '../app/parts.tsx';
import { place } from '../app/session.ts';
import { language } from '../app/texts.ts';
import { materialsById, nameIfKnown, readItems, readName } from '../materials/known.ts';
import { itemName, quantityText } from '../materials/quantities.ts';
import { dateText, Figure, ProblemNotice } from '../materials/request-parts.tsx';
import { requestId } from './queue-screen.tsx';
import { depotAddress } from './route.ts';
import { td } from './texts.ts';

type Run = AllocationRun & { readonly allotments: readonly Allotment[] };

/** How a day's scarce materials were shared, with the sentence that each artisan got. */
export const Sharing = ({ id }: { id: string }) => {
  const today = dayOf(instantOf(Date.now()));
  const day = (id || today) as Day;
  const run = useSignal<Run | undefined>(undefined);
  const problem = useSignal<ApiProblem | 'far' | undefined>(undefined);
  const load = async () => {
    const depot = place.value;
    run.value = undefined;
    if (!depot) return;
    const path = { depot, day };
    const first = await api.getAllocation({ path }).catch(() => undefined);
    problem.value = first?.ok ? undefined : (first?.problem ?? 'far');
    if (!first?.ok) return;
    const pages = await allPages((query) => api.getAllocation({ path, query })).catch(() => [first.body]);
    const allotments = pages.flatMap((page) => page.allotments);
    await readItems(first.body.materials.map(({ item }) => item));
    run.value = { ...first.body, allotments };
    await Promise.all([...new Set(allotments.map(({ producer }) => producer))].map(readName));
  };
  useEffect(() => void load(), [day]);
  const isNone = problem.value !== undefined && problem.value !== 'far' && problem.value.code === 'NOT_FOUND';
  const items = materialsById.value;
  return (
    <Page title={td('sharing')}>
      <nav class="day-steps" aria-label={td('sharing')}>
        <a class="icon-button" href={depotAddress('sharing', addDays(day, -1))} aria-label={td('dayBefore')}>
          <Icon name="back" />
        </a>
        <b>{dateText(day)}</b>
        {day < today && (
          <a class="icon-button" href={depotAddress('sharing', addDays(day, 1))} aria-label={td('dayAfter')}>
            <Icon name="next" />
          </a>
        )}
      </nav>
      {isNone ? <p class="empty">{td('noRun')}</p> : <ProblemNotice problem={problem.value} />}
      {run.value?.state === 'running' && <p class="notice">{td('running')}</p>}
      <ul class="lines">
        {run.value?.materials.map(({ item, free, wanted, producers }) => {
          const known = items.get(item);
          return (
            <li key={item} class="line measured">
              <b class="item-name">{itemName(known, item)}</b>
              <dl class="figures">
                <Figure name={td('freeThen')} value={quantityText(free, known, wanted)} />
                <Figure name={td('wanted')} value={quantityText(wanted, known)} />
                <Figure name={td('among')} value={String(producers)} />
              </dl>
            </li>
          );
        })}
      </ul>
      {run.value && <Shares run={run.value} day={day} />}
    </Page>
  );
};

const Shares = ({ run, day }: { run: Run; day: Day }) => (
  <>
    <h2>{td('shares')}</h2>
    <ul class="rows">
      {[...Map.groupBy(run.allotments, ({ request }) => request)].map(([request, lines]) => {
        const [{ producer } = { producer: undefined }] = lines;
        if (!producer) return null;
        return (
          <li key={request}>
            <a class="row" href={depotAddress('request', requestId({ producer, request }))}>
              <span class="row-main">
                <b>{nameIfKnown(producer) ?? producer}</b>
                <span>{sentenceOf(run, lines, day)}</span>
              </span>
              <Icon name="next" />
            </a>
          </li>
        );
      })}
    </ul>
  </>
);

/** By the code of the server, from the inputs that it recorded. */
const sentenceOf = (run: Run, lines: readonly Allotment[], day: Day): string => {
  const evidence = lines.flatMap((allotment) => {
    const material = run.materials.find(({ item }) => item === allotment.item);
    const item = materialsById.value.get(allotment.item);
    return material && item ? [{ item, material, allotment, given: allotment.given ?? allotment.share }] : [];
  });
  const collectBy = collectionDeadlineOf(day);
  return renderShare(evidence, collectBy)[language.value];
};
