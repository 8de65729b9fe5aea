import { allocateMaterials } from '../../functions/allocate-materials/allocate-materials.ts';
import { allStores } from '../../local/all-stores.ts';
import { ItemId, ProducerId, StockLocationId } from '../../shared/kernel/ids.ts';
import { toCanonicalJson } from '../../shared/kernel/json.ts';
import { Day } from '../../shared/kernel/time.ts';
import type { VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import { Season } from '../../shared/materials/entitlement-account.ts';
import { MaterialRequest, RequestClaim } from '../../shared/materials/material-request.ts';
import { QueryCommand, UpdateCommand } from '../../shared/platform/dynamodb-commands.ts';
import { Environment } from '../../shared/platform/environment.ts';
import { runtimeOf } from '../../shared/platform/runtime.ts';
import { concurrently } from '../../shared/platform/tasks.ts';
import { stockRowUpdate } from '../../shared/stock/stock-change-store.ts';
import type { Book } from './book.ts';
import { scanPages } from './bulk-items.ts';
import { engineClient } from './fast-clients.ts';

export const DAY = '2026-11-22';
const SEASON = Season.parse('2026-27');

/**
 * Each producer's entitlement of every material, each material's free stock, and the requests:
 * quantity of each material and the day of need.
 */
export type Spec = {
  readonly entitled: Readonly<Record<string, number>>;
  readonly free: readonly number[];
  readonly asks: readonly (readonly [producer: string, ...quantities: number[]])[];
  /** Day of need of each request; the first of December if undefined. */
  readonly neededBy?: readonly (string | undefined)[];
};

export type SubmittedRequest = { readonly number: string; readonly producer: string };

/** The functions' stores on a book's tables, with a client of their own, as another process has. */
export const storesOf = ({ bahi, clock }: Book, client = engineClient()) => {
  const environment = { ...Environment.parse({}), tables: bahi.tables };
  return allStores(runtimeOf({ environment, clock, client, count: () => undefined }));
};

export type BookStores = ReturnType<typeof storesOf>;

/** 12 gives `ZAABC`: a depot's station, its terminal, and the prefix of its materials' ids. */
const codeOf = (count: number): string =>
  `Z${[...String(count).padStart(4, '0')].map((digit) => 'ABCDEFGHJK'[Number(digit)]).join('')}`;
let opened = 0;

/**
 * Depots with their own materials in one book, written by the stores, so that tests do not meet.
 */
export const competingDepots = (book: Book) => {
  const plain = storesOf(book);
  const documents = engineClient();

  const openDepot = async ({ entitled, free, asks, neededBy = [] }: Spec) => {
    const code = codeOf(++opened);
    const depot = StockLocationId.parse(`${code}-D1`);
    const items = free.map((_, at) => ItemId.parse(`${code}-M${String(at).padStart(2, '0')}`));
    const all: SubmittedRequest[] = [];

    /** Adds to the stock of a material; below zero takes from it. */
    const receive = async (quantity: number, at = 0) => {
      const item = items[at] ?? '';
      const change = { item: ItemId.parse(item), onHand: quantity, requires: 'nothing' as const };
      await documents.send(new UpdateCommand(stockRowUpdate(book.bahi.tables.Stock, depot, change)));
    };

    const ask = async (producer: string, ...quantities: number[]): Promise<string> => {
      const by = neededBy[all.length] ?? '2026-12-01';
      const number = `${code}Q261122${String(all.length + 1).padStart(4, '0')}`;
      all.push({ number, producer });
      const at = book.clock.now();
      const wanted = items.flatMap((item, n) => (quantities[n] ? [{ item, quantity: quantities[n] }] : []));
      const request = MaterialRequest.parse({
        request: number,
        producer,
        depot,
        season: SEASON,
        via: 'counter',
        neededBy: by,
        state: 'submitted',
        submittedAt: at,
        version: 1,
        history: [{ did: 'submit', at, by: 'kit' }],
        lines: wanted.map(({ item, quantity }) => ({ item, asked: quantity, approved: 0, issued: 0 })),
      });
      const claim = RequestClaim.parse({
        kind: 'Q',
        occurredAt: at,
        by: 'S001',
        previous: null,
        depot,
        neededBy: by,
        lines: wanted,
      });
      await plain.requests.submit(request, claim);
      return number;
    };

    const drawn = new Set(
      asks.flatMap(([who, ...all]) => all.flatMap((one, at) => (one ? [`${who} ${items[at]}`] : []))),
    );
    const accounts = Object.keys(entitled).flatMap((producer) =>
      items
        .filter((item) => drawn.has(`${producer} ${item}`))
        .map((item) => ({ producer: ProducerId.parse(producer), season: SEASON, item })),
    );
    await concurrently(16, accounts, (which) => plain.passbook.open(which, entitled[which.producer] ?? 0));
    for (const [at, quantity] of free.entries()) if (quantity > 0) await receive(quantity, at);
    await concurrently(16, asks, (one) => ask(...one));

    const standing = () => plain.requests.several(all.map(({ number }) => number as VoucherNumber));

    return {
      depot,
      items,
      all,
      receive,
      ask,
      states: async () => {
        const requests = await standing();
        return all.map(({ number }) => requests.get(number as VoucherNumber)?.state);
      },
      /** Works off the depot's message, as its queue would. */
      run: (day: string = DAY, tools = plain) =>
        allocateMaterials({ job: 'allocate-materials', location: depot, day: Day.parse(day) }, tools),

      /** The stored records of all runs of a day. */
      records: async (day: string): Promise<Record<string, unknown>[]> => {
        const query = new QueryCommand({
          TableName: book.bahi.tables.Requests,
          KeyConditionExpression: '#request = :run AND begins_with(#part, :record)',
          ExpressionAttributeNames: { '#request': 'request', '#part': 'part' },
          ExpressionAttributeValues: { ':run': `run#${depot}#${day}`, ':record': 'record#' },
        });
        return (await documents.send(query)).Items ?? [];
      },

      /**
       * Requests, accounts, stock and runs after a run, the depot named `DEPOT`, without fields
       * that differ between tries.
       */
      outcome: async (...days: readonly string[]): Promise<unknown> => {
        const requests = await standing();
        const rows = await plain.stock.rows(depot, items);
        const runs = await Promise.all(
          days.map(async (day) => {
            const head = await plain.runs.find(depot, Day.parse(day));
            const parts = Array.from({ length: head?.parts ?? 0 }, (_, part) => head && plain.runs.record(head, part));
            return head && { ...head, attempt: '', parts: await Promise.all(parts) };
          }),
        );
        const left = {
          requests: all.map(({ number }) => requests.get(number as VoucherNumber)),
          accounts: (await plain.passbook.accounts(accounts)).map((one) => JSON.stringify(one)).toSorted(),
          rows: items.map((item) => rows.get(item)),
          runs,
          unfinished: (await plain.runs.unfinished(depot)).rows.length,
        };
        return JSON.parse(JSON.stringify(left).replaceAll(code, 'DEPOT'));
      },
    };
  };
  /** Every stored item of every table. */
  const whole = async (): Promise<string[]> => {
    const tables = Object.values(book.bahi.tables).map(async (TableName) => {
      const items: unknown[] = [];
      for await (const page of scanPages(documents, TableName)) items.push(...page);
      return items.map((item) => `${TableName} ${toCanonicalJson(item)}`).toSorted();
    });
    return (await Promise.all(tables)).flat();
  };

  return { plain, openDepot, whole };
};

export type CompetingDepot = Awaited<ReturnType<ReturnType<typeof competingDepots>['openDepot']>>;
