import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openBook } from '../kit/book.ts';
import { kurtas } from '../kit/claims.ts';
import { reconcile } from '../kit/jobs.ts';
import { runs } from '../kit/runs.ts';
import { type Shop, sold } from '../kit/shop.ts';
import { recordLive } from '../kit/shop-phone.ts';
import {
  acceptTransferRequest,
  stallWithStock,
  transferRequestsAt,
  writeAcceptance,
} from '../kit/transfer-requests.ts';

/** A kurta is short at three or less, and is filled to this target. */
const TARGET = 6;

it('Concurrent acceptances fill no stall beyond its target, and the remaining requests can be accepted.', {
  tags: 'property',
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 7, max: 12 }), { minLength: 1, maxLength: 3 }),
      fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
      fc.array(fc.nat(5), { minLength: 2, maxLength: 6 }),
      async (rich, poor, sales) => {
        const own = await openBook();
        try {
          const [item = ''] = kurtas(1);
          const givers: Shop[] = [];
          for (const quantity of rich) givers.push(await stallWithStock(own, { [item]: quantity }));
          const short: Shop[] = [];
          for (const quantity of poor) short.push(await stallWithStock(own, { [item]: quantity }));
          const all = [...givers, ...short];
          own.clock.forward(60);
          const requestsByGiver = await Promise.all(
            givers.map(async (giver) => ({ giver, requests: await transferRequestsAt(giver) })),
          );
          const answers = await Promise.all([
            ...requestsByGiver.flatMap(({ giver, requests }) =>
              requests.flatMap(({ dispatch }) => {
                const written = writeAcceptance(giver, dispatch);
                return [acceptTransferRequest(giver, written), acceptTransferRequest(giver, written)];
              }),
            ),
            ...sales.map((which) =>
              recordLive(all[which % all.length] ?? expect.fail(), sold({ item, quantity: 1 })).catch(() => undefined),
            ),
          ]);
          for (const answer of answers)
            if (answer && 'status' in answer)
              expect([200, 201, 409, 503]).toContain((answer as { status: number }).status);
          for (const shop of short) {
            const row = (await shop.rows()).get(item);
            expect((row?.onHand ?? 0) + (row?.inbound ?? 0)).toBeLessThanOrEqual(TARGET);
          }
          for (const { location } of all) expect(await reconcile(location)).toEqual([]);
          // The remaining requests can be accepted one by one.
          for (let round = 0; ; round++) {
            expect(round).toBeLessThan(20);
            const next = (
              await Promise.all(givers.map(async (giver) => ({ giver, all: await transferRequestsAt(giver) })))
            ).find(({ all: left }) => left.length > 0);
            if (!next?.all[0]) break;
            expect(
              (await acceptTransferRequest(next.giver, writeAcceptance(next.giver, next.all[0].dispatch))).status,
            ).toBe(201);
          }
          for (const shop of short) {
            const row = (await shop.rows()).get(item);
            expect((row?.onHand ?? 0) + (row?.inbound ?? 0)).toBeLessThanOrEqual(TARGET);
          }
        } finally {
          await own.close();
        }
      },
    ),
    { numRuns: runs(6) },
  );
});
