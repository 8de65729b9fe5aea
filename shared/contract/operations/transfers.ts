import * as z from 'zod';
import { type Role, targetOf } from '../../domain/access.ts';
import { isProducer, Place } from '../../domain/ids.ts';
import {
  Difference,
  differencesIn,
  isElsewhere,
  stateOf,
  Transfer,
  TransferState,
  Way,
} from '../../domain/transfers/transfer.ts';
import { VoucherNumber } from '../../domain/vouchers/number.ts';
import { defineRead } from '../operation.ts';
import { Cursor, NextCursor, Nothing } from '../parameters.ts';

/** How it stands; how what came `differs` from what was sent, if it does; `elsewhere`: it was not received where it was sent. */
export const TransferSeen = Transfer.extend({
  state: TransferState,
  differs: z.array(Difference).optional(),
  elsewhere: z.literal(true).optional(),
});
export type TransferSeen = z.infer<typeof TransferSeen>;

export const seenAs = (transfer: Transfer): TransferSeen => {
  const differs = differencesIn(transfer);
  return {
    ...{ ...transfer, state: stateOf(transfer) },
    ...(differs.length > 0 && { differs }),
    ...(isElsewhere(transfer) && { elsewhere: true as const }),
  };
};

const exampleTransfer = {
  ...{ dispatch: '7KQ2MD2611220001', seller: 'LKO1', state: 'open', version: 1 },
  sent: { from: 'LKO-02', to: 'LKO-01', at: '2026-11-22T05:00:00.000Z' },
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
    'What is on its way to a location (or, with way=outgoing, was sent from it), the longest first, and then what is closed, the latest first; with state=open, early or closed, only that.',
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
      received: { receipt: '9MRHJR2611230001', by: 'LKO-01', at: '2026-11-23T05:00:00.000Z' },
      lines: [{ item: 'LKO-KURTA-M', dispatched: 6, accepted: 4, rejected: 1, takenBack: 0, unitCost: 42_000 }],
      differs: [{ item: 'LKO-KURTA-M', rejected: 1, missing: 1 }],
    },
  },
});
