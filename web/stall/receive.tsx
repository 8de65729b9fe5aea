import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ItemId } from '../../shared/kernel/ids.ts';
import { lineBalanceOf } from '../../shared/transfers/transfer.ts';
import type { TransferView } from '../../shared/transfers/transfer-contract.ts';
import { spacedNumber } from '../app/format.ts';
import { Field, Icon, Page, Sheet } from '../app/parts.tsx';
import { hashOf } from '../app/route.ts';
import { place } from '../app/session.ts';
import { t, textsOf } from '../app/texts.ts';
import { MeasurePad, quantityIn, typedMeasureOf } from '../materials/measure-sheet.tsx';
import { measured, type Quantities } from '../materials/quantities.ts';
import { ChallanButton } from './challan.tsx';
import {
  entriesOf,
  freshLotNumber,
  GoodsLines,
  goodsMenu,
  isAtDepot,
  itemName,
  knownItem,
  quantityOf,
  UnknownItemHint,
} from './goods-lines.tsx';
import { SaveVouchers } from './save-vouchers.tsx';
import { readIncoming } from './server-lists.ts';

const say = textsOf({
  toCome: { hi: '{0} आने हैं', en: '{0} to come' },
  came: { hi: 'आए और ठीक हैं', en: 'Came, and fine' },
  rejected: { hi: 'लौटाने लायक', en: 'Rejected' },
  why: { hi: 'क्यों लौटाया', en: 'Why rejected' },
  notNow: { hi: 'अभी नहीं आया', en: 'not now' },
  some: { hi: '{0} ठीक, {1} लौटाए', en: '{0} fine, {1} rejected' },
  lot: { hi: 'खेप नंबर', en: 'Lot number' },
  parts: {
    hi: 'जो आज आया वही लिखें। बाकी का माल बाद में इसी चालान पर लें।',
    en: 'Write what came today. Receive the rest of this challan later.',
  },
});

/** Goods of a dispatch, or of anybody else. */
export const Receive = () => {
  const incoming = useSignal<readonly TransferView[]>([]);
  const chosen = useSignal<TransferView | 'other' | undefined>(undefined);
  useEffect(() => {
    readIncoming().then(({ rows }) => {
      incoming.value = rows;
    });
  }, []);
  if (chosen.value === 'other') return <ReceiveOther />;
  if (chosen.value) return <ReceiveDispatch transfer={chosen.value} />;
  return (
    <Page title={t('receive')} back={goodsMenu()}>
      <h2>{t('receiveComing')}</h2>
      {incoming.value.length === 0 && <p class="empty">{t('receiveNothing')}</p>}
      <ul class="rows">
        {incoming.value.map((transfer) => (
          <li key={transfer.dispatch}>
            <button type="button" class="row" onClick={() => (chosen.value = transfer)}>
              <span class="row-main">
                <b>{transfer.sent?.from}</b>
                <span class="number quiet">{spacedNumber(transfer.dispatch)}</span>
                <span class="quiet">{say('toCome', totalText(stillComing(transfer)))}</span>
              </span>
              <Icon name="next" />
            </button>
          </li>
        ))}
      </ul>
      {isAtDepot() ? (
        <a class="secondary" href={hashOf('receive')}>
          {t('receiveOther')}
        </a>
      ) : (
        <button type="button" class="secondary" onClick={() => (chosen.value = 'other')}>
          {t('receiveOther')}
        </button>
      )}
    </Page>
  );
};

const stillComing = ({ lines }: TransferView): Quantities =>
  new Map(lines.map((line) => [line.item, Math.max(0, lineBalanceOf(line).missing)]));

/** Pieces in one sum, measured goods one by one. */
const totalText = (coming: Quantities): string => {
  const isPieces = ([item]: [ItemId, number]) => knownItem(item).unit === 'piece';
  const pieces = [...coming].filter(isPieces).reduce((sum, [, quantity]) => sum + quantity, 0);
  const others = [...coming].filter((one) => !isPieces(one)).map((one) => quantityOf(...one));
  return [...(pieces > 0 ? [String(pieces)] : []), ...others].join(' + ');
};

const ReceiveOther = () => {
  const lines = useSignal<Quantities>(new Map());
  const supplier = useSignal('');
  const document = useSignal('');
  const entries = () =>
    entriesOf(lines.value, {
      kind: 'R',
      from: { supplier: supplier.value.trim() },
      ...(document.value.trim() !== '' && { document: document.value.trim() }),
    });
  return (
    <Page title={t('receive')} back={goodsMenu()}>
      <Field
        label={t('receiveSupplier')}
        value={supplier.value}
        onChange={(text) => (supplier.value = text)}
        maxLength={80}
      />
      <Challan value={document.value} onChange={(text) => (document.value = text)} />
      <GoodsLines lines={lines.value} onChange={(next) => (lines.value = next)} />
      <SaveVouchers
        text={t('receiveSave')}
        isReady={lines.value.size > 0 && supplier.value.trim() !== ''}
        entries={entries}
      />
    </Page>
  );
};

const Challan = ({ value, onChange }: { value: string; onChange: (text: string) => void }) => (
  <Field label={t('receiveDocument')} value={value} onChange={onChange} maxLength={80} />
);

/** Base units. `lot`: empty at a stall. */
type ReceivedNow = {
  readonly accepted: number;
  readonly rejected: number;
  readonly why: string;
  readonly lot: string;
};

