import { useSignal } from '@preact/signals';
import { addUp } from '../../shared/kernel/sum.ts';
import { type Instant, instantOf } from '../../shared/kernel/time.ts';
import type { VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import type { HeldVoucher } from '../../shared/ledger/held.ts';
import type { HeldSettlement } from '../../shared/ledger/sync-contract.ts';
import { allPages, api } from '../app/api.ts';
import { dateAndTime, rupees, spacedNumber, toLatinDigits } from '../app/format.ts';
import { Field, Icon, Page } from '../app/parts.tsx';
import { ProblemText } from '../app/problem-text.tsx';
import { type TextKey, t } from '../app/texts.ts';
import { materialsById, readItems } from '../materials/known.ts';
import { itemName } from '../materials/quantities.ts';
import { areasOfOfficer, loadPlaceNames, nameOfArea } from './areas.ts';
import { Loading, problemIn, useLoaded } from './loading.tsx';
import { DoneNotice, ReasonSheet } from './office-parts.tsx';
import { officeAddress } from './route.ts';
import { to } from './texts.ts';

type ListedHeld = {
  readonly held: string;
  readonly location: string;
  readonly number: string;
  readonly heldAt: string;
  readonly problem: { readonly code: string; readonly detail: string };
};

/** Each held voucher has an alert, so the alerts of an area list them all. */
const loadHeld = async (): Promise<readonly ListedHeld[]> => {
  const states = ['open', 'acknowledged', 'snoozed'] as const;
  const lists = areasOfOfficer().flatMap((area) => states.map((state) => ({ area, state, type: 'held' as const })));
  const pages = await Promise.all(
    lists.map((list) => allPages((query) => api.listAlerts({ query: { ...list, ...query } }))),
  );
  const found = pages.flat().flatMap(({ alerts }) =>
    alerts.flatMap((alert): ListedHeld[] => {
      if (alert.type !== 'held') return [];
      const { about, location, figures } = alert;
      return [{ ...figures, held: about, location }];
    }),
  );
  void loadPlaceNames(found.map(({ location }) => location));
  return found.toSorted((one, other) => one.heldAt.localeCompare(other.heldAt));
};

export const HeldScreen = () => {
  const loaded = useLoaded(loadHeld, []);
  return (
    <Page title={to('held')}>
      <Loading loaded={loaded}>
        {(rows) =>
          rows.length === 0 ? (
            <p class="empty good-news">{to('heldNone')}</p>
          ) : (
            <ul class="rows">
              {rows.map(({ held, location, number, heldAt, problem }) => (
                <li key={`${location} ${held}`}>
                  <a class="row" href={officeAddress('heldVoucher', location, held)}>
                    <span class="row-main">
                      <b>
                        {t(`kind_${number.charAt(5)}` as TextKey)} {number.slice(12)} · {nameOfArea(location)}
                      </b>
                      <ProblemText {...problem} />
                      <span class="quiet">{to('since', dateAndTime(Date.parse(heldAt)))}</span>
                    </span>
                    <Icon name="next" />
                  </a>
                </li>
              ))}
            </ul>
          )
        }
      </Loading>
    </Page>
  );
};

const findHeld = async (location: string, held: string): Promise<HeldVoucher | undefined> => {
  const pages = await allPages((query) => api.listHeld({ path: { location }, query: { settled: 'true', ...query } }));
  const found = pages.flatMap((page) => page.held).find((one) => one.held === held);
  const lines = found && 'lines' in found.claim ? found.claim.lines : [];
  await Promise.all([readItems(lines.map(({ item }) => item)), loadPlaceNames([location])]);
  return found;
};

/** `id`: the location and the held voucher. */
export const HeldVoucherScreen = ({ id }: { id: string }) => {
  const [location = '', held = ''] = id.split(' ');
  const loaded = useLoaded(() => findHeld(location, held), [id]);
  const deciding = useSignal<HeldSettlement['do'] | undefined>(undefined);
  const notice = useSignal('');
  return (
    <Page title={to('held')} back={officeAddress('held')}>
      <DoneNotice text={notice.value} />
      <Loading loaded={loaded}>
        {(voucher) =>
          voucher === undefined ? (
            <p class="empty">{to('heldNone')}</p>
          ) : (
            <>
              <HeldPaper voucher={voucher} />
              {voucher.state === 'held' ? (
                <>
                  <h2>{to('heldHow')}</h2>
                  <ul class="rows">
                    {(['admit', 'correct', 'reject'] as const).map((one) => (
                      <li key={one}>
                        <button type="button" class="row" onClick={() => (deciding.value = one)}>
                          <span class="row-main">
                            <b>{to(one)}</b>
                            <span class="quiet">{to(`${one}How`)}</span>
                          </span>
                          <Icon name="next" />
                        </button>
                      </li>
                    ))}
                  </ul>
                </>
              ) : (
                <p class="why">
                  <b>{to(`settled_${voucher.state}`)}</b>{' '}
                  {voucher.settled && `${dateAndTime(Date.parse(voucher.settled.at))} · “${voucher.settled.why}”`}
                </p>
              )}
              {deciding.value && (
                <SettleSheet
                  voucher={voucher}
                  decision={deciding.value}
                  onDone={() => {
                    notice.value = `${spacedNumber(voucher.number)}: ${to(`settled_${RESULTS[deciding.value ?? 'admit']}`)}`;
                    loaded.reload();
                  }}
                  onClose={() => (deciding.value = undefined)}
                />
              )}
            </>
          )
        }
      </Loading>
    </Page>
  );
};

const RESULTS = { admit: 'admitted', correct: 'corrected', reject: 'rejected' } as const;

type Line = { readonly item: string; readonly quantity: unknown; readonly unitPrice?: number };
type Money = { readonly tender: string; readonly amount: number };

const HeldPaper = ({ voucher: { claim, location, number, problem, enteredBy, heldAt } }: { voucher: HeldVoucher }) => {
  const {
    lines = [],
    payments = [],
    refund = [],
  } = claim as {
    readonly lines?: readonly Line[];
    readonly payments?: readonly Money[];
    readonly refund?: readonly Money[];
  };
  const money = [...payments, ...refund];
  return (
    <>
      <section class="notice" aria-label={to('heldWhy')}>
        <b>{to('heldWhy')}</b>
        <ProblemText {...problem} />
      </section>
      <div class="paper">
        <p class="paper-head">
          <span>
            <b>
              {t(`kind_${claim.kind}` as TextKey)} · {nameOfArea(location)}
            </b>
            <span class="number">{spacedNumber(number)}</span>
          </span>
          <span class="quiet">
            {to('happenedAt')}: {dateAndTime(Date.parse(claim.occurredAt))}
          </span>
        </p>
        <ul class="paper-lines">
          {lines.map(({ item, quantity, unitPrice }, at) => (
            <li key={`${at} ${item}`}>
              <span>
                {itemName(materialsById.value.get(item), item)} {to('pieces', String(quantity))}
              </span>
              {unitPrice !== undefined && <span>{rupees(unitPrice)}</span>}
            </li>
          ))}
        </ul>
        {money.length > 0 && (
          <p class="paper-total">
            <span>{to('voucherAmount')}</span>
            <b>{rupees(addUp(money.map(({ amount }) => amount)))}</b>
          </p>
        )}
        <p class="quiet">{to('heldBy', enteredBy, dateAndTime(Date.parse(heldAt)))}</p>
      </div>
    </>
  );
};

type SettleSheetProps = {
  readonly voucher: HeldVoucher;
  readonly decision: HeldSettlement['do'];
  readonly onDone: () => void;
  readonly onClose: () => void;
};

const SettleSheet = ({ voucher, decision, onDone, onClose }: SettleSheetProps) => {
  const time = useSignal('');
  const number = useSignal('');
  const typed = toLatinDigits(number.value).replace(/\s/g, '').toUpperCase();
  const settlement = (why: string): HeldSettlement => {
    if (decision === 'correct') return { do: decision, voucher: typed as VoucherNumber, why };
    if (decision === 'reject' || time.value === '') return { do: decision, why };
    return { do: decision, occurredAt: instantInIndia(time.value), why };
  };
  return (
    <ReasonSheet
      title={to(decision)}
      action={to(decision)}
      isReady={decision !== 'correct' || typed.length === 16}
      onSend={async (why) => {
        const path = { location: voucher.location, held: voucher.held };
        const body = settlement(why);
        const problem = await problemIn(api.settleHeld({ path, body, ifMatch: voucher.version }));
        if (problem === undefined) onDone();
        return problem;
      }}
      onClose={onClose}
    >
      <p>{to(`${decision}How`)}</p>
      {decision === 'correct' && (
        <Field
          label={to('correctNumber')}
          value={number.value}
          onChange={(text) => (number.value = text)}
          autocapitalize="characters"
          autocomplete="off"
        />
      )}
      {decision === 'admit' && (
        <Field
          label={to('admitTime')}
          value={time.value}
          onChange={(text) => (time.value = text)}
          type="datetime-local"
        />
      )}
    </ReasonSheet>
  );
};

/** `2026-11-22T10:30` as a clock in India shows it. */
const instantInIndia = (text: string): Instant => instantOf(Date.parse(`${text}+05:30`));
