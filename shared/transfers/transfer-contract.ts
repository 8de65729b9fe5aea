import * as z from 'zod';
import { type Role, targetOf } from '../kernel/access.ts';
import { FreeText } from '../kernel/claim-fields.ts';
import { isProducer, LocationId } from '../kernel/ids.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';
import {
  Cursor,
  defineOperation,
  defineReadOperation,
  EmptyObject,
  NextCursor,
} from '../platform/operation-contract.ts';
import {
  isReceivedElsewhere,
  Transfer,
  TransferDifference,
  TransferDirection,
  TransferLine,
  TransferState,
  transferDifferences,
  transferLinesOf,
  transferStateOf,
} from './transfer.ts';

/** `elsewhere`: some was received at another location. */
export const TransferView = Transfer.extend({
  lines: z.array(TransferLine),
  state: TransferState,
  differs: z.array(TransferDifference).optional(),
  elsewhere: z.literal(true).optional(),
});
export type TransferView = z.infer<typeof TransferView>;

export const toTransferView = (transfer: Transfer): TransferView => {
  const differs = transferDifferences(transfer);
  return {
    ...transfer,
    lines: transferLinesOf(transfer),
    state: transferStateOf(transfer),
    ...(differs.length > 0 && { differs }),
    ...(isReceivedElsewhere(transfer) && { elsewhere: true as const }),
  };
};

const exampleTransfer = {
  dispatch: '7KQ2MD2611220001',
  seller: 'LKO1',
  state: 'open',
  version: 1,
  sent: { from: 'LKO-02', to: 'LKO-01', at: '2026-11-22T05:00:00.000Z' },
  receipts: [],
  lines: [{ item: 'LKO-KURTA-M', dispatched: 6, accepted: 0, rejected: 0, takenBack: 0, unitCost: 42_000 }],
};

const transferAccess = {
  roles: ['outlet', 'depot', 'producer', 'officer', 'admin'] as const,
  permits: (role: Role, { location }: { location: LocationId }) => role !== 'producer' || isProducer(location),
  target: ({ path: { location } }: { path: { location: LocationId } }) => targetOf(location),
};

export const listTransfers = defineReadOperation({
  id: 'listTransfers',
  function: 'stock',
  route: '/locations/{location}/transfers',
  summary:
    'Transfers to a location (with way=outgoing, from it) by day and number of dispatch, latest first. With state=open or early only those, earliest first; with state=closed only those, latest first.',
  access: transferAccess,
  path: z.strictObject({ location: LocationId }),
  query: z.strictObject({
    way: TransferDirection.optional(),
    state: TransferState.exclude(['void']).optional(),
    cursor: Cursor.optional(),
  }),
  reply: z.strictObject({ location: LocationId, transfers: z.array(TransferView), cursor: NextCursor }),
  errors: [],
  example: {
    path: { location: 'LKO-01' },
    query: { way: 'incoming', state: 'open' },
    reply: { location: 'LKO-01', transfers: [exampleTransfer] },
  },
});

export const getTransfer = defineReadOperation({
  id: 'getTransfer',
  function: 'stock',
  route: '/locations/{location}/transfers/{dispatch}',
  summary: 'One transfer by the number of its dispatch, for its sender, addressee and receivers.',
  access: transferAccess,
  path: z.strictObject({ location: LocationId, dispatch: VoucherNumber }),
  query: EmptyObject,
  reply: TransferView,
  errors: ['NOT_FOUND'],
  example: {
    path: { location: 'LKO-01', dispatch: '7KQ2MD2611220001' },
    reply: {
      ...exampleTransfer,
      state: 'closed',
      version: 2,
      receipts: [
        {
          receipt: '9MRHJR2611230001',
          by: 'LKO-01',
          at: '2026-11-23T05:00:00.000Z',
          final: true,
          lines: [{ item: 'LKO-KURTA-M', accepted: 4, rejected: 1 }],
        },
      ],
      lines: [{ item: 'LKO-KURTA-M', dispatched: 6, accepted: 4, rejected: 1, takenBack: 0, unitCost: 42_000 }],
      differs: [{ item: 'LKO-KURTA-M', rejected: 1, missing: 1 }],
    },
  },
});

export const closeTransfer = defineOperation({
  id: 'closeTransfer',
  function: 'vouchers',
  method: 'POST',
  route: '/locations/{location}/transfers/{dispatch}/close',
  summary:
    'Close a dispatch short, by its sender, its addressee or an officer: the rest is no longer expected. It can still be received later.',
  access: transferAccess,
  path: z.strictObject({ location: LocationId, dispatch: VoucherNumber }),
  query: EmptyObject,
  body: z.strictObject({ why: FreeText }),
  consumes: 'application/json',
  ifMatch: false,
  reply: TransferView,
  statuses: [200],
  errors: ['MALFORMED_JSON', 'BODY_TOO_LARGE', 'NOT_FOUND'],
  example: {
    path: { location: 'LKO-01', dispatch: '7KQ2MD2611220001' },
    body: { why: 'the carrier lost a parcel' },
    reply: {
      ...exampleTransfer,
      state: 'closed',
      version: 2,
      closedShort: { at: '2026-11-29T05:00:00.000Z', by: 'officer-lko', why: 'the carrier lost a parcel' },
      differs: [{ item: 'LKO-KURTA-M', rejected: 0, missing: 6 }],
    },
  },
});
