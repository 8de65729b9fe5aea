import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { generatePhoneKey } from '../../shared/api/phone-key.ts';
import { Dispatch } from '../../shared/ledger/kinds/dispatch.ts';
import { LiveVoucher } from '../../shared/ledger/voucher-contract.ts';
import { cancelledClaim } from '../../shared/ledger/voucher-kind.ts';
import { LEDGER_KINDS, VOUCHER_KINDS } from '../../shared/ledger/voucher-kinds.ts';
import { RequestClaim } from '../../shared/materials/material-request.ts';
import { submitRequest } from '../../shared/materials/request-contract.ts';
import { UNSIGNED_FIELDS } from '../../shared/registry/terminal-key.ts';
import { terminalKeyCache } from '../../shared/registry/terminal-key-cache.ts';
import { acceptTransferRequest } from '../../shared/replenishment/transfer-request-contract.ts';
import { simulatedPhoneKey } from '../../simulate/phones.ts';

const [place, number] = ['LKO-01', '7KQ2MS2611220007'];
const { isProven } = terminalKeyCache();

describe('a proof by WebCrypto, and one made from docs/adr/0025 alone:', () => {
  it.each([
    ['WebCrypto', generatePhoneKey],
    ['docs/adr/0025', async () => simulatedPhoneKey()],
  ])('%s is checked, with any claim', async (_says, draw) => {
    const { key, prove } = await draw();
    const claims = fc.dictionary(fc.string(), fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(claims, async (claim) => {
        const body = { ...(JSON.parse(JSON.stringify(claim)) as object), clock: 1 };
        const proof = await prove(place, number, body);
        expect(isProven(key, { place, number, body: { ...body, clock: 2, goodsInHand: true }, proof })).toBe(true);
        expect(isProven(key, { place: 'LKO-02', number, body, proof })).toBe(false);
        expect(isProven(key, { place, number, body: { ...body, more: 1 }, proof })).toBe(
          'more' in body && body.more === 1,
        );
      }),
    );
  });

  it('a number with spaces, in small letters, is signed as the server reads it', async () => {
    const { key, prove } = await generatePhoneKey();
    const proof = await prove(place, '7kq2m s 261122 0007', { kind: 'S' });
    expect(isProven(key, { place, number, body: { kind: 'S' }, proof })).toBe(true);
  });
});

it('what a body has beside its claim is what no proof covers', () => {
  const claims = new Map<string, readonly string[]>(
    LEDGER_KINDS.map((kind) => {
      const { claim } = VOUCHER_KINDS[kind];
      return [kind, [...Object.keys(claim.shape), ...Object.keys(cancelledClaim(kind).shape)]];
    }),
  );
  const bodies = LiveVoucher.options.flatMap((union) => union.options as readonly z.ZodObject[]);
  const beside = bodies.flatMap(({ shape }) => {
    const kind = (shape.kind as z.ZodLiteral<string>).value;
    return Object.keys(shape).filter((field) => !claims.get(kind)?.includes(field));
  });
  const others = [
    ...Object.keys(acceptTransferRequest.body.shape).filter((field) => !(field in Dispatch.shape)),
    ...Object.keys(submitRequest.body.shape).filter((field) => !(field in RequestClaim.shape)),
  ];
  expect([...new Set([...beside, ...others])].toSorted()).toEqual([...UNSIGNED_FIELDS].toSorted());
  expect([...claims.values()].flat().filter((field) => UNSIGNED_FIELDS.some((one) => one === field))).toEqual([]);
});
