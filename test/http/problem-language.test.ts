import { afterAll, beforeAll, expect, it } from 'vitest';
import { PROBLEMS } from '../../shared/kernel/problems.ts';
import { Problem } from '../../shared/kernel/refusal.ts';
import { type Book, openBook } from '../kit/book.ts';
import { checkAnswersAgainstContract } from '../kit/contract-check.ts';
import { ask, type Sent } from '../kit/wire.ts';

checkAnswersAgainstContract();

let book: Book;
let token: string;
let admin: string;
beforeAll(async () => {
  book = await openBook();
  admin = await book.bahi.issuer.token({ role: 'admin', scope: ['state'] });
  token = await book.bahi.issuer.token({ role: 'outlet', scope: ['location:LKO-01'] });
});
afterAll(() => book.close());

const refusedIn = async (language: string | undefined) => {
  const headers: Record<string, string> = language === undefined ? {} : { 'accept-language': language };
  const answer = await ask(book, '/locations/LKO-01/vouchers/7KQ2MS2611220001', { token, headers });
  return { problem: await answer.json(), language: answer.headers.get('content-language') };
};

it.each(['hi', 'hi-IN', 'HI-in, en;q=0.5', 'en;q=0.3, hi;q=0.9', 'hi;q=0.1'])(
  '%s is answered in Hindi.',
  async (header) => {
    const { title, whatToDo } = PROBLEMS.NOT_FOUND.hi;
    const { problem, language } = await refusedIn(header);
    expect(problem).toMatchObject({ code: 'NOT_FOUND', title, whatToDo });
    expect(language).toBe('hi');
  },
);

it.each([undefined, '', 'en', 'en, hi', 'hi;q=0', 'fr', 'hindi', ';;,q=x'])(
  '%s is answered in English.',
  async (header) => {
    const { problem, language } = await refusedIn(header);
    expect(problem).toMatchObject({ title: PROBLEMS.NOT_FOUND.en.title });
    expect(language).toBe('en');
  },
);

it('Each code has its own Hindi title, in Devanagari, and a whole sentence of advice.', () => {
  const texts = Object.values(PROBLEMS).map(({ hi }) => hi);
  expect(new Set(texts.map(({ title }) => title)).size).toBe(texts.length);
  for (const { title, whatToDo } of texts) {
    expect(title).toMatch(/[\u0900-\u097f]/);
    expect(whatToDo).toMatch(/[\u0900-\u097f].*।$/);
  }
});

const inHindi = async (path: string, sent: Sent = {}): Promise<Problem> => {
  const answer = await ask(book, path, { token, headers: { 'accept-language': 'hi' }, ...sent });
  return Problem.parse(await answer.json());
};

it('The detail and each field are in Hindi, whatever was wrong.', async () => {
  const problems = await Promise.all([
    inHindi('/nothing'),
    inHindi('/locations/LKO-01/stock', { token: 'none' }),
    inHindi('/locations/LKO-01/stock?limit=x&nothing=1'),
    inHindi('/alerts?location=LKO-01&type=neither'),
    inHindi('/districts/LKO/reports/sales-by-day'),
    inHindi('/locations/LKO-02/stock'),
    inHindi('/locations/LKO-01/vouchers/7KQ2MS2611220001', { method: 'PUT', body: '{}' }),
    inHindi('/locations/LKO-01/vouchers/7KQ2MS2611220001', { method: 'PUT', body: 'no' }),
  ]);
  const texts = problems.flatMap(({ detail, fields = [] }) => [
    detail,
    ...(fields as { readonly problem: string }[]).map(({ problem }) => problem),
  ]);
  expect(texts.length).toBeGreaterThanOrEqual(12);
  expect(texts.filter((text) => !/[\u0900-\u097f]/.test(text))).toEqual([]);
});

it('A voucher that is refused or held in a sync says why in Hindi.', async () => {
  const body = JSON.stringify({ vouchers: [{ number: '7KQ2MS2611220001' }] });
  const answer = await ask(book, '/locations/LKO-01/vouchers', {
    method: 'POST',
    body,
    token,
    headers: { 'accept-language': 'hi' },
  });
  const { outcomes } = (await answer.json()) as { readonly outcomes: readonly { readonly problem: Problem }[] };
  const [first] = outcomes;
  expect(first?.problem).toMatchObject({
    title: PROBLEMS.INVALID_REQUEST.hi.title,
    detail: 'claim: देना ज़रूरी है।',
    fields: [{ path: 'claim', problem: 'देना ज़रूरी है' }],
  });
});

const NO_SUCH_DISTRICT = 'id,district\nLKO-01,XYZ\n';

it('One wrong line of an import is one problem, and two are two.', async () => {
  const send = (file: string, language: string) =>
    ask(book, '/registry/outlets/import', {
      method: 'POST',
      body: file,
      token: admin,
      headers: { 'content-type': 'text/csv', 'accept-language': language },
    }).then(async (answer) => Problem.parse(await answer.json()).detail);
  expect(await send('id,district\nLKO-01,XYZ\nLKO-02,XYZ\n', 'en')).toBe('2 problems were found; nothing was written.');
  expect(await send(NO_SUCH_DISTRICT, 'en')).toBe('1 problem was found; nothing was written.');
  expect(await send(NO_SUCH_DISTRICT, 'hi')).toBe('1 ग़लती मिली; कुछ नहीं लिखा गया।');
});
