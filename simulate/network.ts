import { eventOf, lambdaContext } from '../local/gateway-event.ts';
import { FUNCTIONS, routeOf } from '../local/routes.ts';
import { type Client, createClient } from '../shared/api/client.ts';
import type { PhoneKey } from '../shared/api/phone-key.ts';
import { routeKey } from '../shared/platform/operation-contract.ts';
import { type Death, runInProcess } from './processes.ts';
import type { Schedule } from './schedule.ts';
import type { SeededRandom } from './seeded-random.ts';

export type SimulatedCaller = { readonly sub: string; readonly role: string; readonly scope: string };

export type SimulatedRequest = {
  readonly who: SimulatedCaller;
  readonly method: string;
  readonly url: string;
  readonly body: string;
  readonly ifMatch?: string;
};

export type SimulatedReply = {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
};

/** In percent. */
export type LossRates = {
  readonly before: number;
  readonly after: number;
  readonly twice: number;
  readonly late: number;
  readonly dies: number;
};

export const NO_LOSSES: LossRates = { before: 0, after: 0, twice: 0, late: 0, dies: 0 };
export const MANY_LOSSES: LossRates = { before: 6, after: 8, twice: 5, late: 5, dies: 4 };

/** No answer comes if the process died. */
export type TrafficObserver = {
  requestArrived(request: SimulatedRequest): void;
  responseSent(request: SimulatedRequest, reply: SimulatedReply | undefined): void;
};

const LOSS_NAMES = ['before', 'after', 'twice', 'late', 'dies'] as const satisfies readonly (keyof LossRates)[];

export type SimulatedDevice = {
  readonly phone?: PhoneKey;
  readonly measuring?: (fetcher: typeof fetch) => typeof fetch;
};

export const openNetwork = (chance: SeededRandom, schedule: Schedule, overhears: TrafficObserver) => {
  let losses = NO_LOSSES;
  let astray: SimulatedRequest[] = [];

  const serve = async (request: SimulatedRequest, death?: Death): Promise<SimulatedReply> => {
    const { method, who, body } = request;
    const url = new URL(request.url);
    const found = routeOf(method, url.pathname);
    if (!found) throw new Error(`there is no ${method} ${url.pathname}`);
    const { operation, pathParameters } = found;
    const claims = { sub: who.sub, mfa: 'true', 'cognito:groups': [who.role], 'custom:scope': who.scope };
    const headers = { ...(request.method !== 'GET' && { 'content-type': 'application/json' }), ...ifMatchIn(request) };
    const event = eventOf({ method, url, headers, body, claims, key: routeKey(operation), pathParameters });
    overhears.requestArrived(request);
    const { said, died } = await runInProcess(death, () =>
      FUNCTIONS[operation.function](event, lambdaContext(operation.function, FUNCTION_TIMEOUT)),
    );
    const reply = {
      status: said?.statusCode ?? 500,
      body: said?.body ?? '',
      headers: { ...said?.headers } as SimulatedReply['headers'],
    };
    overhears.responseSent(request, died ? undefined : reply);
    if (died) throw lostRequestError();
    return reply;
  };

  const send = async (request: SimulatedRequest): Promise<SimulatedReply> => {
    const fate = schedule.isRunning() ? drawLoss(losses, chance) : undefined;
    switch (fate) {
      case 'before':
        throw lostRequestError();
      case 'after':
        await serve(request);
        throw lostRequestError();
      case 'twice': {
        const [one, other] = await Promise.all([serve(request), serve(request)]);
        return chance.isChosen(0.5) ? one : other;
      }
      case 'late':
        astray.push(request);
        if (chance.isChosen(0.5)) throw lostRequestError();
        return serve(request);
      case 'dies':
        return serve(request, { write: 1 + chance.below(2), when: chance.pick(['unsent', 'unheard']) });
      case undefined:
        return serve(request);
    }
  };

  return {
    /** `phone`: the device key. `measuring`: observes answers. */
    clientOf: (who: SimulatedCaller, { phone, measuring = (fetcher) => fetcher }: SimulatedDevice = {}): Client => {
      const fetcher = async (url: string, { method = 'GET', body = '', headers = {} }: RequestInit = {}) => {
        const ifMatch = (headers as Record<string, string>)['if-match'];
        const asked = { who, method, url, body: String(body), ...(ifMatch && { ifMatch }) };
        const reply = await send(asked);
        return { status: reply.status, headers: new Headers(reply.headers), text: async () => reply.body };
      };
      return createClient('http://bahi.simulated', undefined, measuring(fetcher as never), phone);
    },
    become: (next: LossRates): void => {
      losses = next;
    },
    /** Nobody awaits the answers. */
    stragglers: (part: number): (() => Promise<void>)[] => {
      const arrive = astray.filter(() => chance.isChosen(part));
      astray = astray.filter((one) => !arrive.includes(one));
      return arrive.map((request) => async () => {
        await serve(request);
      });
    },
  };
};

export type Network = ReturnType<typeof openNetwork>;

/** Milliseconds. Never reached, because true time is not seeded. */
const FUNCTION_TIMEOUT = 24 * 3_600_000;

const lostRequestError = () => new Error('lost on the way');

const ifMatchIn = ({ ifMatch }: SimulatedRequest): Record<string, string> => (ifMatch ? { 'if-match': ifMatch } : {});

const drawLoss = (losses: LossRates, chance: SeededRandom): keyof LossRates | undefined => {
  let drawn = chance.next() * 100;
  return LOSS_NAMES.find((name) => {
    drawn -= losses[name];
    return drawn < 0;
  });
};
