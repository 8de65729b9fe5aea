import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Day } from '../../shared/kernel/time.ts';
import { countReadiness, DOOR_NEEDS, doorsOf, PAPERS, paperStates } from '../../shared/registry/readiness.ts';
import { Registrations } from '../../shared/registry/registrations.ts';

const today = '2026-11-22' as Day;
const PAN = 'AAAPL1234C';

const ALL = {
  udyam: 'UDYAM-UP-61-0012345',
  pan: PAN,
  enrolment: '09ABCDE12345678',
  pehchan: 'PHC-118',
  weaverCard: 'W-7',
  bankIfsc: 'SBIN0001234',
  bankLast4: '0042',
  gi: { application: '119', user: 'AU/1' },
};

describe('Registrations', () => {
  it.each([
    [{ udyam: 'UDYAM-DL-61-0012345' }, 'udyam'],
    [{ pan: 'AAAZL1234C' }, 'pan'],
    [{ gstin: '09AAAPL1234C1Z1' }, 'gstin'],
    [{ bankIfsc: 'SBIN1001234', bankLast4: '0042' }, 'bankIfsc'],
    [{ bankIfsc: 'SBIN0001234', bankLast4: '10042' }, 'bankLast4'],
    [{ bankIfsc: 'SBIN0001234' }, 'bankLast4'],
    [{ enrolment: '07ABCDE12345678' }, 'enrolment'],
    [{ aadhaar: '234123412346' }, ''],
    [{ bankAccount: '12345678901' }, ''],
  ])('%j is refused at %s.', (entry, path) => {
    const { success, error } = Registrations.safeParse(entry);
    expect([success, error?.issues[0]?.path.join('.')]).toEqual([false, path]);
  });

  it('A PAN that is not in the GSTIN is refused.', () => {
    expect(Registrations.safeParse({ pan: PAN, gstin: '09XXXZB0001X1ZN' }).success).toBe(false);
  });
});

describe('Readiness', () => {
  it('A door is open exactly if each of its groups has a paper that is there and not expired.', () => {
    const held = fc.record(Object.fromEntries(Object.entries(ALL).map(([name, value]) => [name, fc.constant(value)])), {
      requiredKeys: [],
    });
    fc.assert(
      fc.property(held, fc.boolean(), (some, isExpired) => {
        const { bankIfsc: _ifsc, bankLast4: _last, ...rest } = some;
        const bank = some.bankIfsc === undefined ? {} : { bankIfsc: ALL.bankIfsc, bankLast4: ALL.bankLast4 };
        const entry = Registrations.parse({ ...rest, ...bank, ...(isExpired && { pehchanUntil: '2026-11-21' }) });
        const has = new Set<string>(PAPERS.filter((paper) => (paper === 'bank' ? entry.bankIfsc : entry[paper])));
        if (isExpired) has.delete('pehchan');
        for (const { door, open, lacks } of doorsOf(paperStates(entry, today))) {
          const expected = DOOR_NEEDS[door].filter((anyOf) => !anyOf.some((paper) => has.has(paper)));
          expect([open, lacks]).toEqual([expected.length === 0, expected]);
        }
      }),
    );
  });

  it('A card is valid on its last day, and expired the day after.', () => {
    const state = (until: string) =>
      paperStates(Registrations.parse({ pehchan: 'PHC-118', pehchanUntil: until }), today).pehchan;
    expect([state('2026-11-22'), state('2026-11-21')]).toEqual(['recorded', 'expired']);
  });

  it('Counts of groups add up to the counts of all.', () => {
    const some = [Registrations.parse(ALL), {}, Registrations.parse({ pan: PAN }), {}];
    const [whole, one, other] = [some, some.slice(0, 1), some.slice(1)].map((all) => countReadiness(all, today));
    expect(whole?.producers).toBe(4);
    expect(whole?.papers.map(({ holders }) => holders)).toEqual(
      one?.papers.map(({ holders }, at) => holders + (other?.papers[at]?.holders ?? 0)),
    );
    expect(whole?.doors.find(({ door }) => door === 'mudra')).toEqual({ door: 'mudra', ready: 1 });
  });
});
