import { type Book, expectOk } from './book.ts';
import type { Written } from './phone.ts';
import { openShop, received, type Shop } from './shop.ts';
import { phoneOf, recordLive } from './shop-phone.ts';

/** A new stall with these quantities. It is in Lucknow, on no railway line, unless `where` says. */
export const stallWithStock = async (
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
  for (let at = 0; at < lines.length; at += 40) await recordLive(shop, received(...lines.slice(at, at + 40)));
  return shop;
};

type SupplyingShop = Pick<Shop, 'client' | 'phones'> & { readonly location: string };

/** All transfer requests to a location, page by page. */
export const transferRequestsAt = async ({ client, location }: Pick<SupplyingShop, 'client' | 'location'>) => {
  const found = [];
  let cursor: string | undefined;
  do {
    const page = expectOk(
      await client.listTransferRequests({ path: { location }, ...(cursor !== undefined && { query: { cursor } }) }),
    );
    found.push(...page.transferRequests);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return found;
};

/** Sends an acceptance that the phone wrote; `how` adds fields. */
export const acceptTransferRequest = (
  { client, location }: SupplyingShop,
  { number, claim }: Written,
  how: object = {},
) => client.acceptTransferRequest({ path: { location, number }, body: { ...claim, ...how } as never });

/** The dispatch voucher that accepts this transfer request; the phone numbers it. */
export const writeAcceptance = (
  at: SupplyingShop,
  dispatch: {
    readonly to: string;
    readonly lines: readonly { readonly item: string; readonly quantity: number | string }[];
  },
): Written => phoneOf(at).write({ ...dispatch, kind: 'D' });
