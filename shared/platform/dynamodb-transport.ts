export type TransportRequest = {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

type TransportResponse = { readonly statusCode: number; readonly body: Uint8Array };

export type Transport = {
  handle(request: TransportRequest): Promise<TransportResponse>;
  destroy(): void;
};

// An import of node:http reads all its exports, and so loads undici: 35 ms of a cold start.
const { Agent: HttpAgent, request: requestHttp } = process.getBuiltinModule('node:http');
const { Agent: HttpsAgent, request: requestHttps } = process.getBuiltinModule('node:https');

/** Milliseconds. */
export type Timeouts = { readonly connection: number; readonly request: number };

const timeoutError = (what: string, milliseconds: number): Error =>
  Object.assign(new Error(`No ${what} within ${milliseconds} ms.`), { name: 'TimeoutError' });

/** Kept connections: a TLS handshake takes longer than a write. */
export const openTransport = (timeouts: Timeouts): Transport => {
  const plain = new HttpAgent({ keepAlive: true });
  const secure = new HttpsAgent({ keepAlive: true });
  return {
    handle: ({ protocol, hostname, port, headers, body }) =>
      new Promise((resolve, reject) => {
        const isSecure = protocol === 'https:';
        const options = { hostname, port, method: 'POST', path: '/', headers, agent: isSecure ? secure : plain };
        const sent = (isSecure ? requestHttps : requestHttp)(options);
        const abort = (what: string, milliseconds: number) => () => sent.destroy(timeoutError(what, milliseconds));
        const timer = setTimeout(abort('answer', timeouts.request), timeouts.request);
        const fail = (error: Error) => {
          clearTimeout(timer);
          reject(error);
        };
        sent.on('error', fail);
        sent.on('socket', (socket) => {
          if (!socket.connecting) return;
          const connecting = setTimeout(abort('connection', timeouts.connection), timeouts.connection);
          socket.once(isSecure ? 'secureConnect' : 'connect', () => clearTimeout(connecting));
          socket.once('close', () => clearTimeout(connecting));
        });
        sent.on('response', (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('error', fail);
          response.on('end', () => {
            clearTimeout(timer);
            resolve({ statusCode: response.statusCode ?? 0, body: Buffer.concat(parts) });
          });
        });
        sent.end(body);
      }),
    destroy: () => {
      plain.destroy();
      secure.destroy();
    },
  };
};
