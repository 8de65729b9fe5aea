import { eventOf } from '../local/gateway-event.ts';
import { lambdaContext } from '../local/lambda.ts';
import { FUNCTIONS, routeOf } from '../local/routes.ts';
import { type Client, clientOf } from '../shared/api/client.ts';
import type { PhoneKey } from '../shared/api/phone-key.ts';
import { routeKey } from '../shared/platform/operation-contract.ts';
import type { Chance } from './chance.ts';
import { type Death, inProcess } from './processes.ts';
import type { Schedule } from './schedule.ts';

export type Who = { readonly sub: string; readonly role: string; readonly scope: string };
export type Request = {
  readonly who: Who;
  readonly method: string;
  readonly url: string;
  readonly body: string;
  readonly ifMatch?: string;
};
export type Reply = {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
};

/** What comes of requests on their way; of the other parts of a hundred they arrive, once, and are answered. */
export type Losses = {
  readonly before: number;
  readonly after: number;
  readonly twice: number;
  readonly late: number;
  readonly dies: number;
};
export const NONE_LOST: Losses = { before: 0, after: 0, twice: 0, late: 0, dies: 0 };
export const MANY_LOST: Losses = { before: 6, after: 8, twice: 5, late: 5, dies: 4 };

/** Told of every request that reaches Bahi, and of what Bahi answered; nothing was answered if its process died. */
export type Overhears = { arrives(request: Request): void; answered(request: Request, reply: Reply | undefined): void };

const NAMES = ['before', 'after', 'twice', 'late', 'dies'] as const satisfies readonly (keyof Losses)[];

export type Device = {
  readonly phone?: PhoneKey;
  readonly measuring?: (fetcher: typeof fetch) => typeof fetch;
};

export const openNetwork = (chance: Chance, schedule: Schedule, overhears: Overhears) => {
  let losses = NONE_LOST;
  let astray: Request[] = [];

  const serve = async (request: Request, death?: Death): Promise<Reply> => {
    const { method, who, body } = request;
    const url = new URL(request.url);
    const found = routeOf(method, url.pathname);
    if (!found) throw new Error(`there is no ${method} ${url.pathname}`);
    const { operation, pathParameters } = found;
    const claims = { sub: who.sub, mfa: 'true', 'cognito:groups': [who.role], 'custom:scope': who.scope };
    const headers = { ...(request.method !== 'GET' && { 'content-type': 'application/json' }), ...ifMatchIn(request) };
    const event = eventOf({ method, url, headers, body, claims, key: routeKey(operation), pathParameters });
    overhears.arrives(request);
    const { said, died } = await inProcess(death, () =>
      FUNCTIONS[operation.function](event, lambdaContext(operation.function, PLENTY)),
    );
    const reply = {
      status: said?.statusCode ?? 500,
      body: said?.body ?? '',
      headers: { ...said?.headers } as Reply['headers'],
    };
    overhears.answered(request, died ? undefined : reply);
    if (died) throw lost();
    return reply;
  };

  const send = async (request: Request): Promise<Reply> => {
    const fate = schedule.isRunning() ? fateOf(losses, chance) : undefined;
    switch (fate) {
      case 'before':
        throw lost();
      case 'after':
        await serve(request);
        throw lost();
      case 'twice': {
        const [one, other] = await Promise.all([serve(request), serve(request)]);
        return chance.often(0.5) ? one : other;
      }
      case 'late':
        astray.push(request);
        if (chance.often(0.5)) throw lost();
        return serve(request);
      case 'dies':
        return serve(request, { write: 1 + chance.below(2), when: chance.pick(['unsent', 'unheard']) });
      case undefined:
        return serve(request);
    }
  };

  return {
    /** `phone`: the key of the phone that asks; `measuring`: what it makes of each answer. */
    clientOf: (who: Who, { phone, measuring = (fetcher) => fetcher }: Device = {}): Client => {
      const fetcher = async (url: string, { method = 'GET', body = '', headers = {} }: RequestInit = {}) => {
        const ifMatch = (headers as Record<string, string>)['if-match'];
        const asked = { who, method, url, body: String(body), ...(ifMatch && { ifMatch }) };
        const reply = await send(asked);
        return { status: reply.status, headers: new Headers(reply.headers), text: async () => reply.body };
      };
      return clientOf('http://bahi.simulated', undefined, measuring(fetcher as never), phone);
    },
    become: (next: Losses): void => {
      losses = next;
    },
    /** Some of the copies that went astray arrive now; nobody waits for their answers. */
    stragglers: (part: number): (() => Promise<void>)[] => {
      const arrive = astray.filter(() => chance.often(part));
      astray = astray.filter((one) => !arrive.includes(one));
      return arrive.map((request) => async () => {
        await serve(request);
      });
    },
  };
};
export type Network = ReturnType<typeof openNetwork>;

/** Milliseconds that a function has: none runs out of true time, which is not the seed's. */
const PLENTY = 24 * 3_600_000;

const lost = () => new Error('lost on the way');

const ifMatchIn = ({ ifMatch }: Request): Record<string, string> => (ifMatch ? { 'if-match': ifMatch } : {});

const fateOf = (losses: Losses, chance: Chance): keyof Losses | undefined => {
  let drawn = chance.next() * 100;
  return NAMES.find((name) => {
    drawn -= losses[name];
    return drawn < 0;
  });
};
