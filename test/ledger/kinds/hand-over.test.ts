import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAboveLastNumbers } from '../../../shared/kernel/last-numbers.ts';
import { isRefusal } from '../../../shared/kernel/refusal.ts';
import type { Instant } from '../../../shared/kernel/time.ts';
import { sequenceOf, VoucherNumber } from '../../../shared/kernel/voucher-number.ts';
import type { Decision, HandOverContext } from '../../../shared/ledger/decision.ts';
import { decideHandOver, HandOver, type HandOverOutcome } from '../../../shared/ledger/kinds/hand-over.ts';
import { exampleTerminal } from '../../../shared/registry/terminal-contract.ts';

const numbered = fc
  .record({
    kind: fc.constantFrom('S', 'R', 'C'),
    day: fc.integer({ min: 1, max: 4 }),
    serial: fc.integer({ min: 1, max: 12 }),
  })
  .map(({ kind, day, serial }) => ({
    kind,
    place: day * 10_000 + serial,
    number: VoucherNumber.parse(`7KQ2M${kind}26112${day}${String(serial).padStart(4, '0')}`),
  }));

it('A number is above the last ones if its kind went less far, by day and then by serial.', () => {
  fc.assert(
    fc.property(numbered, fc.uniqueArray(numbered, { selector: ({ kind }) => kind }), (one, last) => {
      const ofKind = last.filter(({ kind }) => kind === one.kind);
      const isWithin = ofKind.some(({ place }) => one.place <= place);
      expect(
        isAboveLastNumbers(
          one.number,
          last.map(({ number }) => number),
        ),
      ).toBe(!isWithin);
    }),
  );
});

const TERMINALS = ['7KQ2M', '8KQ2M', '9KQ2M', 'AKQ2M'] as const;
const SHEETS = [1, 2, 3].map((n) => VoucherNumber.parse(`7KQ2MC261122000${n}`));
const by = VoucherNumber.parse('7KQ2MH2611220001');
const now = '2026-11-22T05:00:00.000Z' as Instant;
const { key } = exampleTerminal;
const enrolled = (seller: string) => ({
  location: 'LKO-01',
  seller,
  installation: 'phone-0001',
  key,
  enrolledAt: now,
});

const handings = fc.record({
  terminals: fc.uniqueArray(fc.constantFrom(...TERMINALS), { minLength: 1 }),
  sheets: fc.subarray(SHEETS),
  sellers: fc.array(fc.constantFrom('LKO1', 'LKO2'), { minLength: 4, maxLength: 4 }),
  here: fc.subarray([...TERMINALS]),
  found: fc.subarray(SHEETS),
  ended: fc.subarray([...TERMINALS], { maxLength: 1 }),
});

describe('Hand-over', () => {
  it('It ends all its terminals as read, or none, with one code for each seller.', () => {
    fc.assert(
      fc.property(handings, ({ terminals, sheets, sellers, here, found, ended }) => {
        const claim = HandOver.parse({
          kind: 'H',
          occurredAt: now,
          by: 'S001',
          previous: null,
          outgoing: 'S001',
          incoming: 'S002',
          cash: 0,
          signed: { outgoing: 'Asha', incoming: 'Ravi' },
          sheets,
          terminals: terminals.map((terminal) => ({ terminal, last: [] })),
        });
        const read = TERMINALS.map((code, n) => {
          const over = ended.includes(code) && { handedOver: { by, at: now, last: [] } };
          return [code, { version: n + 1, entry: { ...enrolled(sellers[n] ?? ''), ...over } }] as const;
        });
        const codes = terminals.map((_code, n) => `ABCDEFG${n}`);
        const known = new Map(read.filter(([code]) => here.includes(code)));
        const handingOver = { terminals: known, recordedSheets: new Set(found), codes } as unknown as HandOverContext;
        const admission = { way: 'captured' } as const;
        const order = sequenceOf({ number: by, claim, admission: {} });
        const input = {
          claim,
          admission,
          sequence: order,
          context: { handOver: handingOver },
          entryDetails: { voucher: by, at: now },
        };
        const decided = decideHandOver(input as never);

        const isGood =
          terminals.every((code) => here.includes(code) && !ended.includes(code)) &&
          sheets.every((number) => found.includes(number));
        expect(isRefusal(decided)).toBe(!isGood);
        if (!isGood) return;
        const { handOver, outcome, stock } = decided as Decision<HandOverOutcome>;
        expect(stock).toEqual([]);
        expect(handOver?.terminals).toEqual(
          terminals.map((terminal) => {
            const { version, entry } = known.get(terminal) ?? { version: 0, entry: {} };
            return { terminal, version, entry: { ...entry, handedOver: { by, at: now, last: [] } } };
          }),
        );
        const trading = new Set(terminals.map((code) => sellers[TERMINALS.indexOf(code)]));
        expect(handOver?.codes.map(({ seller }) => seller).toSorted()).toEqual([...trading].toSorted());
        expect(new Set(handOver?.codes.map(({ code }) => code)).size).toBe(trading.size);
        expect(outcome.codes.map(({ code }) => code.replace(' ', ''))).toEqual(handOver?.codes.map(({ code }) => code));
      }),
    );
  });
});
