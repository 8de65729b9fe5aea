import { randomUUID } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { inject } from 'vitest';
import { type Bahi, openBahi } from '../../local/bahi.ts';
import { expectOk } from '../../local/expect-ok.ts';
import { type Client, createClient } from '../../shared/api/client.ts';
import type { PhoneKey } from '../../shared/api/phone-key.ts';
import type { Role } from '../../shared/kernel/access.ts';
import { dayOf } from '../../shared/kernel/time.ts';
import { type FixedClock, fixedClock } from './clock.ts';
import { REGISTRY_SEED } from './registry-seed.ts';

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

/** A book of its own on the run's engine, served over HTTP, with a small registry and a clock that stands still. */
export const openBook = async (parts: { client?: DynamoDBClient; streams?: boolean } = {}): Promise<Book> => {
  const clock = fixedClock();
  const endpoint = inject('endpoint');
  const bahi = await openBahi({ streams: false, ...parts, endpoint, port: 0, book: `test-${randomUUID()}`, clock });
  const { phone } = bahi;
  const as = async (role: Role, ...scope: string[]) =>
    createClient(bahi.url, await bahi.issuer.token({ role, scope }), fetch, phone);
  const admin = await as('admin', 'state');
  for (const [kind, entries] of REGISTRY_SEED)
    for (const [id, body] of Object.entries(entries)) expectOk(await admin.putEntry({ path: { kind, id }, body }));
  return { bahi, clock, phone, as, admin, close: () => bahi.stop() };
};

export { expectOk };

/** Enrols a phone; its vouchers are numbered by `numberAt`. */
export const enrol = async ({ admin }: Pick<Book, 'admin'>, location: string, seller: string): Promise<string> => {
  const { code } = expectOk(await admin.issueEnrolmentCode({ path: { location }, body: { seller } }));
  return expectOk(await admin.enrolTerminal({ path: { location }, body: { code, installation: randomUUID() } }))
    .terminal;
};

/** `numberAt(clock, '7KQ2M', 'S', 7)`: that terminal's seventh sale of the day. */
export const numberAt = (clock: FixedClock, terminal: string, kind: string, serial: number): string =>
  `${terminal}${kind}${dayOf(clock.now()).slice(2).replaceAll('-', '')}${String(serial).padStart(4, '0')}`;
