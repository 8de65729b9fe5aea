import { randomUUID } from 'node:crypto';
import type { Client } from '../../shared/api/client.ts';
import type { phoneClock } from '../../shared/api/phone-clock.ts';
import { dayOf, millisecondsOf } from '../../shared/kernel/time.ts';
import { systemClock } from '../../shared/platform/runtime.ts';
import { priceAt } from '../../shared/registry/item.ts';
import type { TerminalKey } from '../../shared/registry/terminal-key.ts';
import { type DemoRandom, expectOk } from '../demo-client.ts';

export type DemoPhone = {
  readonly location: string;
  readonly terminal: string;
  readonly day: string;
  readonly answers: Map<string, number>;
  readonly sold: Map<string, DemoSale>;
  readonly spoiled: Set<string>;
  serve(): Promise<void>;
};

type DemoSale = {
  readonly amount: number;
  readonly lines: readonly { readonly item: string; readonly quantity: number }[];
};

type PricedItem = { readonly item: string; readonly unitPrice: number };

/** `client` signs with `key`; `clock` measures answers. */
type PhoneOptions = {
  readonly admin: Client;
  readonly client: Client;
  readonly clock: ReturnType<typeof phoneClock>;
  readonly key: TerminalKey;
  readonly random: DemoRandom;
};

/** The link loses one request in eleven: this many failures is an outage. */
const MAX_ATTEMPTS = 50;
const RETRYABLE_CODES: readonly string[] = ['BUSY', 'INTERNAL'];

/** Resends unanswered requests. */
export const openPhone = async (
  location: string,
  { admin, client, clock, key, random }: PhoneOptions,
): Promise<DemoPhone> => {
  const path = { location };
  const { catalogue } = expectOk(await admin.getCatalogue({ path }));
  const seller = catalogue[0]?.seller ?? '';
  const { code } = expectOk(await admin.issueEnrolmentCode({ path, body: { seller } }));
  const body = { code, installation: randomUUID(), key };
  const { terminal } = expectOk(await admin.enrolTerminal({ path, body }));
  const day = dayOf(systemClock.now());
  const goods: PricedItem[] = catalogue
    .filter((item) => item.seller === seller)
    .flatMap((item) => {
      const price = priceAt(item, systemClock.now())?.price;
      return price === undefined ? [] : [{ item: item.item, unitPrice: price }];
    });
  const answers = new Map<string, number>();
  const sold = new Map<string, DemoSale>();
  const spoiled = new Set<string>();
  let serial = 0;
  let previous: string | null = null;

  const count = (what: string) => answers.set(what, (answers.get(what) ?? 0) + 1);

  const send = async (request: Parameters<Client['recordVoucher']>[0]): Promise<boolean> => {
    for (let tries = 0; tries < MAX_ATTEMPTS; tries++) {
      try {
        const answer = await client.recordVoucher(request);
        count(answer.ok ? String(answer.status) : answer.problem.code);
        // The outcome is unknown; only a repeat can tell.
        if (answer.ok || !RETRYABLE_CODES.includes(answer.problem.code)) return answer.ok;
      } catch {
        count('sent again');
      }
    }
    throw new Error(`Bahi did not answer ${location} in ${MAX_ATTEMPTS} attempts`);
  };

  return {
    location,
    terminal,
    day,
    answers,
    sold,
    spoiled,
    serve: async () => {
      const lines = pickLines(goods, random);
      const amount = lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0);
      const number = `${terminal}S${day.slice(2).replaceAll('-', '')}${String(++serial).padStart(4, '0')}`;
      const payments = [{ tender: random.next() < 0.7 ? ('upi' as const) : ('cash' as const), amount }];
      const occurredAt = systemClock.now();
      const measured = clock.stamp(millisecondsOf(occurredAt));
      const header = { kind: 'S' as const, occurredAt, by: 'S042', previous, ...(measured && { clock: measured }) };
      const body = { ...header, lines, payments };
      const request = { path: { location, number }, body };
      const impatient = random.next() < 0.06;
      const [took, tookAgain] = await Promise.all([send(request), impatient ? send(request) : undefined]);
      const inHand =
        !took && random.next() < 0.5 && (await send({ path: request.path, body: { ...body, goodsInHand: true } }));
      if (took || tookAgain || inHand) sold.set(number, { amount, lines });
      else {
        // Cancelled, so that the series has no gap.
        await send({ path: request.path, body: { ...header, cancelled: 'the customer left' } });
        spoiled.add(number);
      }
      previous = number;
    },
  };
};

const pickLines = (goods: readonly PricedItem[], random: DemoRandom) => {
  const wanted = new Map<string, PricedItem>();
  for (let lines = 1 + random.below(3); lines > 0; lines--) {
    const one = goods[random.below(goods.length)];
    if (one) wanted.set(one.item, one);
  }
  return [...wanted.values()].map((one) => ({ ...one, quantity: random.next() < 0.1 ? 5 + random.below(8) : 1 }));
};
