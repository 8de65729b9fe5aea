import type { APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { handler } from '../../functions/vouchers/index.ts';
import { lambdaContext } from '../../local/lambda.ts';
import { Problem } from '../../shared/contract/problems.ts';
import { connect } from '../../shared/data/client.ts';
import { Busy } from '../../shared/domain/busy.ts';
import { composition, withDeadline } from '../../shared/runtime/composition.ts';
import { type Book, enrol, numberAt, openBook } from '../kit/book.ts';
import { kurtas, receipt } from '../kit/claims.ts';
import { conflict } from '../kit/faults.ts';

const location = 'LKO-01';
const client = connect(inject('endpoint'));
/** What becomes of a command; `undefined`: it is sent. */
let meets: (command: string) => Promise<never> | undefined = () => undefined;
const sent: string[] = [];
client.middlewareStack.add(
  (send, { commandName = '' }) =>
    (args) => {
      sent.push(commandName);
      return meets(commandName) ?? send(args);
    },
  { step: 'initialize', priority: 'low', name: 'meets' },
);
let book: Book;
let terminal: string;
beforeAll(async () => {
  book = await openBook({ client });
  terminal = await enrol(book, location, 'LKO1');
});
afterAll(() => book.close());

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
      authorizer: { jwt: { claims: { sub: 'a', 'cognito:groups': '[admin]', 'custom:scope': '[state]' } } },
    } as never,
  };
  const context = { ...lambdaContext('vouchers'), getRemainingTimeInMillis: () => left };
  const began = performance.now();
  const answer = await handler(event as APIGatewayProxyEventV2WithJWTAuthorizer, context);
  return { status: answer.statusCode, body: JSON.parse(answer.body ?? ''), took: performance.now() - began };
};

it.each([
  ['the registry', 'BatchGetItemCommand', ['BatchGetItemCommand']],
  ['the transaction', 'TransactWriteItemsCommand', expect.arrayContaining(['TransactWriteItemsCommand'])],
])('when %s hangs, the phone is told so while there is time, and nothing more is begun', async (_says, hung, asked) => {
  meets = (command) => (command === hung ? hangs() : undefined);
  const { status, body, took } = await ask(2_000, 1);
  meets = () => undefined;
  expect([status, Problem.parse(body).code]).toEqual([503, 'BUSY']);
  expect(took).toBeGreaterThan(400);
  expect(took).toBeLessThan(1_500);
  expect(sent).toEqual(asked);
});

it('conflicts are tried again as long as this request has time, not longer', async () => {
  meets = (command) => (command === 'TransactWriteItemsCommand' ? Promise.reject(conflict(2)) : undefined);
  const { status, took } = await ask(2_000, 2);
  meets = () => undefined;
  expect(status).toBe(503);
  expect(took).toBeLessThan(1_500);
  expect(sent.length).toBeGreaterThan(3);
});

it('after the deadline nothing is begun', async () => {
  book.bahi.startFunctions();
  sent.length = 0;
  await expect(withDeadline(1_000, () => composition().registry.entry('outlets', location))).rejects.toThrow(Busy);
  expect(sent).toEqual([]);
});

it('with time, the same is recorded', async () => {
  expect((await ask(10_000, 3)).status).toBe(201);
});
