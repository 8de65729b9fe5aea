import { addProof } from '../../../shared/api/phone-key.ts';
import type { Role } from '../../../shared/kernel/access.ts';
import type { Operation } from '../../../shared/platform/operation-contract.ts';
import { type Book, numberAt } from '../book.ts';
import type { Document, Parameter } from './document-check.ts';
import { type Chance, generated, HOSTILE, withFault } from './document-values.ts';
import { plantDistrict } from './planted-district.ts';

type Caller = { readonly token: string | undefined; readonly role?: Role; readonly isEverywhere: boolean };
const OWN = {
  id: 'AGR',
  station: 'AGC',
  seller: 'AGR1',
  producer: 'P0800',
  mark: 'Apna4K',
  customer: '+919700000011',
} as const;
/** None of the callers but the admin may read it. No request of the fuzz names its mark. */
export const FOREIGN = {
  id: 'VNS',
  station: 'BSB',
  seller: 'VNS1',
  producer: 'P0900',
  mark: 'Paraya7Q',
  customer: '+919700000077',
} as const;

/** Values that fit, besides the ids of a district. */
const FITTING: Readonly<Record<string, readonly unknown[]>> = {
  to: ['AGC-02', 'LKO-02'],
  sellers: [['AGR1']],
  district: ['AGR', 'LKO'],
  by: ['S001'],
  previous: [null],
  day: ['2026-11-22', '2026-11-21'],
  period: ['2026-10', '2026-09'],
  from: ['2026-11-01', '2026-11-22'],
  since: ['2026-11-22T00:00:00Z'],
  occurredAt: ['2026-11-22T05:01:00Z', '2026-11-22T05:02:00Z'],
  'If-Match': ['"1"', '"2"', '"3"'],
};
/** So often as foreign ones. */
const OWN_SHARE = 3;

/** Plants both districts. Requests are random, but equal for equal chances. */
export const openFuzz = async (book: Book, document: Document, chance: Chance) => {
  const own = await plantDistrict(book, OWN);
  const foreign = await plantDistrict(book, FOREIGN);
  let serial = 100;
  const as = async (role: Role, ...scope: string[]): Promise<Caller> => ({
    token: await book.bahi.issuer.token({ role, scope }),
    isEverywhere: role === 'admin',
    ...(scope.length > 0 && { role }),
  });
  const callers = [
    await as('outlet', `location:${OWN.station}-01`),
    await as('depot', `location:${OWN.station}-D1`),
    await as('producer', `producer:${OWN.producer}`),
    await as('officer', `district:${OWN.id}`),
    await as('admin', 'state'),
    await as('outlet'),
    { token: await book.bahi.issuer.token({ role: 'officer', scope: ['state'], mfa: false }), isEverywhere: false },
    { token: undefined, isEverywhere: false },
  ];

  /** Mostly one whose role may call it. */
  const callerOf = ({ access }: Operation): Caller => {
    const able = callers.filter(({ role }) => access === 'open' || (role && access.roles.includes(role)));
    return chance.pick(chance.isChosen(0.8) ? able : callers);
  };

  const parameters = (all: readonly Parameter[] = []): Parameter[] =>
    all.map((one) => (one.$ref ? document.components.parameters[one.$ref.replace(/^.*\//, '')] : one) as Parameter);

  const bodyFor = (example: unknown, schema: object | undefined, values: Parameters<typeof generated>[2]): unknown => {
    if (!schema || typeof example === 'string')
      return chance.isChosen(0.5) ? example : chance.pick(['', 'a,b\n1,2\n', example]);
    const body = chance.isChosen(0.4) ? structuredClone(example) : generated(schema, 'body', values);
    return chance.isChosen(0.4) ? withFault(body, chance) : body;
  };

  const encode = (value: unknown): string =>
    encodeURIComponent((typeof value === 'object' ? JSON.stringify(value) : String(value)).toWellFormed());

  /** A request of that operation, as one of the callers. */
  const requestOf = async (operation: Operation, caller: Caller) => {
    const { route, method, example } = operation;
    const described = document.paths[route]?.[method.toLowerCase()];
    // An admin may hand a foreign place to another district, and its officer may then read it.
    const others = caller.isEverywhere ? {} : foreign.ids;
    const names = new Set([...Object.keys(FITTING), ...Object.keys(own.ids)]);
    const known = Object.fromEntries(
      [...names].map((name) => [
        name,
        [
          ...(FITTING[name] ?? []),
          ...Array(OWN_SHARE)
            .fill(own.ids[name] ?? [])
            .flat(),
          ...(others[name] ?? []),
        ],
      ]),
    );
    const values = { schemas: document.components.schemas, chance, known, hostility: chance.pick([0, 0, 0.02, 0.1]) };
    const content = Object.entries(described?.requestBody?.content ?? {})[0];
    const body = content && bodyFor(own.bodies[operation.id] ?? example.body, content[1].schema, values);
    const fitting = chance.isChosen(0.6)
      ? chance.pick(caller.isEverywhere ? [own] : [own, own, foreign]).paths[operation.id]
      : undefined;
    const path: Record<string, string> = {};
    const query: string[] = [];
    const headers: Record<string, string> = {};
    for (const { name, in: place, required, schema } of parameters(described?.parameters)) {
      const value = fitting?.[name] ?? generated(schema, name, values);
      if (place === 'path') path[name] = String(value) === '' ? ' ' : String(value);
      else if (place === 'query' && (required || chance.isChosen(0.4))) query.push(`${name}=${encode(value)}`);
      else if (place === 'header' && chance.isChosen(0.7) && /^[\x20-\x7e]+$/.test(String(value)))
        headers[name] = String(value);
    }
    const kind = (body as { kind?: unknown } | undefined)?.kind;
    if ('number' in path && typeof kind === 'string' && /^[A-Z]$/.test(kind) && chance.isChosen(0.8))
      path.number = numberAt(
        book.clock,
        String(own.ids.terminal?.[kind === 'I' || kind === 'Q' ? 1 : 0]),
        kind,
        ++serial,
      );
    if (chance.isChosen(0.05)) query.push(`${encode(chance.pick(HOSTILE))}=${encode(chance.pick(HOSTILE))}`);
    if (chance.isChosen(0.3))
      headers.accept = chance.pick(['text/csv', 'text/html', 'application/pdf', '*/*', 'x/y;q=z']);
    if (caller.token) headers.authorization = `Bearer ${caller.token}`;
    if (content) headers['content-type'] = content[0];
    const proven = await addProof(operation.id, { path, body }, book.phone).catch(() => body);
    const text = typeof proven === 'string' ? proven : JSON.stringify(proven);
    const address = route.replaceAll(/\{(\w+)\}/g, (_all, name: string) => encode(path[name]));
    const url = `${book.bahi.url}${address}${query.length > 0 ? `?${query.join('&')}` : ''}`;
    return {
      url,
      init: {
        method,
        headers,
        redirect: 'manual' as const,
        ...(text !== undefined && method !== 'GET' && { body: text }),
      },
    };
  };

  return { foreign, callerOf, requestOf };
};
