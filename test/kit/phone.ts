import { type Book, enrol, numberAt } from './book.ts';

type Body = Parameters<Book['admin']['recordVoucher']>[0]['body'];

/** A phone of one seller, signed in for its location. Every voucher gets its next number. */
export const openPhone = async (book: Book, location: string, seller: string) => {
  const terminal = await enrol(book, location, seller);
  const client = await book.as('outlet', `location:${location}`);
  let serial = 0;
  return {
    ...{ terminal, client },
    /** Sent again, it is the same request; or, under the same number, something else instead. */
    next: (body: Body) => {
      serial += 1;
      const path = { location, number: numberAt(book.clock, terminal, body.kind, serial) };
      return { path, send: (instead: Body = body) => client.recordVoucher({ path, body: instead }) };
    },
  };
};
export type Phone = Awaited<ReturnType<typeof openPhone>>;
