import * as z from 'zod';
import { isProducer, type LocationId, type StockLocationId } from '../../kernel/ids.ts';
import { sumOf } from '../../kernel/quantity.ts';
import type { Instant } from '../../kernel/time.ts';
import { VoucherNumber } from '../../kernel/voucher-number.ts';
import { isOverdue } from '../../transfers/in-transit.ts';
import {
  hasMismatch,
  receiptsElsewhere,
  Transfer,
  TransferDifference,
  TransferReceipt,
  TransferState,
  transferDifferences,
  transferStateOf,
  transferStatusOf,
} from '../../transfers/transfer.ts';
import { exceptionSource, formatDay, formatDayHi, type StateOf, usualSeverity } from '../alert-source.ts';

const TransferEvidence = z.strictObject({
  state: TransferState,
  sent: Transfer.shape.sent,
  receipts: z.array(TransferReceipt.omit({ lines: true })),
  differs: z.array(TransferDifference),
});

export const overdue = exceptionSource({
  type: 'overdue',
  about: VoucherNumber,
  evidence: TransferEvidence,
  severity: usualSeverity('outlet'),
  smsText: { en: 'goods have not come', hi: 'माल नहीं पहुँचा' },
  render: ({ about, figures: { sent, receipts } }) => {
    const [received] = receipts;
    if (sent && received)
      return {
        en: `The rest of the goods that ${sent.from} sent on ${formatDay(sent.at)} has not come (dispatch ${about}): ask where it is, record what came, or close the dispatch short.`,
        hi: `${sent.from} ने ${formatDayHi(sent.at)} को जो माल भेजा उसका बाकी हिस्सा अब तक नहीं आया (रवानगी ${about}): पता करें कि कहाँ है, आ गया हो तो दर्ज करें, या रवानगी बंद करें।`,
      };
    if (sent)
      return {
        en: `Goods that ${sent.from} sent on ${formatDay(sent.at)} have not come (dispatch ${about}): ask where they are, or record what came.`,
        hi: `${sent.from} ने ${formatDayHi(sent.at)} को जो माल भेजा वह अब तक नहीं आया (रवानगी ${about}): पता करें कि कहाँ है, या आ गया हो तो दर्ज करें।`,
      };
    return {
      en: `What was received${received ? ` on ${formatDay(received.at)}` : ''} waits for its dispatch ${about}: its sender has to bring it.`,
      hi: `${received ? `${formatDayHi(received.at)} को ` : ''}जो माल मिला उसकी रवानगी ${about} दर्ज नहीं है: भेजने वाले उसे दर्ज करें।`,
    };
  },
});

export const mismatch = exceptionSource({
  type: 'mismatch',
  about: VoucherNumber,
  evidence: TransferEvidence,
  severity: usualSeverity('district'),
  smsText: { en: 'goods came otherwise', hi: 'माल में फ़र्क़' },
  render: ({ about, figures: { sent, receipts, differs } }) => {
    const received = receipts.find(({ by }) => by !== sent?.to);
    if (differs.length === 0)
      return {
        en: `Dispatch ${about} was sent to ${sent?.to ?? 'another place'} and received at ${received?.by ?? 'this one'}: find out why.`,
        hi: `रवानगी ${about} ${sent?.to ?? 'कहीं और'} के लिए थी, पर ${received ? `${received.by} पर` : 'यहाँ'} मिली: कारण पता करें।`,
      };
    const missing = sumOf(differs.map((line) => Math.max(0, line.missing)));
    const surplus = sumOf(differs.map((line) => Math.max(0, -line.missing)));
    const rejected = sumOf(differs.map((line) => line.rejected));
    const parts = [
      { amount: missing, en: 'missing', hi: 'कम' },
      { amount: rejected, en: 'rejected', hi: 'नामंज़ूर' },
      { amount: surplus, en: 'too many', hi: 'ज़्यादा' },
    ].filter(({ amount }) => amount > 0);
    const sender = sent ? ` from ${sent.from}` : '';
    return {
      en: `Dispatch ${about}${sender} did not come as it was sent: ${parts.map(({ amount, en }) => `${amount} ${en}`).join(', ')}; find out where it went.`,
      hi: `रवानगी ${about} जैसी भेजी गई वैसी नहीं पहुँची: ${parts.map(({ amount, hi }) => `${amount} ${hi}`).join(', ')}; पता करें कि माल कहाँ गया।`,
    };
  },
});

type OverdueState = StateOf<typeof overdue>;
type MismatchState = StateOf<typeof mismatch>;

const transferFieldsOf = (transfer: Transfer, location: StockLocationId) => {
  const { dispatch, sent, version } = transfer;
  const receipts = transfer.receipts.map(({ lines: _lines, ...receipt }) => receipt);
  const state = transferStateOf(transfer);
  return {
    location,
    about: dispatch,
    sourceVersion: version,
    figures: { state, differs: transferDifferences(transfer), ...(sent && { sent }), receipts },
  };
};

/** Raised at the destination; without a dispatch, at the first receiver. */
export const overdueState = (transfer: Transfer, location: StockLocationId, now: Instant): OverdueState => {
  const destination = transfer.sent?.to ?? transfer.receipts[0]?.by;
  const isOpen = transferStatusOf(transferStateOf(transfer)) === 'open';
  const isActive = isOpen && isOverdue(transfer, now) && destination === location;
  return { ...transferFieldsOf(transfer, location), type: 'overdue', isActive };
};

/** Raised at the destination. Receipts elsewhere also concern sender and receiver. */
export const mismatchState = (transfer: Transfer, location: StockLocationId): MismatchState => ({
  ...transferFieldsOf(transfer, location),
  type: 'mismatch',
  isActive: hasMismatch(transfer) && concernedLocations(transfer).has(location),
});

const concernedLocations = (transfer: Transfer): ReadonlySet<LocationId> => {
  const elsewhere = receiptsElsewhere(transfer).map(({ by }) => by);
  const { sent } = transfer;
  return new Set(
    [sent?.to, ...(elsewhere.length > 0 ? [sent?.from, ...elsewhere] : [])].filter((at) => at !== undefined),
  );
};

/** States with a condition that held before or holds after the change. */
export const transferAlertStates = (
  before: Transfer | undefined,
  after: Transfer,
  at: LocationId,
  now: Instant,
): readonly (OverdueState | MismatchState)[] => {
  const { sent, receipts } = after;
  const locations = new Set([at, sent?.from, sent?.to, ...receipts.map(({ by }) => by)].filter(isStockLocation));
  const statesOf = (transfer: Transfer) =>
    [...locations].flatMap((location) => [overdueState(transfer, location, now), mismatchState(transfer, location)]);
  const earlier = before ? statesOf(before) : [];
  return statesOf(after).filter(({ isActive }, index) => isActive || earlier[index]?.isActive);
};

const isStockLocation = (location: LocationId | undefined): location is StockLocationId =>
  location !== undefined && !isProducer(location);
