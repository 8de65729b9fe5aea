import { afterAll, beforeAll, expect, it } from 'vitest';
import { PROBLEMS } from '../../shared/kernel/problems.ts';
import { type Book, openBook } from '../kit/book.ts';
import { holdToContract } from '../kit/declared.ts';
import { ask } from '../kit/wire.ts';

holdToContract();

let book: Book;
let token: string;
beforeAll(async () => {
  book = await openBook();
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
  async (asked) => {
    const { title, whatToDo } = PROBLEMS.NOT_FOUND.hi;
    const { problem, language } = await refusedIn(asked);
    expect(problem).toMatchObject({ code: 'NOT_FOUND', title, whatToDo });
    expect(language).toBe('hi');
  },
);

it.each([undefined, '', 'en', 'en, hi', 'hi;q=0', 'fr', 'hindi', ';;,q=x'])(
  '%s is answered in English.',
  async (asked) => {
    const { problem, language } = await refusedIn(asked);
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
