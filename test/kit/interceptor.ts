import { inject } from 'vitest';
import type { DynamoDbClient } from '../../shared/platform/dynamodb-client.ts';
import type { TableName } from '../../shared/platform/tables.ts';
import { type Fault, sendWithFault, timeout } from '../../simulate/faults.ts';
import { engineClient } from './fast-clients.ts';

export { conflict, FAULTS, type Fault } from '../../simulate/faults.ts';

type CommandName =
  | 'GetItem'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'BatchGetItem'
  | 'Query'
  | 'TransactWriteItems';

type Input = {
  readonly TableName?: string;
  readonly IndexName?: string;
  readonly Limit?: number;
  readonly TransactItems?: readonly unknown[];
  readonly ExpressionAttributeValues?: object;
};
type Command = { readonly name: string; readonly input: Input };
type Intercept = (command: Command, send: (input?: Input) => Promise<object>) => Promise<object>;

/** The functions' client, with `intercept` around its commands or around each try of them. */
const interceptedClient = (endpoint: string, intercept: Intercept, step: 'command' | 'attempt' = 'command') => {
  const client = engineClient(endpoint);
  client.intercept(step, ({ operation: name, input }, send) =>
    intercept({ name, input }, (other = input) => send(other)),
  );
  return client;
};

type TransactPut = { readonly Put?: { readonly TableName: string } };

/** A put into the table, by itself or as the first part of a transaction. */
const putsInto = ({ name, input }: Command, table: TableName): boolean => {
  const [first] = (input.TransactItems ?? []) as TransactPut[];
  const into = name === 'PutItem' ? input.TableName : name === 'TransactWriteItems' ? first?.Put?.TableName : undefined;
  return into?.endsWith(`-${table}`) ?? false;
};

/** `meet`'s function chooses the fault of every transaction, which the client does not retry. */
export type FaultyClient = { readonly client: DynamoDbClient; meet(next: () => Fault): void };
export const faultyClient = (endpoint: string): FaultyClient => {
  let next: () => Fault = () => 'none';
  const client = interceptedClient(endpoint, ({ name, input: { TransactItems = [] } }, send) =>
    name === 'TransactWriteItems' ? sendWithFault(next(), TransactItems.length, send) : send(),
  );
  return {
    client,
    meet: (choose) => {
      next = choose;
    },
  };
};

/** One fault after another; after the last, none. */
export const inOrder = (faults: readonly Fault[]): (() => Fault) => {
  const left = faults.values();
  return () => left.next().value ?? 'none';
};

type Loss = { readonly table: TableName; readonly times: number; readonly before?: () => Promise<unknown> };
/**
 * `loseNext` loses `times` answers to the next item put into a table: it is written or refused, and
 * nobody hears of it. After one loss the client retries; after two it gives up. `before` runs
 * before the first write.
 */
export const losingClient = (endpoint: string) => {
  let loss: Loss | undefined;
  const client = interceptedClient(
    endpoint,
    async ({ name, input }, send) => {
      if (!loss || !putsInto({ name, input }, loss.table)) return send();
      const { before, times, table } = loss;
      loss = times > 1 ? { table, times: times - 1 } : undefined;
      await before?.();
      await send().catch(() => 'a refusal is lost as well');
      throw timeout();
    },
    'attempt',
  );
  return {
    client,
    loseNext: (next: Loss): void => {
      loss = next;
    },
  };
};

/** `beforeNextPut` runs something between the decision on a table's next item and its write. */
export const interposedClient = (endpoint: string) => {
  const waiting = new Map<TableName, () => Promise<unknown>>();
  const client = interceptedClient(endpoint, async ({ name, input }, send) => {
    const [table, first] = [...waiting].find(([of]) => putsInto({ name, input }, of)) ?? [];
    if (table) waiting.delete(table);
    await first?.();
    return send();
  });
  const beforeNextPut = (table: TableName, first: () => Promise<unknown>): void => void waiting.set(table, first);
  return {
    client,
    beforeNextPut,
    beforeNextAlert: (first: () => Promise<unknown>): void => beforeNextPut('Alerts', first),
  };
};

/** A command that writes: its input as text, and its number of items. */
export type Write = { readonly says: string; readonly actions: number };

