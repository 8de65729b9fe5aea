import * as z from 'zod';
import { type Role, targetOf } from '../kernel/access.ts';
import { Words } from '../kernel/claim-fields.ts';
import { isProducer, Place } from '../kernel/ids.ts';
import { VoucherNumber } from '../kernel/voucher-number.ts';
import { define, defineRead } from '../platform/operation-contract.ts';
import { Cursor, NextCursor, Nothing } from '../platform/query-parameters.ts';
import {
  Difference,
  differencesIn,
  isElsewhere,
  linesOf,
  stateOf,
  Transfer,
  TransferLine,
  TransferState,
  Way,
} from './transfer.ts';

/**
 * How it stands, item by item over all deliveries, and delivery by delivery; how what came `differs` from what was sent, if it does; `elsewhere`: some
 * was not received where it was sent.
 */
export const TransferSeen = Transfer.extend({
  lines: z.array(TransferLine),
  state: TransferState,
  differs: z.array(Difference).optional(),
  elsewhere: z.literal(true).optional(),
});
export type TransferSeen = z.infer<typeof TransferSeen>;

export const seenAs = (transfer: Transfer): TransferSeen => {
  const differs = differencesIn(transfer);
  return {
    ...{ ...transfer, lines: linesOf(transfer), state: stateOf(transfer) },
    ...(differs.length > 0 && { differs }),
    ...(isElsewhere(transfer) && { elsewhere: true as const }),
  };
};

const exampleTransfer = {
  ...{ dispatch: '7KQ2MD2611220001', seller: 'LKO1', state: 'open', version: 1 },
  sent: { from: 'LKO-02', to: 'LKO-01', at: '2026-11-22T05:00:00.000Z' },
  receipts: [],
  lines: [{ item: 'LKO-KURTA-M', dispatched: 6, accepted: 0, rejected: 0, takenBack: 0, unitCost: 42_000 }],
};

/** A producer sees what was sent from their workshop. */
const access = {
  roles: ['outlet', 'depot', 'producer', 'officer', 'admin'] as const,
  permits: (role: Role, { location }: { location: Place }) => role !== 'producer' || isProducer(location),
  target: ({ path: { location } }: { path: { location: Place } }) => targetOf(location),
};

export const listTransfers = defineRead({
  id: 'listTransfers',
  function: 'stock',
  route: '/locations/{location}/transfers',
  summary:
    'All transfers to a location (or, with way=outgoing, from it), by the days and numbers of their dispatches, the latest first; with state=open or early only those, the earliest first; with state=closed only those, the latest first.',
  access,
  path: z.strictObject({ location: Place }),
  query: z.strictObject({
    way: Way.optional(),
    state: TransferState.exclude(['void']).optional(),
    cursor: Cursor.optional(),
  }),
  reply: z.strictObject({ location: Place, transfers: z.array(TransferSeen), cursor: NextCursor }),
  errors: [],
  example: {
    path: { location: 'LKO-01' },
    query: { way: 'incoming', state: 'open' },
    reply: { location: 'LKO-01', transfers: [exampleTransfer] },
  },
});

export const getTransfer = defineRead({
  id: 'getTransfer',
  function: 'stock',
  route: '/locations/{location}/transfers/{dispatch}',
  summary:
    'What became of a dispatch, by its number: for where it was sent from, where it was sent, and where it was received.',
  access,
  path: z.strictObject({ location: Place, dispatch: VoucherNumber }),
  query: Nothing,
  reply: TransferSeen,
  errors: ['NOT_FOUND'],
  example: {
    path: { location: 'LKO-01', dispatch: '7KQ2MD2611220001' },
    reply: {
      ...{ ...exampleTransfer, state: 'closed', version: 2 },
      receipts: [
        {
          ...{ receipt: '9MRHJR2611230001', by: 'LKO-01', at: '2026-11-23T05:00:00.000Z', final: true },
          lines: [{ item: 'LKO-KURTA-M', accepted: 4, rejected: 1 }],
        },
      ],
      lines: [{ item: 'LKO-KURTA-M', dispatched: 6, accepted: 4, rejected: 1, takenBack: 0, unitCost: 42_000 }],
      differs: [{ item: 'LKO-KURTA-M', rejected: 1, missing: 1 }],
    },
  },
});

export const closeTransfer = define({
  id: 'closeTransfer',
  function: 'vouchers',
  method: 'POST',
  route: '/locations/{location}/transfers/{dispatch}/close',
  summary:
    'Close a dispatch short, by who sent it, who is to receive it, or an officer: nobody waits for the rest any more. What is found later can still be received.',
  access,
  path: z.strictObject({ location: Place, dispatch: VoucherNumber }),
  query: Nothing,
  body: z.strictObject({ why: Words }),
  consumes: 'application/json',
  ifMatch: false,
  reply: TransferSeen,
  statuses: [200],
  errors: ['MALFORMED_JSON', 'BODY_TOO_LARGE', 'NOT_FOUND'],
  example: {
    path: { location: 'LKO-01', dispatch: '7KQ2MD2611220001' },
    body: { why: 'the carrier lost a parcel' },
    reply: {
      ...{ ...exampleTransfer, state: 'closed', version: 2 },
      closedShort: { at: '2026-11-29T05:00:00.000Z', by: 'officer-lko', why: 'the carrier lost a parcel' },
      differs: [{ item: 'LKO-KURTA-M', rejected: 0, missing: 6 }],
    },
  },
});
