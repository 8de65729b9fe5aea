import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { contract, operations } from '../../shared/api/contract.ts';
import { openApi } from '../../shared/api/openapi.ts';
import { ERROR_CODES, PROBLEMS } from '../../shared/kernel/problems.ts';
import { toProblem } from '../../shared/kernel/refusal.ts';
import { OfflineVoucher } from '../../shared/ledger/sync-contract.ts';
import { LiveVoucher } from '../../shared/ledger/voucher-contract.ts';
import { cancelledClaim } from '../../shared/ledger/voucher-kind.ts';
import { VOUCHER_KINDS } from '../../shared/ledger/voucher-kinds.ts';
import { writeCsv } from '../../shared/platform/csv.ts';
import { COMMON_ERRORS } from '../../shared/platform/operation-contract.ts';
import { useBook } from '../kit/book.ts';
import { checkAnswersAgainstContract, declaredCodes } from '../kit/contract-check.ts';
import { ask } from '../kit/wire.ts';

checkAnswersAgainstContract();

const book = useBook();

const read = (schema: z.ZodType, example: unknown) => expect(schema.safeParse(example).error).toBeUndefined();

describe.each(operations)(
  '$id',
  ({ id, route, path, query, body, bodyFor, reply, csv, consumes, statuses, example, ...op }) => {
    it('The operation parses its own example.', () => {
      read(path, example.path);
      read(query, example.query ?? {});
      if (consumes !== 'nothing') read(bodyFor?.(path.parse(example.path)) ?? body, example.body);
      read(reply, example.reply);
      const parsedQuery = query.safeParse(example.query ?? {}).data;
      if (csv) {
        const table = csv.table(reply.parse(example.reply), parsedQuery, path.parse(example.path));
        expect(writeCsv(table)).toBe(csv.example);
      }
    });
    it('The operation describes its path parameters and itself.', () => {
      expect(Object.keys(example.path).toSorted()).toEqual(
        [...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).toSorted(),
      );
      expect(contract).toHaveProperty(id);
      expect(op.summary).toMatch(/^[A-Z].*[.?]/);
      expect(new Set(statuses).size).toBe(statuses.length);
      expect(consumes === 'nothing').toBe(op.method === 'GET');
    });
    it('The operation declares the errors of its input.', () => {
      const takes = {
        nothing: [],
        'application/json': ['MALFORMED_JSON', 'BODY_TOO_LARGE'],
        'text/csv': ['BODY_TOO_LARGE'],
      };
      const faults = ['MALFORMED_JSON', 'BODY_TOO_LARGE'];
      expect(op.errors.filter((code) => faults.includes(code))).toEqual(takes[consumes]);
      expect(new Set(op.errors).size, 'each code once').toBe(op.errors.length);
      expect(op.errors.filter((code) => COMMON_ERRORS.some((common) => common === code))).toEqual([]);
    });
  },
);

it('Every voucher kind has an example that can be recorded, synced and cancelled.', () => {
  for (const { code: kind, example } of Object.values(VOUCHER_KINDS)) {
    read(LiveVoucher, example);
    read(OfflineVoucher, { number: `7KQ2M${kind}2611220001`, claim: example });
    expect(example.kind).toBe(kind);
    const { occurredAt, by, previous } = example;
    read(cancelledClaim(kind), { kind, occurredAt, by, previous, cancelled: 'torn' });
  }
});

it('Every error code is declared by some operation and has a meaning.', () => {
  const declared = new Set(operations.flatMap(declaredCodes));
  expect(ERROR_CODES.filter((code) => !declared.has(code))).toEqual([]);
  expect(new Set(Object.values(PROBLEMS).map(({ en }) => en.title)).size).toBe(ERROR_CODES.length);
  for (const code of ERROR_CODES) {
    const { type, status, whatToDo } = toProblem({ refused: code, detail: '' });
    expect(type).toMatch(/^urn:bahi:problem:[a-z-]+$/);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(whatToDo).toMatch(/\.$/);
  }
});

it('GET /openapi.json serves the document that the code declares.', async () => {
  const served = await (await ask(book, '/openapi.json')).text();
  expect(served).toBe(JSON.stringify(openApi()));
});
