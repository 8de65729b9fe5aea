import { expect } from 'vitest';
import { type Book, expectOk } from './book.ts';
import type { Written } from './phone.ts';

type Role = 'outlet' | 'depot' | 'producer';
const roleAt = (location: string): Role =>
  /^P\d+$/.test(location) ? 'producer' : /D\d$/.test(location) ? 'depot' : 'outlet';

/**
 * Syncs vouchers; an officer admits those that are held. Signs in each time: a token lasts a day,
 * and a test's clock goes on.
 */
export const syncAndAdmit = async (book: Book, location: string, vouchers: readonly Written[]): Promise<void> => {
  const role = roleAt(location);
  const client = await book.as(role, role === 'producer' ? `producer:${location}` : `location:${location}`);
  const officer = await book.as('officer', 'state');
  const { outcomes } = expectOk(await client.syncVouchers({ path: { location }, body: { vouchers } as never }));
  for (const one of outcomes) {
    if (one.outcome !== 'held') {
      expect(one).toMatchObject({ outcome: expect.stringMatching(/^(recorded|repeated)$/) });
      continue;
    }
    const path = { location, held: one.held };
    const body = { do: 'admit', why: 'it was so' } as const;
    expect(expectOk(await officer.settleHeld({ path, body, ifMatch: 1 }))).toMatchObject({
      state: 'admitted',
    });
  }
};
