import type { ItemId, Place } from '../kernel/ids.ts';
import { sumOf } from '../kernel/quantity.ts';
import type { VoucherNumber } from '../kernel/voucher-number.ts';
import { onHandBy, rejectedBy } from '../ledger/on-hand.ts';
import type { Claim, Voucher } from '../ledger/voucher.ts';
import { onTheWay, type Transfer, type TransferLine, transferLines } from '../transfers/transfer.ts';
import { type Drift, named } from './drift.ts';
import type { Reading } from './ledger-reading.ts';

type Said<Kind extends Claim['kind']> = Voucher & { readonly claim: Extract<Claim, { kind: Kind; lines: unknown }> };

const isOf =
  <Kind extends Claim['kind']>(kind: Kind) =>
  (voucher: Voucher): voucher is Said<Kind> =>
    voucher.claim.kind === kind && 'lines' in voucher.claim;

type Sums = ReadonlyMap<ItemId, number>;
const perItem = (lines: readonly { readonly item: ItemId; readonly quantity: number }[]): Sums =>
  new Map(
    [...Map.groupBy(lines, ({ item }) => item)].map(([item, same]) => [
      item,
      sumOf(same.map(({ quantity }) => quantity)),
    ]),
  );

const rejectedIn = (said: Said<'R'>): Sums => {
  const rejected = rejectedBy(said);
  return perItem(said.claim.lines.map(({ item }, at) => ({ item, quantity: rejected[at] ?? 0 })));
};

/** A voucher, what it moved of each item, and what its reversals took back. */
type Part<One> = { readonly said: One; readonly moved: Sums; readonly back: Sums; readonly vouchers: VoucherNumber[] };

/** What a location itself said of its transfers. */
const partsOf = (vouchers: readonly Voucher[]) => {
  const reversals = Map.groupBy(vouchers.filter(isOf('V')), ({ claim }) => claim.of);
  const partOf = <One extends Said<'D'> | Said<'R'>>(said: One): Part<One> => {
    const back = reversals.get(said.number) ?? [];
    return {
      said,
      moved: perItem(onHandBy(said).map(({ item, quantity }) => ({ item, quantity: Math.abs(quantity) }))),
      back: perItem(back.flatMap(({ claim }) => claim.lines)),
      vouchers: [said.number, ...back.map(({ number }) => number)],
    };
  };
  const receipts = vouchers.filter(isOf('R')).flatMap((said) => {
    if (!('dispatch' in said.claim.from)) return [];
    return [{ dispatch: said.claim.from.dispatch, ...partOf(said) }];
  });
  const sent = vouchers.filter(isOf('D')).map((said) => [said.number, partOf(said)] as const);
  return { sent: new Map(sent), receipts: Map.groupBy(receipts.filter(stands), ({ dispatch }) => dispatch) };
};

/** One that was taken back whole was none. */
const stands = ({ moved, back }: Pick<Part<unknown>, 'moved' | 'back'>): boolean =>
  back.size === 0 || [...moved].some(([item, quantity]) => quantity > (back.get(item) ?? 0));

/** A transfer is what its dispatch, its receipts and their reversals say, each in the books of its own location. */
export const auditTransfers = ({ location, transfers, vouchers, faulty, gone }: Reading): Drift[] => {
  const { sent, receipts } = partsOf(vouchers);
  const rows = new Map(transfers.map((transfer) => [transfer.dispatch, transfer]));
  const suspects = [...faulty.map(({ number }) => number), ...gone];
  return [...new Set([...rows.keys(), ...sent.keys(), ...receipts.keys()])].toSorted().flatMap((dispatch): Drift[] => {
    const row = rows.get(dispatch);
    const about = { dispatch, version: row?.version ?? 0 };
    const here = sent.get(dispatch);
    const drifts: Drift[] = [];
    const [to, says] = [row?.sent?.from === location ? row.sent.to : null, here?.said.claim.to ?? null];
    if (to !== says) drifts.push({ kind: 'sent', ...about, book: to, says, vouchers: [dispatch] });
    else if (row && here)
      drifts.push(
        ...amounts({ ...about, lines: transferLines(row, []) }, { dispatched: here.moved, takenBack: here.back }, [
          ...suspects,
          ...here.vouchers,
        ]),
      );

    drifts.push(...receiptDrifts(row, location, receipts.get(dispatch) ?? [], about, suspects));
    return drifts;
  });
};

