// The phone of bench/sale: a process of its own, so that its work is not counted as the server's.
import { Agent, request } from 'node:http';

export type PhoneRequest = { readonly url: string; readonly token: string; readonly body: string };
export type PhoneOrder = { readonly requests: readonly PhoneRequest[]; readonly parallel: number };

const agent = new Agent({ keepAlive: true });

const send = ({ url, token, body }: PhoneRequest): Promise<void> =>
  new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    };
    request(url, { method: 'PUT', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => (response.statusCode === 201 ? resolve() : reject(new Error(text))));
    })
      .on('error', reject)
      .end(body);
  });

process.on('message', async ({ requests, parallel }: PhoneOrder) => {
  const left = requests.values();
  const work = async () => {
    for (const one of left) await send(one);
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: parallel }, work));
  process.send?.(performance.now() - start);
});