/** In one delivery or in several. */
const ReceiveDispatch = ({ transfer }: { transfer: TransferView }) => {
  const coming = stillComing(transfer);
  const received = useSignal<ReadonlyMap<ItemId, ReceivedNow>>(
    new Map(
      [...coming].map(([item, accepted], at) => [
        item,
        { accepted, rejected: 0, why: '', lot: isAtDepot() ? freshLotNumber(at) : '' },
      ]),
    ),
  );
  const edited = useSignal<ItemId | undefined>(undefined);
  const document = useSignal('');
  const isFinal = useSignal(false);
  const came = [...received.value].filter(([, { accepted, rejected }]) => accepted + rejected > 0);
  const entries = () => {
    const lines = came.length > 0 ? came : [...received.value];
    return entriesOf(
      new Map(lines.map(([item, { accepted }]) => [item, accepted])),
      {
        kind: 'R',
        from: { dispatch: transfer.dispatch },
        ...(document.value.trim() !== '' && { document: document.value.trim() }),
        ...(isFinal.value && { final: true }),
      },
      {
        seller: transfer.seller,
        more: (item) => {
          const { accepted = 0, rejected = 0, why = '', lot = '' } = received.value.get(item) ?? {};
          return {
            ...(lot !== '' && accepted > 0 && { lot }),
            ...(rejected > 0 && { rejected: measured(rejected, knownItem(item)), why }),
          };
        },
      },
    );
  };
  return (
    <Page title={t('receive')} back={goodsMenu()}>
      <p>{say('parts')}</p>
      <Challan value={document.value} onChange={(text) => (document.value = text)} />
      <ul class="lines">
        {[...received.value].map(([item, { accepted, rejected, lot }]) => (
          <li key={item} class="line">
            <button type="button" class="line-main" onClick={() => (edited.value = item)}>
              <span class="item-name">{itemName(item)}</span>
              <UnknownItemHint item={item} />
              <span class="quiet">
                {say('toCome', quantityOf(item, coming.get(item) ?? 0))} ·{' '}
                {accepted + rejected === 0 ? say('notNow') : ''}
                {rejected > 0 ? say('some', quantityOf(item, accepted), quantityOf(item, rejected)) : ''}
              </span>
              {lot !== '' && (
                <span class="quiet">
                  {say('lot')} {lot}
                </span>
              )}
            </button>
            <button
              type="button"
              class="quantity-button"
              aria-label={`${itemName(item)}: ${quantityOf(item, accepted)}`}
              onClick={() => (edited.value = item)}
            >
              {quantityOf(item, accepted)}
            </button>
          </li>
        ))}
      </ul>
      <label class="check">
        <input
          type="checkbox"
          checked={isFinal.value}
          onChange={({ currentTarget }) => (isFinal.value = currentTarget.checked)}
        />
        {t('receiveFinal')}
      </label>
      <SaveVouchers text={t('receiveSave')} isReady={came.length > 0 || isFinal.value} entries={entries} />
      {place.value && <ChallanButton number={transfer.dispatch} location={place.value} />}
      {edited.value && (
        <ReceivedSheet
          id={edited.value}
          now={received.value.get(edited.value)}
          onSave={(now) => {
            if (edited.value) received.value = new Map(received.value).set(edited.value, now);
            edited.value = undefined;
          }}
          onClose={() => (edited.value = undefined)}
        />
      )}
    </Page>
  );
};

type ReceivedSheetProps = {
  readonly id: ItemId;
  readonly now: ReceivedNow | undefined;
  readonly onSave: (now: ReceivedNow) => void;
  readonly onClose: () => void;
};

/** Rejected goods need a reason. */
const ReceivedSheet = ({ id, now, onSave, onClose }: ReceivedSheetProps) => {
  const item = knownItem(id);
  const part = useSignal<'came' | 'rejected'>('came');
  const typed = useSignal({
    came: typedMeasureOf(item, now?.accepted ?? 0),
    rejected: typedMeasureOf(item, now?.rejected ?? 0),
  });
  const why = useSignal(now?.why ?? '');
  const lot = useSignal(now?.lot ?? '');
  const came = quantityIn(item, typed.value.came);
  const rejected = quantityIn(item, typed.value.rejected);
  const isRejecting = 'problem' in rejected || rejected.quantity > 0;
  const problem = 'problem' in came ? came.problem : 'problem' in rejected ? rejected.problem : '';
  const isReady = problem === '' && (!isRejecting || why.value.trim() !== '') && (!isAtDepot() || lot.value !== '');
  const save = () => {
    if (!isReady || 'problem' in came || 'problem' in rejected) return;
    onSave({ accepted: came.quantity, rejected: rejected.quantity, why: why.value.trim(), lot: lot.value });
  };
  return (
    <Sheet title={itemName(id)} onClose={onClose}>
      <fieldset class="choices tall">
        {(['came', 'rejected'] as const).map((one) => (
          <button key={one} type="button" aria-pressed={part.value === one} onClick={() => (part.value = one)}>
            {say(one)}
            <b>{typed.value[one].number || '0'}</b>
          </button>
        ))}
      </fieldset>
      <MeasurePad
        key={part.value}
        item={item}
        label={say(part.value)}
        typed={typed.value[part.value]}
        onChange={(next) => (typed.value = { ...typed.value, [part.value]: next })}
        onEnter={save}
      />
      {isAtDepot() && (
        <Field
          label={say('lot')}
          value={lot.value}
          onChange={(text) => (lot.value = text.trim().toUpperCase())}
          autocapitalize="characters"
          autocomplete="off"
          maxLength={20}
        />
      )}
      {problem !== '' && (
        <p class="notice" role="alert">
          {problem}
        </p>
      )}
      {isRejecting && (
        <Field label={say('why')} value={why.value} onChange={(text) => (why.value = text)} maxLength={80} />
      )}
      <button type="button" class="primary" disabled={!isReady} onClick={save}>
        {t('done')}
      </button>
    </Sheet>
  );
};
