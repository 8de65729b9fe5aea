import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRefusal } from '../../shared/kernel/refusal.ts';
import type { Instant } from '../../shared/kernel/time.ts';
import { type Consent, decideConsent, mayPublish, PUBLISHED_PARTS } from '../../shared/registry/consent.ts';

const at = '2026-11-22T05:00:00.000Z' as Instant;
const parts = fc.subarray([...PUBLISHED_PARTS]);

const changed = (stored: Consent | undefined, change: Partial<Parameters<typeof decideConsent>[1]>) =>
  decideConsent(stored, { publish: [], isProducer: true, by: 'p0042', at, history: [], ...change });

describe('Consent to publication', () => {
  it('An officer publishes nothing more than before without naming a signed form.', () => {
    fc.assert(
      fc.property(parts, parts, (before, after) => {
        const stored = changed(undefined, { publish: before }) as Consent;
        const adds = after.some((part) => !before.includes(part));
        const officer = { isProducer: false, by: 'officer', publish: after };
        expect(isRefusal(changed(stored, officer))).toBe(adds);
        expect(isRefusal(changed(stored, { ...officer, paper: 'DIC/118' }))).toBe(false);
      }),
    );
  });

  it('Exactly what was consented to may be published, and nothing without a record.', () => {
    fc.assert(
      fc.property(parts, (publish) => {
        const consent = changed(undefined, { publish }) as Consent;
        expect(PUBLISHED_PARTS.filter((part) => mayPublish(consent, part))).toEqual(
          PUBLISHED_PARTS.filter((part) => publish.includes(part)),
        );
      }),
    );
    expect(PUBLISHED_PARTS.some((part) => mayPublish(undefined, part))).toBe(false);
  });

  it('After a withdrawal, no form that was named before it adds a part.', () => {
    const change = fc.record({ publish: parts, isProducer: fc.boolean(), paper: fc.constantFrom('DIC/2026/1', 'B 2') });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 8 }), (all) => {
        const history: Consent[] = [];
        const spent = new Set<string>();
        const named = new Set<string>();
        for (const { publish, isProducer, paper } of all) {
          const stored = history.at(-1);
          const own = isProducer ? {} : { paper, by: 'officer' };
          const decided = changed(stored, { publish, isProducer, history, ...own });
          const adds = publish.some((part) => !stored?.publish.includes(part));
          expect(isRefusal(decided)).toBe(!isProducer && adds && spent.has(paper));
          if (isRefusal(decided)) continue;
          if (decided !== stored) history.push(decided);
          if (!isProducer) named.add(paper);
          if (stored?.publish.some((part) => !publish.includes(part))) for (const one of named) spent.add(one);
        }
      }),
    );
  });

  it('A spent form written in another way is the same form.', () => {
    const used = changed(undefined, { publish: ['name'], isProducer: false, paper: 'DIC/2026/1' }) as Consent;
    const history = [used, changed(used, {}) as Consent];
    for (const [paper, isSpent] of [
      ['dic-2026-1', true],
      [' DIC / 2026 / 1 ', true],
      ['DIC/2026/11', false],
    ] as const) {
      const decided = changed(history[1], { publish: ['name'], isProducer: false, paper, history });
      expect(isRefusal(decided)).toBe(isSpent);
    }
  });

  it('A repeat keeps who recorded it and when; a withdrawal is a record of its own.', () => {
    const first = changed(undefined, { publish: ['name'] }) as Consent;
    const later = '2026-11-23T05:00:00.000Z' as Instant;
    expect(changed(first, { publish: ['name'], by: 'other', at: later })).toBe(first);
    const withdrawn = { publish: [], given: 'on paper', by: 'officer', at: later };
    expect(changed(first, { publish: [], isProducer: false, by: 'officer', at: later })).toEqual(withdrawn);
  });
});
