import * as z from 'zod';
import { type Role, targetOf } from '../kernel/access.ts';
import { DistrictId, ItemId, isProducer, LocationId, SellerId, StockLocationId } from '../kernel/ids.ts';
import { Quantity } from '../kernel/quantity.ts';
import { BilingualText, Measure } from '../kernel/units.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';
import { Dispatch, isDispatchNumber } from '../ledger/kinds/dispatch.ts';
import { Voucher } from '../ledger/voucher.ts';
import { clockField, proofField } from '../ledger/voucher-kind.ts';
import { mayRecordKind, VOUCHER_KINDS } from '../ledger/voucher-kinds.ts';
import { Cursor, defineOperation, defineReadOperation, NextCursor } from '../platform/operation-contract.ts';
import { exampleProof } from '../registry/terminal-key.ts';

/** Further lines follow after acceptance. */
export const MAX_REQUEST_LINES = 40;

/** `spare`: all that the supplier can send. */
const TransferRequestLine = z.strictObject({
  item: ItemId,
  quantity: Quantity,
  spare: z.int().min(0).optional(),
  why: BilingualText,
});

export const TransferRequest = z.strictObject({
  to: StockLocationId,
  name: z.string(),
  district: DistrictId,
  seller: SellerId,
  lines: z.array(TransferRequestLine).min(1).max(MAX_REQUEST_LINES),
  dispatch: z.strictObject({
    kind: z.literal('D'),
    to: StockLocationId,
    lines: z
      .array(z.strictObject({ item: ItemId, quantity: Measure }))
      .min(1)
      .max(MAX_REQUEST_LINES),
  }),
});
export type TransferRequest = z.infer<typeof TransferRequest>;

const exampleLine = { item: 'LKO-KURTA-M', quantity: 3 };

export const listTransferRequests = defineReadOperation({
  id: 'listTransferRequests',
  function: 'stock',
  route: '/locations/{location}/transfer-requests',
  summary:
    'List transfer requests to a location: one per receiver, up to 40 lines each. Several receivers may request the same goods; nothing is reserved until one request is accepted.',
  access: {
    roles: ['outlet', 'depot', 'producer', 'officer', 'admin'],
    permits: (role: Role, { location }: { location: LocationId }) => role !== 'producer' || isProducer(location),
    target: ({ path: { location } }) => targetOf(location),
  },
  path: z.strictObject({ location: LocationId }),
  query: z.strictObject({ cursor: Cursor.optional() }),
  reply: z.strictObject({ location: LocationId, transferRequests: z.array(TransferRequest), cursor: NextCursor }),
  errors: ['NOT_FOUND'],
  example: {
    path: { location: 'LKO-01' },
    reply: {
      location: 'LKO-01',
      transferRequests: [
        {
          to: 'LKO-02',
          name: 'Lucknow Charbagh, stall 2',
          district: 'LKO',
          seller: 'LKO1',
          lines: [
            {
              ...exampleLine,
              spare: 9,
              why: { en: 'You have 1: more is needed at 2.', hi: 'आपके पास 1 है: 2 पर और मँगाना चाहिए।' },
            },
          ],
          dispatch: { kind: 'D', to: 'LKO-02', lines: [exampleLine] },
        },
      ],
    },
  },
});

const DISPATCH_KIND = VOUCHER_KINDS.D;

const DispatchNumber = VoucherNumber.refine(isDispatchNumber, 'is the number of a dispatch, a D');

export const acceptTransferRequest = defineOperation({
  id: 'acceptTransferRequest',
  function: 'vouchers',
  method: 'PUT',
  route: '/locations/{location}/transfer-requests/{number}',
  summary:
    "Accept a transfer request, in full or in part, by recording its dispatch under the supplier's next number. Refused with the current request if the receiver no longer needs the goods or the supplier cannot spare them. A repeat returns the stored voucher.",
  access: {
    roles: ['outlet', 'depot', 'producer', 'admin'],
    permits: (role, { location }) => mayRecordKind(DISPATCH_KIND.code, role, location),
    target: ({ path: { location } }) => targetOf(location),
  },
  path: z.strictObject({ location: LocationId, number: DispatchNumber }),
  query: z.strictObject({}),
  body: Dispatch.extend({ clock: clockField, proof: proofField }),
  consumes: 'application/json',
  ifMatch: false,
  reply: Voucher,
  statuses: [201, 200],
  errors: [
    ...(['MALFORMED_JSON', 'BODY_TOO_LARGE', 'NUMBER_MISMATCH', 'NUMBER_LEAPS', 'CLOCK_OFF'] as const),
    ...(['TERMINAL_UNKNOWN', 'TERMINAL_ELSEWHERE', 'TERMINAL_REVOKED', 'TERMINAL_UNPROVEN'] as const),
    ...([
      'TERMINAL_HANDED_OVER',
      'ITEM_UNKNOWN',
      'ENTRY_CLOSED',
      'ITEM_OF_ANOTHER_SELLER',
      'VOUCHER_CONFLICT',
    ] as const),
    ...(['HELD_STATE', 'TRANSFER_REQUEST_CHANGED'] as const),
    ...DISPATCH_KIND.errors,
  ],
  example: {
    path: { location: 'LKO-01', number: '7KQ2MD2611220001' },
    body: { ...DISPATCH_KIND.example, to: 'LKO-02', lines: [exampleLine], proof: exampleProof },
    reply: {
      number: '7KQ2MD2611220001',
      location: 'LKO-01',
      seller: 'LKO1',
      claim: { ...DISPATCH_KIND.example, to: 'LKO-02', lines: [exampleLine] },
      admission: { way: 'live', goodsInHand: false, asked: true },
      outcome: {},
      recordedAt: '2026-11-22T05:00:01.000Z',
      enteredBy: 'lko-01-phone',
    },
  },
});
