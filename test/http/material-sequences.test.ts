import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Client } from '../../shared/api/client.ts';
import type { MaterialRequest } from '../../shared/materials/material-request.ts';
import { type Book, openBook } from '../kit/book.ts';
import { BAMBOO, DEPOT, openDepot } from '../kit/depot.ts';
import { reconcile, workOff } from '../kit/jobs.ts';
import { requestsAt } from '../kit/material-requests.ts';
import { runs } from '../kit/runs.ts';

const PRODUCERS = ['P0100', 'P0101', 'P0102'];
const DAY_SECONDS = 24 * 3_600;

it('Whatever happens at once at a depot, stock, reservations and passbooks add up.', { tags: 'property' }, async () => {
  await fc.assert(
    fc.asyncProperty(batches, async (all) => {
      const { book, depot, DO, standing, pass } = await openSequence();
      try {
        for (const { days, steps } of all) {
          await pass(days);
          await Promise.all(steps.map((step) => DO[step.what](step)));
          const requests = await standing();
          const lines = requests.map(({ lines: [line] }) => line ?? expect.fail());
          for (const { asked, approved, issued } of lines) {
            expect(issued).toBeGreaterThanOrEqual(0);
            expect(approved).toBeGreaterThanOrEqual(issued);
            expect(approved).toBeLessThanOrEqual(asked);
          }
          const row = await depot.row();
          const reserved = sum(lines.map((line) => line.approved - line.issued));
          expect((row?.onHand ?? 0) - (row?.free ?? 0)).toBe(reserved);
          for (const producer of PRODUCERS) {
            const own = requests.filter((one) => one.producer === producer).flatMap((one) => one.lines);
            const account = await depot.account(producer);
            expect(account?.reserved ?? 0).toBe(sum(own.map((line) => line.approved - line.issued)));
            expect(account?.drawn ?? 0).toBe(sum(own.map((line) => line.issued)));
            expect(account?.left ?? 0).toBeGreaterThanOrEqual(0);
          }
          expect(await reconcile(DEPOT)).toEqual([]);
        }
      } finally {
        await book.close();
      }
    }),
    { numRuns: runs(8) },
  );
});

const STEPS = [
  'submit',
  'submit',
  'approve',
  'approve a part',
  'reject',
  'cancel',
  'issue',
  'issue',
  'confirm',
  'take back',
  'take back',
  'receive',
  'lose',
  'grant',
  'allocate',
  'allocate',
  'expire',
] as const;

type Step = { readonly what: (typeof STEPS)[number]; readonly which: number; readonly kilograms: number };

/** Steps of one batch happen at once; a day passes between batches now and then. */
const batches = fc.array(
  fc.record({
    days: fc.constantFrom(0, 0, 0, 1, 8),
    steps: fc.array(
      fc.record({ what: fc.constantFrom(...STEPS), which: fc.nat(5), kilograms: fc.constantFrom(1, 2, 3, 5, 10, 60) }),
      { minLength: 1, maxLength: 4 },
    ),
  }),
  { minLength: 4, maxLength: 12 },
);

type Issued = { readonly number: string; readonly request: string; readonly grams: number };

const openSequence = async () => {
  const opened = await openBook();
  let current = opened.admin;
  const admin = new Proxy(opened.admin, { get: (_, name) => current[name as keyof Client] });
  const book: Book = { ...opened, admin };
  const depot = await openDepot(book);
  for (const producer of PRODUCERS) await depot.producer(producer);
  await depot.receive('L-0', '100 kg');
  const asks = PRODUCERS.map((producer) => requestsAt(book, depot, producer));
  const requests: { readonly number: string; readonly by: (typeof asks)[number] }[] = [];
  const issued: Issued[] = [];
  let serial = 0;
  const pick = <T>(all: readonly T[], which: number): T | undefined => all[which % all.length];
  const day = () => book.clock.now().slice(0, 10);
  const record = (number: string, body: object) =>
    book.admin.recordVoucher({ path: { location: DEPOT, number }, body: body as never });

  for (const by of asks) {
    const number = await by.submitted('20 kg');
    requests.push({ number, by });
    await by.approve(number);
  }

  const DO: Record<Step['what'], (step: Step) => Promise<unknown>> = {
    submit: async ({ which, kilograms }) => {
      const by = pick(asks, which);
      if (by) requests.push({ number: await by.submitted(`${kilograms} kg`, { neededBy: day() }), by });
    },
    approve: async ({ which }) => {
      const one = pick(requests, which);
      await one?.by.approve(one.number);
    },
    'approve a part': async ({ which, kilograms }) => {
      const one = pick(requests, which);
      await one?.by.approve(one.number, [{ item: BAMBOO, quantity: `${kilograms} kg` }]);
    },
    reject: async ({ which }) => {
      const one = pick(requests, which);
      await one?.by.reject(one.number);
    },
    cancel: async ({ which }) => {
      const one = pick(requests, which);
      await one?.by.cancel(one.number);
    },
    issue: async ({ which, kilograms }) => {
      const one = pick(requests, which);
      if (!one) return;
      const number = depot.number('I');
      const answer = await record(number, depot.issuing(one.number, `${kilograms} kg`));
      if (answer.ok) issued.push({ number, request: one.number, grams: kilograms * 1_000 });
    },
    confirm: async ({ which }) => {
      const one = pick(requests, which);
      await one?.by.confirm(one.number);
    },
    'take back': async ({ which, kilograms }) => {
      const one = pick(issued, which);
      if (!one) return;
      const { number: of, grams } = one;
      await record(depot.number('V'), {
        kind: 'V',
        occurredAt: book.clock.now(),
        by: 'S001',
        previous: null,
        of,
        reason: 'mistake',
        goods: kilograms % 3 === 0 ? 'written off' : 'to shelf',
        lines: [{ line: 1, item: BAMBOO, quantity: kilograms % 2 ? grams : Math.min(grams, kilograms * 1_000) }],
      });
    },
    receive: ({ kilograms }) => depot.receive(`L-${++serial}`, `${kilograms} kg`),
    lose: ({ kilograms }) => depot.shortBy(kilograms * 1_000).catch(() => undefined),
    grant: async ({ which, kilograms }) => {
      const producer = pick(PRODUCERS, which) ?? '';
      const path = { producer, item: BAMBOO, grant: `G-${++serial}` };
      await book.admin.grantEntitlement({
        path,
        body: { depot: DEPOT, quantity: `${kilograms} kg`, why: 'a fair' },
      });
    },
    allocate: () => workOff('allocate-materials', DEPOT, day()),
    expire: () => workOff('expire-reservations', DEPOT, day()),
  };

  const standing = async (): Promise<MaterialRequest[]> =>
    Promise.all(requests.map(({ number, by }) => by.read(number))) as Promise<MaterialRequest[]>;

  /** Tokens of the day before have expired. */
  const pass = async (days: number) => {
    book.clock.forward(1 + days * DAY_SECONDS);
    if (days > 0) current = await book.as('admin', 'state');
  };
  return { book, depot, DO, standing, pass };
};

const sum = (all: readonly number[]) => all.reduce((total, one) => total + one, 0);
