import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inject } from 'vitest';
import { monotonicClock } from '../../shared/platform/retry.ts';

/**
 * `gone`: connections break. `silent`: no answer. `read-only`: no writes. `full`: throttled.
 * `trimmed`: stream positions are too old.
 */
export const STATES = ['gone', 'silent', 'read-only', 'full'] as const;
type State = (typeof STATES)[number] | 'trimmed' | 'well';

const WRITES = /\.(PutItem|UpdateItem|DeleteItem|TransactWriteItems|BatchWriteItem)$/;

const refuse = (response: ServerResponse, status: number, type: string): void =>
  void response
    .writeHead(status, { 'content-type': 'application/x-amz-json-1.0' })
    .end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: 'injected' }));

/**
 * The run's engine behind a proxy that can fail. Until `close`, the clock of retries runs: standing
 * still, as in other tests, they would not end.
 */
export const openFaultProxy = async () => {
  const standing = monotonicClock.now;
  monotonicClock.now = () => performance.now();
  const engine = inject('endpoint');
  let state: State = 'well';
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const target = String(request.headers['x-amz-target']);
    const before = state;
    if (before === 'full') return refuse(response, 400, 'ThrottlingException');
    if (before === 'read-only' && WRITES.test(target)) return refuse(response, 500, 'InternalServerError');
    if (before === 'trimmed' && chunks.join('').includes('AFTER_SEQUENCE_NUMBER'))
      return refuse(response, 400, 'TrimmedDataAccessException');
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': target,
      authorization: String(request.headers.authorization),
      'x-amz-date': String(request.headers['x-amz-date']),
    };
    // Half of the requests reach an engine that then goes: their outcome is unknown to the sender.
    if (before === 'gone' && Math.random() < 0.5) return void request.socket.destroy();
    const answer = await fetch(engine, { method: 'POST', headers, body: new Uint8Array(Buffer.concat(chunks)) });
    const text = await answer.text();
    if (before === 'silent') return;
    if (before === 'gone' || state === 'gone') return void request.socket.destroy();
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' }).end(text);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    become: (next: State): void => {
      state = next;
    },
    close: async (): Promise<void> => {
      monotonicClock.now = standing;
      server.close();
      server.closeAllConnections();
    },
  };
};
export type FaultProxy = Awaited<ReturnType<typeof openFaultProxy>>;
