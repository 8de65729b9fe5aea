import { beforeAll, expect, it } from 'vitest';
import { routeOf } from '../../local/routes.ts';
import { operations } from '../../shared/api/contract.ts';
import { openApi } from '../../shared/api/openapi.ts';
import type { Operation } from '../../shared/platform/operation-contract.ts';
import { useBook } from '../kit/book.ts';
import { type Document, documentCheck } from '../kit/fuzz/document-check.ts';
import { FOREIGN, openFuzz } from '../kit/fuzz/requests.ts';
import { seededRandom } from '../kit/random.ts';

const REQUESTS = 2_000;
/** Operations, out of 67. The others need more than one random request can bring. */
const MUST_SUCCEED = 40;
const document = openApi() as unknown as Document;
const check = documentCheck(document);
const book = useBook();
let fuzz: Awaited<ReturnType<typeof openFuzz>>;
beforeAll(async () => {
  fuzz = await openFuzz(book, document, seededRandom(Number(process.env.FUZZ_SEED ?? 1)));
});

it('The foreign data is shown to its own officer, so its absence below is no accident.', async () => {
  const token = await book.bahi.issuer.token({ role: 'officer', scope: [`district:${FOREIGN.id}`] });
  const headers = { authorization: `Bearer ${token}` };
  const silent: string[] = [];
  for (const path of SHOWS_MARKS) {
    const text = await (await fetch(`${book.bahi.url}${path}`, { headers })).text();
    if (!fuzz.foreign.marks.some((mark) => text.includes(mark))) silent.push(path);
  }
  expect(silent).toEqual([]);
});

const SHOWS_MARKS = [
  '/locations/BSB-01/days/2026-11-22',
  '/locations/BSB-01/held',
  '/locations/BSB-01/transfers?way=outgoing',
  '/locations/BSB-01/terminals',
  '/alerts?location=BSB-01',
  '/producers/P0900/requests',
  '/producers/P0900/passbook',
];

it(`${REQUESTS} requests made from the OpenAPI document get declared answers, and none of another scope.`, async () => {
  const complaints: string[] = [];
  const succeeded = new Set<string>();
  for (let at = 0; at < REQUESTS; at++) {
    const operation = operations[at % operations.length] as Operation;
    const caller = fuzz.callerOf(operation);
    const { url, init } = await fuzz.requestOf(operation, caller);
    const response = await fetch(url, init);
    const text = await response.text();
    if (response.ok) succeeded.add(operation.id);
    const sent = `${init.method} ${url} ${init.body ?? ''}`;
    const complaint =
      complaintOf(init.method, response, text) ?? (caller.isEverywhere ? undefined : leakIn(text, sent));
    if (complaint) complaints.push(`${at} ${sent.slice(0, 500)}\n  ${complaint.slice(0, 500)}`);
  }
  expect(complaints).toEqual([]);
  expect(succeeded.size).toBeGreaterThan(MUST_SUCCEED);
});

/** A path such as `..` changes the route on its way. */
const complaintOf = (method: string, { url, status, headers }: Response, text: string): string | undefined => {
  const id = routeOf(method, new URL(url).pathname)?.operation.id;
  const operation = operations.find((one) => one.id === id);
  if (operation) return check(operation, { status, type: headers.get('content-type') ?? '', text });
  return status === 404 ? undefined : `answered ${status} where there is no operation`;
};

const leakIn = (text: string, sent: string): string | undefined => {
  const leaked = fuzz.foreign.marks.find((mark) => text.includes(mark) && !sent.includes(mark));
  return leaked && `tells ${leaked} of another scope: ${text}`;
};
