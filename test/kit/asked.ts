import { type Book, expectOk } from './book.ts';
import type { Written } from './phone.ts';
import { openShop, received, type Shop } from './shop.ts';
import { phoneOf, tell } from './telling.ts';

/** A stall, with what lies there, and where it is if not in Lucknow, on no line. */
export const stallWith = async (
  book: Book,
  quantities: Readonly<Record<string, number>>,
  where: { readonly district?: string; readonly lines?: readonly string[] } = {},
): Promise<Shop> => {
  const shop = await openShop(book);
  if (Object.keys(where).length > 0) {
    const body = { name: 'A stall', station: 'LKO', district: 'LKO', sellers: ['LKO1', 'LKO2'], ...where };
    expectOk(
      await book.admin.putEntry({ path: { kind: 'outlets', id: shop.location }, body: body as never, ifMatch: 1 }),
    );
  }
  const lines = Object.entries(quantities).map(([item, quantity]) => ({ item, quantity }));
  for (let at = 0; at < lines.length; at += 40) await tell(shop, received(...lines.slice(at, at + 40)));
  return shop;
};

type Asker = Pick<Shop, 'client' | 'phones'> & { readonly location: string };

/** All that a place is asked to send, page by page. */
export const asksAt = async ({ client, location }: Pick<Asker, 'client' | 'location'>) => {
  const asks = [];
  let cursor: string | undefined;
  do {
    const page = expectOk(
      await client.listTransferRequests({ path: { location }, ...(cursor !== undefined && { query: { cursor } }) }),
    );
    asks.push(...page.transferRequests);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return asks;
};

/** Sent to be accepted, as it was written down. */
export const accepting = ({ client, location }: Asker, { number, claim }: Written, how: object = {}) =>
  client.acceptTransferRequest({ path: { location, number }, body: { ...claim, ...how } as never });

/** What a phone writes down to accept this. */
export const acceptanceOf = (
  at: Asker,
  dispatch: {
    readonly to: string;
    readonly lines: readonly { readonly item: string; readonly quantity: number | string }[];
  },
): Written => phoneOf(at).write({ ...dispatch, kind: 'D' });
