import { describe, expect, it } from 'vitest';
import { Instant, instantOf, millisecondsOf } from '../../shared/kernel/time.ts';
import {
  ConfirmationCode,
  codeExpiryOf,
  MAX_CODE_TRIES,
  PendingConfirmation,
  refuseVoidCode,
  refuseWrongCode,
} from '../../shared/materials/confirmation.ts';
import { MaterialRequest } from '../../shared/materials/material-request.ts';
import { isUnconfirmed } from '../../shared/materials/reservation.ts';

const now = Instant.parse('2026-11-22T05:00:00Z');
const until = Instant.parse('2026-12-06T05:00:00Z');
const standing = (more: object = {}) =>
  PendingConfirmation.parse({ code: '041830', triesLeft: MAX_CODE_TRIES, until, ...more });
const justBefore = (instant: Instant) => instantOf(millisecondsOf(instant) - 1);

it.each(['000000', '999999', '041830'])('%s is a valid code.', (code) => {
  expect(ConfirmationCode.parse(code)).toBe(code);
});

it.each(['', '41830', '0418300', ' 41830', '041830\n', '04183x', '०४१८३०', '-41830', '4.1830', '1e0000', 41_830, null])(
  '%j is not a valid code.',
  (said) => {
    expect(ConfirmationCode.safeParse(said).success).toBe(false);
  },
);

describe('Void code', () => {
  it('A code is void when absent, after 14 days, and when its tries are used up.', () => {
    const refused = (confirmation: PendingConfirmation | undefined, at = now) =>
      refuseVoidCode(confirmation, at)?.refused;
    expect(codeExpiryOf(now)).toBe(until);
    expect(refused(undefined)).toBe('CODE_VOID');
    expect([justBefore(until), until].map((at) => refused(standing(), at))).toEqual([undefined, 'CODE_VOID']);
    expect([5, 1, 0, -1].map((triesLeft) => refused(standing({ triesLeft })))).toEqual([
      undefined,
      undefined,
      'CODE_VOID',
      'CODE_VOID',
    ]);
  });

  it('A code is void from the moment at which an officer should ask.', () => {
    const issued = MaterialRequest.parse({
      request: '7KQ2MQ2611220001',
      producer: 'P0042',
      depot: 'PBE-D1',
      season: '2026-27',
      via: 'own',
      neededBy: '2026-12-01',
      lines: [],
      state: 'issued',
      submittedAt: now,
      version: 3,
      history: [{ did: 'issue', at: now, by: 'pbe-depot' }],
    });
    for (const at of [now, justBefore(until), until])
      expect(refuseVoidCode(standing(), at) !== undefined).toBe(isUnconfirmed(issued, at));
  });
});

it('The code alone decides, and the last try may be right.', () => {
  for (const triesLeft of [4, 3, 2, 1, 0]) {
    expect(refuseWrongCode(standing({ triesLeft }), '041830')).toBeUndefined();
    for (const said of ['041831', '41830', '0418300', '', '0'])
      expect(refuseWrongCode(standing({ triesLeft }), said)).toMatchObject({
        refused: 'CODE_WRONG',
        facts: { triesLeft },
      });
  }
});

it('No refusal reveals the code.', () => {
  const said = [
    refuseVoidCode(standing(), until),
    refuseVoidCode(standing({ triesLeft: 0 }), now),
    refuseWrongCode(standing(), '1'),
  ];
  expect(JSON.stringify(said)).not.toContain('041830');
});
