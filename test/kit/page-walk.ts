import { dynamoDbClient } from '../../shared/platform/dynamodb-client.ts';

/** The limit that shared/platform/query-page.ts asks for; a whole page of it is too many entries to set up for each list. */
const USUAL_ROWS = 100;

/** The client the functions use, whose pages can be made small: DynamoDB may end any page early. */
export const smallPagesClient = (endpoint: string) => {
  const client = dynamoDbClient(endpoint);
  let rows = USUAL_ROWS;
  client.middlewareStack.add(
    (send, { commandName }) =>
      async (args) => {
        const input = args.input as { Limit?: number };
        if (commandName !== 'QueryCommand' || input.Limit !== USUAL_ROWS) return send(args);
        return send({ ...args, input: { ...input, Limit: rows } as typeof args.input });
      },
    { step: 'initialize', priority: 'low', name: 'small pages' },
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

export type KeyPage = { readonly keys: readonly string[]; readonly cursor: string | undefined };
export type ReadPage = (cursor: string | undefined) => Promise<KeyPage>;

/** Everything on all pages; `between` runs before each page but the first. */
export const walkPages = async (read: ReadPage, between: () => Promise<unknown> = async () => undefined) => {
  let page = await read(undefined);
  const shown = new Set(page.keys);
  for (let pages = 1; page.cursor !== undefined; pages++) {
    if (pages > 500) throw new Error('the pages do not end');
    await between();
    page = await read(page.cursor);
    for (const key of page.keys) shown.add(key);
  }
  return shown;
};
