import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ShelfMaterial } from '../../shared/materials/depot-material-contract.ts';
import { type ApiProblem, api } from '../app/api.ts';
import { dateAndTime } from '../app/format.ts';
import { Page } from '../app/parts.tsx';
import { place } from '../app/session.ts';
import { t } from '../app/texts.ts';
import { materialsById, readItems } from '../materials/known.ts';
import { itemName, quantityText } from '../materials/quantities.ts';
import { Figure, ProblemNotice } from '../materials/request-parts.tsx';
import { tm } from '../materials/texts.ts';
import { database } from '../outbox/database.ts';
import { depotAddress } from './route.ts';
import { td } from './texts.ts';

type KnownShelf = { readonly at: number; readonly materials: readonly ShelfMaterial[] };

/** Whole weeks' cover needs no decimals; the last days do. */
const daysText = (days: number): string => td('days', days < 10 ? Math.round(days * 10) / 10 : Math.round(days));

const LOW_COVER_DAYS = 7;

export const Shelf = () => {
  const shelf = useSignal<KnownShelf | undefined>(undefined);
  const problem = useSignal<ApiProblem | 'far' | undefined>(undefined);
  const load = async () => {
    const depot = place.value;
    if (!depot) return;
    const db = await database();
    const key = `shelf ${depot}`;
    shelf.value = (await db.get('settings', key)) as KnownShelf | undefined;
    const answer = await api.getDepotShelf({ path: { depot } }).catch(() => undefined);
    problem.value = answer?.ok ? undefined : (answer?.problem ?? 'far');
    if (!answer?.ok) return;
    await readItems(answer.body.materials.map(({ item }) => item));
    shelf.value = { at: Date.now(), materials: answer.body.materials };
    await db.put('settings', shelf.value, key);
  };
  useEffect(() => void load(), []);
  const items = materialsById.value;
  return (
    <Page title={td('shelf')}>
      <a class="primary" href={depotAddress('receive')}>
        {td('receiveLot')}
      </a>
      <a class="secondary" href={depotAddress('incoming')}>
        {t('receiveComing')}
      </a>
      <a class="secondary" href={depotAddress('count')}>
        {t('count')}
      </a>
      {problem.value === 'far' && shelf.value ? (
        <p class="notice" role="status">
          {tm('lastSeen', dateAndTime(shelf.value.at))}
        </p>
      ) : (
        <ProblemNotice problem={problem.value} />
      )}
      {shelf.value?.materials.length === 0 && <p class="empty">{td('shelfEmpty')}</p>}
      <ul class="lines">
        {shelf.value?.materials.map(({ item, onHand, reserved, free, expected, daysOfCover }) => {
          const known = items.get(item);
          const isLow = daysOfCover !== undefined && daysOfCover < LOW_COVER_DAYS;
          return (
            <li key={item} class="line measured">
              <b class="item-name">{itemName(known, item)}</b>
              <dl class="figures">
                <Figure name={td('onHand')} value={quantityText(onHand, known)} />
                <Figure name={tm('reserved')} value={quantityText(reserved, known, onHand)} />
                <Figure name={td('free')} value={quantityText(free, known, onHand)} />
                {expected > 0 && <Figure name={td('expected')} value={quantityText(expected, known, onHand)} />}
              </dl>
              <p class={isLow ? 'stock few' : 'quiet'}>
                {daysOfCover === undefined ? td('noRate') : `${td('cover')}: ${daysText(daysOfCover)}`}
              </p>
            </li>
          );
        })}
      </ul>
    </Page>
  );
};
