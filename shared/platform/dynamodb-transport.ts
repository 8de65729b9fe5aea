import { hash } from 'node:crypto';

export type TransportRequest = {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly method: 'POST';
  readonly path: '/';
  readonly query: Record<string, string>;
  readonly headers: Record<string, string>;
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
    handle: ({ protocol, hostname, port, method, path, headers, body }) =>
      new Promise((resolve, reject) => {
        const isSecure = protocol === 'https:';
        const options = { hostname, port, method, path, headers, agent: isSecure ? secure : plain };
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

/** Bytes of SHA-256. */
const [BLOCK, DIGEST] = [64, 32];

type Bytes = Uint8Array | string;

const sha256 = (data: Uint8Array): Buffer => hash('sha256', data, 'buffer');
const toBytes = (data: Bytes): Uint8Array => (typeof data === 'string' ? Buffer.from(data) : data);

/** RFC 2104. */
const hmac = (secret: Uint8Array, data: Uint8Array): Uint8Array => {
  const key = secret.length > BLOCK ? sha256(secret) : secret;
  const inner = Buffer.alloc(BLOCK + data.length, 0x36);
  const outer = Buffer.alloc(BLOCK + DIGEST, 0x5c);
  for (let at = 0; at < key.length; at++) {
    inner[at] = 0x36 ^ (key[at] ?? 0);
    outer[at] = 0x5c ^ (key[at] ?? 0);
  }
  inner.set(data, BLOCK);
  outer.set(sha256(inner), BLOCK);
  return sha256(outer);
};

/**
 * SHA-256 and its HMAC for the SDK's signer. `createHmac` makes a key object at each call, which
 * takes 5 % of a sale's CPU (docs/adr/0038-dynamodb-client.md).
 */
export class OneShotSha256 {
  private readonly secret: Uint8Array | undefined;
  private readonly parts: Uint8Array[] = [];

  constructor(secret?: Bytes | ArrayBuffer | ArrayBufferView) {
    this.secret = secret === undefined ? undefined : toBytes(secret as Bytes);
  }

  update(data: Bytes | ArrayBuffer | ArrayBufferView): void {
    this.parts.push(toBytes(data as Bytes));
  }

  async digest(): Promise<Uint8Array> {
    const [first, ...others] = this.parts;
    const data = first && others.length === 0 ? first : Buffer.concat(this.parts);
    return this.secret ? hmac(this.secret, data) : sha256(data);
  }

  reset(): void {
    this.parts.length = 0;
  }
}
