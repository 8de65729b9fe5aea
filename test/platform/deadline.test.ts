import type { APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import { beforeAll, expect, inject, it, onTestFinished, vi } from 'vitest';
import { handler } from '../../functions/vouchers/index.ts';
import { allStores } from '../../local/all-stores.ts';
import { Problem } from '../../shared/kernel/refusal.ts';
import { dynamoDbClient } from '../../shared/platform/dynamodb-client.ts';
import { UnavailableError, withDeadline } from '../../shared/platform/retry.ts';
import { enrol, numberAt, useBook } from '../kit/book.ts';
import { kurtas, receipt } from '../kit/claims.ts';
import { conflict } from '../kit/interceptor.ts';
import { contextWith, hurriedClock } from '../kit/monotonic.ts';

const location = 'LKO-01';
const client = dynamoDbClient(inject('endpoint'));
/** The fate of a command; `undefined`: it is sent. */
let meets: (command: string) => Promise<never> | undefined = () => undefined;
const sent: string[] = [];
client.intercept('command', ({ operation, input }, send) => {
  sent.push(operation);
  return meets(operation) ?? send(input);
});
let terminal: string;
const book = useBook({ client });
beforeAll(async () => {
  terminal = await enrol(book, location, 'LKO1');
});

it.each([
  ['the registry', 'BatchGetItem', ['BatchGetItem']],
  ['the transaction', 'TransactWriteItems', expect.arrayContaining(['TransactWriteItems'])],
])('When %s hangs, the phone is answered in time, and nothing more is begun.', async (_says, hung, request) => {
  const { promise: hanging, resolve } = Promise.withResolvers<void>();
  meets = (command) => {
    if (command !== hung) return undefined;
    resolve();
    return hangs();
  };
  const [clock, deadlines] = [hurriedClock(), heldTimers(537)];
  // The last 1.5 s of the time are reserved for the answer.
  const answer = ask(2_037, 1);
  await hanging;
  expect(await Promise.race([answer, 'nothing yet'])).toBe('nothing yet');
  clock.forward(537);
  deadlines.at(-1)?.();
  const { status, body } = await answer;
  meets = () => undefined;
  expect([status, Problem.parse(body).code]).toEqual([503, 'BUSY']);
  expect(sent).toEqual(request);
});

it('Conflicts are retried as long as this request has time, not longer.', async () => {
  const clock = hurriedClock();
  let tries = 0;
  meets = (command) => {
    if (command !== 'TransactWriteItems') return undefined;
    tries++;
    clock.forward(120);
    return Promise.reject(conflict(2));
  };
  const { status } = await ask(2_000, 2);
  meets = () => undefined;
  expect(status).toBe(503);
  // 500 of its 2,000 milliseconds are for the tables. Jitter may end it one or two tries earlier.
  expect(tries).toBeGreaterThan(1);
  expect(tries).toBeLessThan(6);
});

it('After the deadline nothing is begun.', async () => {
  book.bahi.startFunctions();
  sent.length = 0;
  await expect(withDeadline(1_000, () => allStores().registry.entry('outlets', location))).rejects.toThrow(
    UnavailableError,
  );
  expect(sent).toEqual([]);
});

it('With time left, the same request is recorded.', async () => {
  expect((await ask(10_000, 3)).status).toBe(201);
});

/** Timers of so many milliseconds wait for the test; all others run as ever. */
const heldTimers = (held: number): (() => void)[] => {
  const callbacks: (() => void)[] = [];
  const real = globalThis.setTimeout;
  const spy = vi.spyOn(globalThis, 'setTimeout').mockImplementation(((
    callback: () => void,
    delay?: number,
    ...args: []
  ) => {
    if (delay !== held) return real(callback, delay, ...args);
    callbacks.push(callback);
    return real(() => undefined, 0);
  }) as typeof setTimeout);
  onTestFinished(() => spy.mockRestore());
  return callbacks;
};

const hangs = () => new Promise<never>(() => undefined);

/** A receipt, asked of a function that has so many milliseconds left. */
const ask = async (left: number, serial: number) => {
  book.bahi.startFunctions();
  sent.length = 0;
  const number = numberAt(book.clock, terminal, 'R', serial);
  const claim = receipt(book.clock, [{ item: kurtas(1)[0] ?? '', quantity: 1 }]);
  const proof = await book.phone.prove(location, number, claim);
  const event: Partial<APIGatewayProxyEventV2WithJWTAuthorizer> = {
    routeKey: 'PUT /locations/{location}/vouchers/{number}',
    headers: {},
    pathParameters: { location, number },
    body: JSON.stringify({ ...claim, proof }),
    isBase64Encoded: false,
    requestContext: {
      requestId: 'r',
      authorizer: {
        jwt: { claims: { sub: 'a', mfa: 'true', 'cognito:groups': '[admin]', 'custom:scope': '[state]' } },
      },
    } as never,
  };
  const answer = await handler(event as APIGatewayProxyEventV2WithJWTAuthorizer, contextWith('vouchers', left));
  return { status: answer.statusCode, body: JSON.parse(answer.body ?? '') };
};
