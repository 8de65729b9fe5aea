import { describe, expect, it } from 'vitest';
import { createClient } from '../../shared/api/client.ts';
import { contract, operations } from '../../shared/api/contract.ts';
import { parseResponse } from '../../shared/api/parse-response.ts';
import { sale } from '../kit/claims.ts';
import { fixedClock } from '../kit/clock.ts';

/** A client to which every request is answered so. */
const answeredWith = (status: number, text: string) =>
  createClient('http://bahi', 'token', async () => new Response(text, { status }));
const body = sale(fixedClock(), [{ item: 'LKO-KURTA-01', quantity: 1 }]);
const path = { location: 'LKO-01', number: '7KQ2MS2611220001' };
const sell = (status: number, text: string) => answeredWith(status, text).recordVoucher({ path, body });

describe('what Bahi did not say itself is a problem all the same, and never thrown:', () => {
  it.each([
    [401, '{"message":"Unauthorized"}', 'UNAUTHENTICATED'],
    [403, '{"message":"Forbidden"}', 'FORBIDDEN'],
    [404, '{"message":"Not Found"}', 'NOT_FOUND'],
    [413, '{"message":"Request Entity Too Large"}', 'BODY_TOO_LARGE'],
    [429, '{"message":"Too Many Requests"}', 'BUSY'],
    [500, '{"message":"Internal Server Error"}', 'INTERNAL'],
    [502, '<html>Bad Gateway</html>', 'BUSY'],
    [503, '{"message":"Service Unavailable"}', 'BUSY'],
    [504, '', 'BUSY'],
    [431, '{"message":"Request Header Fields Too Large"}', 'INVALID_REQUEST'],
    [422, '{"code":"FROM_A_NEWER_BAHI"}', 'INVALID_REQUEST'],
    [200, '<html>Sign in to the station Wi-Fi</html>', 'INTERNAL'],
    [201, '{"number":7}', 'INTERNAL'],
  ])('%i %s is %s', async (status, text, code) => {
    const answer = await sell(status, text);
    expect(answer).toMatchObject({ ok: false, status, problem: { status, code } });
    expect(answer).toHaveProperty('problem.detail', expect.stringContaining(text || 'nothing'));
  });
});

it('only a lost answer is thrown', async () => {
  const lost = createClient('http://bahi', 'token', () => Promise.reject(new TypeError('the link dropped')));
  await expect(lost.getHealth({})).rejects.toThrow('the link dropped');
});

describe('a reply that says more than we know is taken as it is:', () => {
  /** A reply of a newer version: every object has one more field. */
  const withMore = (said: unknown): unknown => {
    if (Array.isArray(said)) return said.map(withMore);
    if (typeof said !== 'object' || said === null) return said;
    const fields = Object.entries(said).map(([name, one]) => [name, withMore(one)]);
    return { ...Object.fromEntries(fields), fromANewerBahi: { of: ['more'] } };
  };

  it.each(operations.filter(({ binary }) => !binary))('$id', (operation) => {
    const more = withMore(operation.example.reply);
    expect(parseResponse(operation, 200, JSON.stringify(more))).toEqual({ ok: true, status: 200, body: more });
  });

  it('but nothing may be missing or wrong', async () => {
    const said = { ...Object(withMore(contract.recordVoucher.example.reply)), outcome: undefined };
    expect(await sell(201, JSON.stringify(said))).toMatchObject({ ok: false, problem: { code: 'INTERNAL' } });
  });
});