/**
 * `any` runs before each command, `before` and `after` around each write. An error fails the
 * command.
 */
export type Watch = {
  readonly any?: () => void;
  readonly before?: (write: Write) => unknown;
  readonly after?: (write: Write) => unknown;
};

const WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'TransactWriteItems']);

export const watchedClient = (endpoint: string) => {
  let watch: Watch = {};
  const client = interceptedClient(endpoint, async ({ name, input }, send) => {
    watch.any?.();
    if (!WRITES.has(name)) return send();
    const write = { says: JSON.stringify(input), actions: input.TransactItems?.length ?? 1 };
    await watch.before?.(write);
    const answer = await send();
    await watch.after?.(write);
    return answer;
  });
  return {
    client,
    watch: (next: Watch): void => {
      watch = next;
    },
  };
};

/** The write at which a process dies: before it is sent, or after it is done but unanswered. */
export type Death = { readonly write: number; readonly when: 'unsent' | 'unheard' };

/** A process that sends nothing after its death. */
export const mortalClient = (endpoint: string, { write, when }: Death) => {
  const { client, watch } = watchedClient(endpoint);
  let writes = 0;
  let died = false;
  const die = () => {
    died = true;
    throw new Error('the process died');
  };
  const alive = () => (died ? die() : undefined);
  watch({
    any: alive,
    before: () => {
      writes++;
      if (when === 'unsent' && writes >= write) die();
    },
    after: () => {
      if (when === 'unheard' && writes >= write) die();
      alive();
    },
  });
  return { client, hasDied: () => died };
};

/** The index `openAt` lags: until `catchUp`, a query answers as it answered first. */
export const laggingClient = (endpoint: string) => {
  const answers = new Map<string, object>();
  const client = interceptedClient(endpoint, async ({ name, input }, send) => {
    if (name !== 'Query' || input.IndexName !== 'openAt') return send();
    const query = JSON.stringify(input);
    const answer = answers.get(query) ?? (await send());
    answers.set(query, answer);
    return answer;
  });
  return { client, catchUp: (): void => answers.clear() };
};

type Step = { readonly command: CommandName; readonly act: () => Promise<unknown> };

/** `beforeNext` runs its acts one by one, each before the next command of that name. */
export const steppedClient = (endpoint: string) => {
  let steps: Step[] = [];
  let sent: Command[] = [];
  const client = interceptedClient(endpoint, async (command, send) => {
    const at = steps.findIndex(({ command: name }) => command.name === name);
    const [step] = at < 0 ? [] : steps.splice(at, 1);
    await step?.act();
    sent.push(command);
    return send();
  });
  return {
    client,
    beforeNext: (command: CommandName, ...acts: readonly (() => Promise<unknown>)[]): void => {
      steps = acts.map((act) => ({ command, act }));
    },
    /** The day books that this read, without the number rows that closes query. */
    booksReadBy: async (run: () => Promise<unknown>): Promise<string[]> => {
      sent = [];
      await run();
      return sent
        .filter(({ name }) => name === 'Query')
        .flatMap(({ input: { ExpressionAttributeValues: values } }) =>
          values ? [Object.values(values).map(String).join()] : [],
        )
        .filter((book) => !book.endsWith('#asked') && !book.startsWith('rates,'));
    },
  };
};

/** `sent` has the name of every command of the client: `GetItem`, `TransactWriteItems`, … */
export const countingClient = () => {
  const sent: string[] = [];
  const client = interceptedClient(inject('endpoint'), ({ name }, send) => {
    sent.push(name);
    return send();
  });
  return { client, sent };
};

/** The limit in shared/platform/query-page.ts. A whole page is too many entries for each list. */
const USUAL_ROWS = 100;

/** While `withRows` reads, pages have at most so many rows: DynamoDB may end any page early. */
export const smallPagesClient = (endpoint: string) => {
  let rows = USUAL_ROWS;
  const client = interceptedClient(endpoint, ({ name, input }, send) =>
    send(name === 'Query' && input.Limit === USUAL_ROWS ? { ...input, Limit: rows } : undefined),
  );
  const withRows = async <T>(most: number, read: () => Promise<T>): Promise<T> => {
    rows = most;
    try {
      return await read();
    } finally {
      rows = USUAL_ROWS;
    }
  };
  return { client, withRows };
};
