import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ProducerId } from '../../shared/kernel/ids.ts';
import { type ApiProblem, api } from '../app/api.ts';
import { spacedNumber } from '../app/format.ts';
import { Page } from '../app/parts.tsx';
import { materialsById, readItems, readName } from './known.ts';
import { itemName, quantityText } from './quantities.ts';
import { dayText, Figure, ProblemNotice } from './request-parts.tsx';
import { tm } from './texts.ts';

type Passbook = Extract<Awaited<ReturnType<typeof api.getPassbook>>, { ok: true }>['body'];

/** The accounts, grants and issues of a season, to read and to print. */
export const PassbookPage = ({ producer, back }: { producer: ProducerId; back?: string }) => {
  const passbook = useSignal<Passbook | undefined>(undefined);
  const name = useSignal('');
  const problem = useSignal<ApiProblem | 'far' | undefined>(undefined);
  const load = async () => {
    const answer = await api.getPassbook({ path: { producer } }).catch(() => undefined);
    problem.value = answer?.ok ? undefined : (answer?.problem ?? 'far');
    if (!answer?.ok) return;
    await readItems(answer.body.accounts.map(({ item }) => item));
    passbook.value = answer.body;
    name.value = (await readName(producer)) ?? '';
  };
  useEffect(() => void load(), [producer]);
  return (
    <Page title={tm('passbook')} {...(back !== undefined && { back })}>
      <ProblemNotice problem={problem.value} />
      {passbook.value && (
        <div class="paper passbook">
          <p class="paper-head">
            <b>{name.value || producer}</b>
            <span class="number">{producer}</span>
            <span class="quiet">{tm('season', passbook.value.season)}</span>
          </p>
          <PassbookAccounts passbook={passbook.value} />
          {passbook.value.issues.length > 0 && <h2>{tm('issues')}</h2>}
          <ul class="paper-lines">
            {passbook.value.issues.map((voucher) => (
              <li key={voucher.number}>
                <span>
                  {dayText(voucher.claim.occurredAt)} · <span class="number">{spacedNumber(voucher.number)}</span>
                </span>
                <b>{issuedText(voucher)}</b>
              </li>
            ))}
          </ul>
          <p class="sign-here">{tm('signature')}</p>
        </div>
      )}
      <button type="button" class="secondary screen-only" disabled={!passbook.value} onClick={() => print()}>
        {tm('print')}
      </button>
    </Page>
  );
};

/** The accounts of a season, and the grants that raised them. */
export const PassbookAccounts = ({ passbook: { accounts, grants } }: { passbook: Passbook }) => {
  const items = materialsById.value;
  return (
    <>
      {accounts.length === 0 && <p class="quiet">{tm('noAccounts')}</p>}
      <ul class="lines">
        {accounts.map(({ item, entitled, reserved, drawn, left }) => {
          const known = items.get(item);
          return (
            <li key={item} class="line measured">
              <b class="item-name">{itemName(known, item)}</b>
              <dl class="figures">
                <Figure name={tm('entitled')} value={quantityText(entitled, known)} />
                <Figure name={tm('reserved')} value={quantityText(reserved, known, entitled)} />
                <Figure name={tm('drawn')} value={quantityText(drawn, known, entitled)} />
                <Figure name={tm('leftOver')} value={quantityText(left, known, entitled)} />
              </dl>
            </li>
          );
        })}
      </ul>
      {grants.length > 0 && <h2>{tm('grants')}</h2>}
      <ul class="paper-lines">
        {grants.map(({ grant, item, quantity, why, at }) => (
          <li key={grant}>
            <span>
              {dayText(at)} · {why}
            </span>
            <b>{quantityText(quantity, items.get(item))}</b>
          </li>
        ))}
      </ul>
    </>
  );
};

const issuedText = ({ claim, outcome }: Passbook['issues'][number]): string => {
  const quantities = 'quantities' in outcome ? (outcome.quantities ?? []) : [];
  const lines = 'lines' in claim ? claim.lines : [];
  return lines
    .map(({ item }, at) => {
      const known = materialsById.value.get(item);
      return `${itemName(known, item)} ${quantityText(Number(quantities[at] ?? 0), known)}`;
    })
    .join(', ');
};
