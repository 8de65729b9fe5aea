import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OTHER_OPERATIONS } from '../kit/advice/other-operations.ts';
import { STOCK_VOUCHERS } from '../kit/advice/stock-vouchers.ts';
import { TERMINALS } from '../kit/advice/terminals.ts';
import { type Book, openBook } from '../kit/book.ts';
import { holdToContract } from '../kit/declared.ts';
import { outcomeOf } from '../kit/wire.ts';

holdToContract();

let book: Book;
beforeAll(async () => {
  book = await openBook();
});
afterAll(() => book.close());

describe('whoever does what a problem advises succeeds:', () => {
  it.each(
    [...STOCK_VOUCHERS, ...OTHER_OPERATIONS, ...TERMINALS].map(
      (situation) => [situation.at, situation.code, situation.advice, situation] as const,
    ),
  )('%s %s: "%s"', async (_at, code, advice, { play }) => {
    book.clock.forward(60);
    const [met, ...followed] = await play(book);
    expect(outcomeOf(met)).toMatch(new RegExp(` ${code}$`));
    if (!met.ok) expect(`${met.problem.whatToDo} ${met.problem.detail}`).toContain(advice);
    expect(followed.map(outcomeOf)).toEqual(followed.map(() => expect.toBeOneOf([200, 201])));
    expect(followed.length).toBeGreaterThan(0);
  });
});
