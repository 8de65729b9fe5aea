import { expect } from 'vitest';
import type { Client } from '../../shared/api/client.ts';
import type { SyncOutcome } from '../../shared/ledger/sync-contract.ts';
import type { Voucher } from '../../shared/ledger/voucher.ts';
import { dayBook, shelf } from './read-all.ts';
import { type StockEvent, stockAfter } from './stock-model.ts';

/** A location's day books up to the day on which the clock stands. */
const bookOf = async (client: Client, location: string, days: number): Promise<Voucher[]> => {
  const each = Array.from({ length: days }, (_, ago) => dayBook(client, location, `2026-11-${22 - ago}`));
  return (await Promise.all(each)).flat();
};

const signOf = (claim: Extract<Voucher['claim'], { lines: unknown }>): number => {
  if (claim.kind === 'R' || (claim.kind === 'A' && claim.reason === 'found')) return 1;
  if (claim.kind !== 'V') return -1;
  return claim.goods === 'written off' ? 0 : 1;
};

/** For the model of stock. A reversal is taken to be of a sale. */
const stockEventOf = ({ number, claim, admission }: Voucher): StockEvent => {
  const at = Date.parse(claim.occurredAt) + (admission.skew ?? 0);
  if (!('lines' in claim)) return { at, number, lines: [] };
  const [counted, sign] = claim.kind === 'C' ? [true, 1] : [false, signOf(claim)];
  return {
    at,
    number,
    counted,
    lines: claim.lines.map(({ item, quantity }) => ({ item, quantity: sign * Number(quantity) })),
  };
};

/**
 * Checks that a stall's day books add up to its stock and have each number once. Returns the book.
 */
export const expectBookMatchesStock = async (client: Client, location: string, days = 2): Promise<Voucher[]> => {
  const [book, stock] = await Promise.all([bookOf(client, location, days), shelf(client, location)]);
  const rows = [...stock.values()];
  expect(Object.fromEntries(rows.map(({ item, onHand }) => [item, onHand]))).toEqual(
    stockAfter(book.map(stockEventOf)),
  );
  expect(rows.filter(({ onHand, free }) => onHand !== free)).toEqual([]);
  const numbers = book.map(({ number }) => number);
  expect(numbers.length).toBe(new Set(numbers).size);
  return book;
};

/** `recorded`, or `held ITEM_UNKNOWN`. */
export const outcomeText = (result: SyncOutcome): string =>
  'problem' in result ? `${result.outcome} ${result.problem.code}` : result.outcome;
