import type { SimulatedClock } from './clock.ts';
import type { SimulatedClaim, Statement, StatementResult, Truth } from './model.ts';
import type { SimulatedReply, SimulatedRequest, TrafficObserver } from './network.ts';
import type { Log } from './report.ts';

type SentVoucher = { readonly number: string; readonly claim: SimulatedClaim; readonly clock?: Statement['clock'] };

const PLACE = /\/locations\/([^/]+)\/vouchers(?:\/([^/?]+))?$/;

const vouchersSentIn = ({ method, url, body }: SimulatedRequest): SentVoucher[] => {
  const [, , number] = PLACE.exec(url) ?? [];
  if (method === 'PUT' && number) {
    const { clock, goodsInHand: _inHand, proof: _proof, ...claim } = JSON.parse(body);
    return [{ number, claim, clock }];
  }
  if (method !== 'POST' || !PLACE.test(url)) return [];
  return JSON.parse(body).vouchers;
};

export const createTrafficObserver = (truth: Truth, clock: SimulatedClock, log: Log): TrafficObserver => {
  const known = ({ number, claim }: SentVoucher): Statement => {
    const said = truth.find(number, claim);
    if (!said) throw new Error(`nobody said ${number} so`);
    return said;
  };
  return {
    requestArrived: (request) => {
      for (const sent of vouchersSentIn(request)) {
        const said = known(sent);
        said.arrivals++;
        if (sent.clock?.skew !== said.clock?.skew) throw new Error(`${sent.number} was sent by another measurement`);
      }
      log.note(clock.milliseconds(), request.who.sub, `> ${renderRequest(request)}`);
    },
    responseSent: (request, reply) => {
      log.note(
        clock.milliseconds(),
        request.who.sub,
        `< ${renderRequest(request)} ${reply ? `${reply.status} ${renderResult(reply)}` : 'died'}`,
      );
      const sent = vouchersSentIn(request);
      const outcomes = reply ? outcomesIn(request, reply) : [];
      for (const [at, outcome] of outcomes.entries()) {
        const one = sent[at];
        if (!one || !outcome) continue;
        const said = known(one);
        if (outcome === 'new') said.recordedTimes++;
        // A later refusal does not undo a record.
        said.result = outcome === 'new' ? 'recorded' : said.result === 'recorded' ? said.result : outcome;
      }
    },
  };
};

const renderRequest = ({ method, url, body }: SimulatedRequest): string =>
  `${method} ${url.replace('http://bahi.simulated', '')}${body && method !== 'GET' ? ` ${withoutSignatures(body).slice(0, 400)}` : ''}`;

/** Keys and signatures are not seeded. */
const withoutSignatures = (body: string): string =>
  body.replace(/"proof":"[\w-]*",?/g, '').replace(/"key":\{[^}]*\},?/g, '');

const renderResult = ({ status, body }: SimulatedReply): string => {
  if (status >= 400) return String(JSON.parse(body).code);
  const { outcomes } = JSON.parse(body);
  return Array.isArray(outcomes)
    ? outcomes.map(({ number, outcome, problem }) => `${number} ${outcome} ${problem?.code ?? ''}`.trim()).join(', ')
    : '';
};

type ObservedOutcome = StatementResult | 'new' | undefined;

const outcomesIn = ({ method }: SimulatedRequest, { status, body }: SimulatedReply): ObservedOutcome[] => {
  if (method === 'PUT')
    return [status === 201 ? 'new' : status === 200 ? 'recorded' : status === 503 ? undefined : 'refused'];
  if (status !== 200) return [];
  const { outcomes } = JSON.parse(body) as { outcomes?: { outcome: string; state?: string }[] };
  return (outcomes ?? []).map(({ outcome }) => SYNC_OUTCOMES[outcome]);
};

const SYNC_OUTCOMES: Record<string, ObservedOutcome> = {
  recorded: 'new',
  repeated: 'recorded',
  held: 'held',
  refused: 'refused',
};
