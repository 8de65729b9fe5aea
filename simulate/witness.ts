import type { SimulatedClock } from './clock.ts';
import type { Log } from './log.ts';
import type { Claim, Said, Told, Truth } from './model.ts';
import type { Overhears, Reply, Request } from './network.ts';

type Sent = { readonly number: string; readonly claim: Claim; readonly clock?: Said['clock'] };

const PLACE = /\/locations\/([^/]+)\/vouchers(?:\/([^/?]+))?$/;

/** Which vouchers a request carries, read from what was sent. */
const sentIn = ({ method, url, body }: Request): Sent[] => {
  const [, , number] = PLACE.exec(url) ?? [];
  if (method === 'PUT' && number) {
    const { clock, goodsInHand: _inHand, proof: _proof, ...claim } = JSON.parse(body);
    return [{ number, claim, clock }];
  }
  if (method !== 'POST' || !PLACE.test(url)) return [];
  return JSON.parse(body).vouchers;
};

/** Stands at Bahi's door: keeps for the truth what reached it when, and what it answered, whoever hears of that. */
export const witnessOf = (truth: Truth, clock: SimulatedClock, log: Log): Overhears => {
  const known = ({ number, claim }: Sent): Said => {
    const said = truth.find(number, claim);
    if (!said) throw new Error(`nobody said ${number} so`);
    return said;
  };
  return {
    arrives: (request) => {
      for (const sent of sentIn(request)) {
        const said = known(sent);
        said.arrived++;
        if (sent.clock?.skew !== said.clock?.skew) throw new Error(`${sent.number} was sent by another measurement`);
      }
      log.note(clock.at(), request.who.sub, `> ${shortOf(request)}`);
    },
    answered: (request, reply) => {
      log.note(
        clock.at(),
        request.who.sub,
        `< ${shortOf(request)} ${reply ? `${reply.status} ${toldIn(reply)}` : 'died'}`,
      );
      const sent = sentIn(request);
      const outcomes = reply ? outcomesIn(request, reply) : [];
      for (const [at, outcome] of outcomes.entries()) {
        const one = sent[at];
        if (!one || !outcome) continue;
        const said = known(one);
        if (outcome === 'new') said.recorded++;
        // What is in the book is not gone by a later refusal.
        said.told = outcome === 'new' ? 'recorded' : said.told === 'recorded' ? said.told : outcome;
      }
    },
  };
};

const shortOf = ({ method, url, body }: Request): string =>
  `${method} ${url.replace('http://bahi.simulated', '')}${body && method !== 'GET' ? ` ${plain(body).slice(0, 400)}` : ''}`;

/** Keys and signatures are drawn by the system, not by the seed. */
const plain = (body: string): string => body.replace(/"proof":"[\w-]*",?/g, '').replace(/"key":\{[^}]*\},?/g, '');

const toldIn = ({ status, body }: Reply): string => {
  if (status >= 400) return String(JSON.parse(body).code);
  const { outcomes } = JSON.parse(body);
  return Array.isArray(outcomes)
    ? outcomes.map(({ number, outcome, problem }) => `${number} ${outcome} ${problem?.code ?? ''}`.trim()).join(', ')
    : '';
};

type Outcome = Told | 'new' | undefined;

const outcomesIn = ({ method }: Request, { status, body }: Reply): Outcome[] => {
  if (method === 'PUT')
    return [status === 201 ? 'new' : status === 200 ? 'recorded' : status === 503 ? undefined : 'refused'];
  if (status !== 200) return [];
  const { outcomes } = JSON.parse(body) as { outcomes?: { outcome: string; state?: string }[] };
  return (outcomes ?? []).map(({ outcome }) => CAPTURED[outcome]);
};

const CAPTURED: Record<string, Outcome> = { recorded: 'new', repeated: 'recorded', held: 'held', refused: 'refused' };
