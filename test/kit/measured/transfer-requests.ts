import { type Book, expectOk } from '../book.ts';
import { kurtas } from '../claims.ts';
import type { Shop } from '../shop.ts';
import { acceptTransferRequest, stallWithStock, transferRequestsAt, writeAcceptance } from '../transfer-requests.ts';
import type { Measured } from './measured.ts';

/** Items of which no other stall is short. */
const ITEMS = kurtas(45).slice(42);

/** Transfer requests to a stall with enough of everything, three items each. */
export const askOperations = async (book: Book): Promise<readonly Measured[]> => {
  const of = (quantity: number) => Object.fromEntries(ITEMS.map((item) => [item, quantity]));
  const giver = await stallWithStock(book, of(400));
  let low: Shop | undefined;
  const oneShort = async () => {
    low ??= await stallWithStock(book, of(1));
  };
  return [
    {
      name: 'list what a stall is asked to send, to one that lacks 3 items',
      prepare: oneShort,
      run: async () => {
        const requests = (await transferRequestsAt(giver)).filter(({ to }) => to === low?.location);
        if (requests[0]?.lines.length !== 3) throw new Error(`${requests.length} are asked for`);
      },
    },
    {
      name: 'accept what is asked for, 3 lines',
      prepare: oneShort,
      run: async () => {
        const lines = ITEMS.map((item) => ({ item, quantity: 5 }));
        expectOk(await acceptTransferRequest(giver, writeAcceptance(giver, { to: low?.location ?? '', lines })));
        low = undefined;
      },
    },
  ];
};
