import { expect, it } from 'vitest';
import { ItemId, SellerId, StockLocationId } from '../../shared/kernel/ids.ts';
import type { Version } from '../../shared/kernel/quantity.ts';
import { Instant } from '../../shared/kernel/time.ts';
import { VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import { type RecordedReceipt, rebuildTransfer } from '../../shared/transfers/rebuild-transfer.ts';
import { MAX_RECEIPTS, type Transfer } from '../../shared/transfers/transfer.ts';
import { applyDispatch, applyReceipt, refuseFurtherReceipt } from '../../shared/transfers/transfer-transitions.ts';

const [from, to] = [StockLocationId.parse('LKO-01'), StockLocationId.parse('LKO-02')];
const [item, seller] = [ItemId.parse('KURTA-A'), SellerId.parse('LKO1')];
const at = Instant.parse('2026-11-22T05:00:00.000Z');
const dispatch = VoucherNumber.parse('7KQ2MD2611220001');
const sent = { from, to, at };

const receipts = (count: number): RecordedReceipt[] =>
  Array.from({ length: count }, (_, n) => ({
    seller,
    received: { receipt: VoucherNumber.parse(`9MRHJR261123${String(n + 1).padStart(4, '0')}`), by: to, at },
    isTakenBack: false,
    lines: [{ item, quantity: 1, rejected: 0, returned: 0 }],
  }));

const rowAfter = (recorded: readonly RecordedReceipt[]): Transfer =>
  recorded.reduce<Transfer>(
    (before, { received, lines }) => applyReceipt(before, { dispatch, seller, received, lines }),
    applyDispatch(undefined, { dispatch, seller, sent, lines: [{ item, quantity: 100 }] }),
  );

it('A rebuild keeps every recorded receipt, also beyond the number that refuses a new one.', () => {
  const recorded = receipts(MAX_RECEIPTS + 1);
  const lost = rowAfter(recorded.slice(1));
  expect(refuseFurtherReceipt(rowAfter(recorded.slice(2)))).toBeUndefined();
  expect(refuseFurtherReceipt(lost)).toMatchObject({ refused: 'TRANSFER_CLOSED' });
  const booked = { seller, sent, lines: [{ item, quantity: 100, returned: 0 }] };
  const rebuilt = rebuildTransfer({ dispatch, before: lost, sent: booked, receipts: recorded }, to);
  expect(rebuilt).toEqual({ ...rowAfter(recorded), version: (lost.version + 1) as Version });
});

it('Receipts that were taken back whole are left out of a rebuild.', () => {
  const [kept, undone] = receipts(2) as [RecordedReceipt, RecordedReceipt];
  const before = rowAfter([kept, undone]);
  const recorded = [kept, { ...undone, isTakenBack: true }];
  const booked = { seller, sent, lines: [{ item, quantity: 100, returned: 0 }] };
  const rebuilt = rebuildTransfer({ dispatch, before, sent: booked, receipts: recorded }, to);
  expect(rebuilt).toEqual({ ...rowAfter([kept]), version: (before.version + 1) as Version });
});