/** Each receipt here stands in the row, and no other; then what it says is what the row has of it. */
const receiptDrifts = (
  row: Transfer | undefined,
  location: Place,
  came: readonly Part<Said<'R'>>[],
  about: { readonly dispatch: VoucherNumber; readonly version: number },
  suspects: readonly VoucherNumber[],
): Drift[] => {
  const kept = new Map(
    (row?.receipts ?? []).filter(({ by }) => by === location).map((receipt) => [receipt.receipt, receipt]),
  );
  const said = new Map(came.map((one) => [one.said.number, one]));
  return [...new Set([...kept.keys(), ...said.keys()])].toSorted().flatMap((number): Drift[] => {
    const [receipt, one] = [kept.get(number), said.get(number)];
    if (!row || !receipt || !one) {
      const numbers = named([number, about.dispatch]);
      const [book, says] = [receipt ? number : null, one ? number : null];
      return [{ kind: 'received', ...about, book, says, vouchers: numbers }];
    }
    const numbers = [...suspects, ...one.vouchers, about.dispatch];
    const accepted = new Map([...one.moved].map(([item, moved]) => [item, moved - (one.back.get(item) ?? 0)]));
    const lines = transferLines(row, [receipt]);
    const [book, says] = [Number(receipt.final ?? 0), Number(one.said.claim.final ?? 0)];
    return [
      ...amounts({ ...about, lines }, { accepted, rejected: rejectedIn(one.said) }, numbers),
      ...(book === says
        ? []
        : [{ kind: 'final' as const, ...about, receipt: number, book, says, vouchers: named(numbers) }]),
    ];
  });
};

type Amount = 'dispatched' | 'takenBack' | 'accepted' | 'rejected';

type Lines = {
  readonly dispatch: VoucherNumber;
  readonly version: number;
  readonly lines: readonly TransferLine[];
};

const amounts = (
  { dispatch, lines, version }: Lines,
  told: Partial<Record<Amount, Sums>>,
  vouchers: readonly VoucherNumber[],
): Drift[] =>
  (Object.entries(told) as [Amount, Sums][]).flatMap(([what, sums]) =>
    [...new Set([...lines.map(({ item }) => item), ...sums.keys()])].flatMap((item): Drift[] => {
      const [book, says] = [lines.find((line) => line.item === item)?.[what] ?? 0, sums.get(item) ?? 0];
      if (book === says) return [];
      return [{ kind: 'transfer', dispatch, item, what, book, says, version, vouchers: named(vouchers) }];
    }),
  );

/** What is on its way to a location is what its open dispatches have on the way. */
export const auditInbound = ({ location, rows, transfers }: Reading): Drift[] => {
  const coming = transfers
    .filter(({ sent }) => sent?.to === location)
    .map((one) => [one.dispatch, onTheWay(one)] as const);
  const byItem = new Map(rows.map((row) => [row.item, row]));
  const items = new Set([...byItem.keys(), ...coming.flatMap(([, sums]) => [...sums.keys()])]);
  return [...items].toSorted().flatMap((item): Drift[] => {
    const { inbound: book, version } = byItem.get(item) ?? { inbound: 0, version: 0 };
    const says = sumOf(coming.map(([, sums]) => sums.get(item) ?? 0));
    if (book === says) return [];
    const concerned = coming.filter(([, sums]) => sums.has(item)).map(([dispatch]) => dispatch);
    return [{ kind: 'inbound', item, book, says, version, vouchers: named(concerned) }];
  });
};
