import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, inject } from 'vitest';
import { type Bahi, openBahi } from '../../local/bahi.ts';
import { expectOk } from '../../local/demo-client.ts';
import { type Client, createClient } from '../../shared/api/client.ts';
import type { PhoneKey } from '../../shared/api/phone-key.ts';
import type { Role } from '../../shared/kernel/access.ts';
import { type Clock, dayOf } from '../../shared/kernel/time.ts';
import type { DynamoDbClient } from '../../shared/platform/dynamodb-client.ts';
import { fill } from './bulk-items.ts';
import { type FixedClock, fixedClock } from './clock.ts';
import { engineClient, fastFetch } from './fast-clients.ts';
import { registryItems } from './registry-seed.ts';

export type Book = {
  readonly bahi: Bahi;
  readonly clock: FixedClock;
  /** All its clients are one phone: what they enrol is proven by this key. */
  readonly phone: PhoneKey;
  /** A client signed in as this role; without scopes, it has none. */
  as(role: Role, ...scope: string[]): Promise<Client>;
  readonly admin: Client;
  close(): Promise<void>;
};

type BookOptions = { readonly client?: DynamoDbClient; readonly streams?: boolean; readonly seed?: boolean };

/**
 * A new book on the run's engine, over HTTP, with a fixed clock and, unless `seed` is false, a
 * small registry.
 */
export const openBook = async ({ seed = true, ...parts }: BookOptions = {}): Promise<Book> => {
  const clock = fixedClock();
  const endpoint = inject('endpoint');
  const book = `test-${randomUUID()}`;
  const bahi = await openBahi({ streams: false, client: engineClient(), ...parts, endpoint, port: 0, book, clock });
  const { phone } = bahi;
  const as = async (role: Role, ...scope: string[]) =>
    createClient(bahi.url, await bahi.issuer.token({ role, scope }), fastFetch, phone);
  const admin = await as('admin', 'state');
  if (seed) await seedRegistry(bahi);
  return { bahi, clock, phone, as, admin, close: () => bahi.stop() };
};

/**
 * Batch writes: 63 PUTs would take a second. A client of its own: the book's may count or fail
 * commands.
 */
const seedRegistry = async ({ tables }: Bahi): Promise<void> => {
  const client = engineClient();
  await fill(client, tables.Registry, registryItems());
  client.destroy();
};

/** `openBook` for all tests of a file: open before the first, closed after the last. */
export const useBook = (options?: BookOptions): Book => {
  const book = {} as Book;
  beforeAll(async () => {
    Object.assign(book, await openBook(options));
  });
  afterAll(() => book.close());
  return book;
};

export { expectOk };

/** Enrols a phone; its vouchers are numbered by `numberAt`. */
export const enrol = async ({ admin }: Pick<Book, 'admin'>, location: string, seller: string): Promise<string> => {
  const { code } = expectOk(await admin.issueEnrolmentCode({ path: { location }, body: { seller } }));
  return expectOk(await admin.enrolTerminal({ path: { location }, body: { code, installation: randomUUID() } }))
    .terminal;
};

/** `numberAt(clock, '7KQ2M', 'S', 7)`: that terminal's seventh sale of the day. */
export const numberAt = (clock: Clock, terminal: string, kind: string, serial: number): string =>
  `${terminal}${kind}${dayOf(clock.now()).slice(2).replaceAll('-', '')}${String(serial).padStart(4, '0')}`;
