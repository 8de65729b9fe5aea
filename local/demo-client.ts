import type { Client } from '../shared/api/client.ts';
import type { TerminalCode } from '../shared/kernel/ids.ts';
import { allPages } from '../shared/kernel/pages.ts';
import type { Terminal } from '../shared/registry/entries.ts';

type ListResult<Body> = { ok: true; body: Body } | { ok: false; problem: unknown };

export const listAllPages = <Body extends { cursor?: string | undefined }, Row>(
  read: (query: { cursor?: string }) => Promise<ListResult<Body>>,
  rowsOf: (body: Body) => readonly Row[],
): Promise<Row[]> =>
  allPages(async (after) => {
    const body = expectOk(await read(after?.[0] === undefined ? {} : { cursor: after[0] }));
    return { rows: rowsOf(body), next: body.cursor === undefined ? undefined : [body.cursor] };
  });

/** Throws on a refusal. */
export const expectOk = <Body>(answer: { ok: true; body: Body } | { ok: false; problem: unknown }): Body => {
  if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer.problem)}`);
  return answer.body;
};

export const listUsableTerminals = async (
  client: Client,
  location: string,
): Promise<(Terminal & { id: TerminalCode })[]> => {
  const all = await listAllPages(
    (query) => client.listTerminals({ path: { location }, query }),
    (page) => page.terminals,
  );
  return all
    .map(({ terminal: id, ...terminal }) => ({ id, ...terminal }))
    .filter(({ revoked, handedOver }) => !revoked && !handedOver);
};

export const renderProblem = (said: unknown): string => {
  const { code, detail, fields } = said as { code?: string; detail?: string; fields?: { problem?: string }[] };
  return [code, detail, ...(fields ?? []).map(({ problem }) => problem)].filter(Boolean).join(' · ');
};

export type FlakyLink = { readonly fetch: typeof fetch; readonly lost: () => number };

export const flakyLink = (random: DemoRandom): FlakyLink => {
  let lost = 0;
  const drop = (): never => {
    lost++;
    throw new TypeError('the link dropped');
  };
  return {
    fetch: async (...sent) => {
      const luck = random.next();
      if (luck < 0.03) return drop();
      const response = await fetch(...sent);
      if (luck > 0.94) {
        await response.arrayBuffer();
        return drop();
      }
      return response;
    },
    lost: () => lost,
  };
};

/** A linear congruential generator (Numerical Recipes). */
export type DemoRandom = { next(): number; below(limit: number): number };

export const randomFrom = (seed: number): DemoRandom => {
  let state = seed >>> 0;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return { next, below: (limit) => Math.floor(next() * limit) };
};
