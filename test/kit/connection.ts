import { connect, type Socket } from 'node:net';

type Answer = { readonly status: number; readonly headers: Record<string, string>; readonly body: Buffer };
type Waiting = { resolve(answer: Answer): void; reject(error: Error): void };

const END_OF_HEAD = '\r\n\r\n';

/** Milliseconds. Servers close an idle connection after five seconds or more. */
const MAX_IDLE = 3_000;

/**
 * Plain HTTP/1.1 over kept connections, one request at a time on each. It takes a third of the CPU
 * time of `fetch` and of the SDK's handler, and most of a test's time goes into requests.
 */
export const openConnections = (origin: string) => {
  const { hostname, port, host } = new URL(origin);
  const idle: Connection[] = [];
  return {
    send: async (start: string, headers: Readonly<Record<string, string>>, body: string | Uint8Array) => {
      let connection = idle.pop();
      // A busy machine calls timers late: meanwhile the server may have closed it.
      if (connection && process.uptime() - connection.idleSince > MAX_IDLE / 1_000) {
        connection.socket.destroy();
        connection = undefined;
      }
      connection ??= openConnection(hostname, Number(port), idle);
      const answer = await connection.send(headOf(start, { ...headers, host }, body), body);
      connection.idleSince = process.uptime();
      if (answer.headers.connection !== 'close' && !connection.socket.destroyed) idle.push(connection);
      return answer;
    },
    close: () => {
      for (const { socket } of idle) socket.destroy();
    },
  };
};
export type Connections = ReturnType<typeof openConnections>;

const headOf = (start: string, headers: Readonly<Record<string, string>>, body: string | Uint8Array): string => {
  let head = `${start} HTTP/1.1\r\n`;
  for (const name in headers) if (name !== 'content-length') head += `${name}: ${headers[name]}\r\n`;
  return `${head}content-length: ${Buffer.byteLength(body)}${END_OF_HEAD}`;
};

type Connection = {
  readonly socket: Socket;
  /** Seconds. */
  idleSince: number;
  send(head: string, body: string | Uint8Array): Promise<Answer>;
};

const openConnection = (hostname: string, port: number, idle: Connection[]): Connection => {
  const socket = connect({ host: hostname, port, noDelay: true });
  let received: Buffer[] = [];
  let waiting: Waiting | undefined;
  const connection: Connection = {
    socket,
    idleSince: process.uptime(),
    send: (head, body) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(typeof body === 'string' ? head + body : Buffer.concat([Buffer.from(head), body]));
      }),
  };
  const end = (error: Error) => {
    const at = idle.indexOf(connection);
    if (at >= 0) idle.splice(at, 1);
    waiting?.reject(error);
    waiting = undefined;
  };
  socket.on('data', (chunk) => {
    received.push(chunk);
    const answer = readAnswer(received.length === 1 ? chunk : Buffer.concat(received));
    if (!answer) return;
    received = [];
    const { resolve } = waiting as Waiting;
    waiting = undefined;
    resolve(answer);
  });
  socket.setTimeout(MAX_IDLE, () => waiting ?? socket.destroy());
  socket.on('error', end);
  socket.on('close', () => end(Object.assign(new Error('The connection was closed.'), { code: 'ECONNRESET' })));
  return connection;
};

/** Undefined while parts are missing. */
const readAnswer = (received: Buffer): Answer | undefined => {
  const end = received.indexOf(END_OF_HEAD);
  if (end < 0) return undefined;
  const [start = '', ...lines] = received.toString('latin1', 0, end).split('\r\n');
  const status = Number(start.slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length));
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  const rest = received.subarray(end + END_OF_HEAD.length);
  const body = headers['transfer-encoding'] === 'chunked' ? joinChunks(rest) : cutTo(rest, headers['content-length']);
  return body && { status, headers, body };
};

const cutTo = (rest: Buffer, length = '0'): Buffer | undefined =>
  rest.length < Number(length) ? undefined : rest.subarray(0, Number(length));

const joinChunks = (rest: Buffer): Buffer | undefined => {
  const chunks: Buffer[] = [];
  for (let at = 0; ; ) {
    const line = rest.indexOf('\r\n', at);
    if (line < 0) return undefined;
    const size = Number.parseInt(rest.toString('latin1', at, line), 16);
    const next = line + 2 + size + 2;
    if (rest.length < next) return undefined;
    if (size === 0) return Buffer.concat(chunks);
    chunks.push(rest.subarray(line + 2, line + 2 + size));
    at = next;
  }
};
