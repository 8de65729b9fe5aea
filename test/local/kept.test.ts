import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, inject, it, onTestFinished } from 'vitest';
import { followStream } from '../../local/follow-stream.ts';
import { createIssuer } from '../../local/issuer.ts';
import { writeJsonFile } from '../../local/stored-json.ts';
import { createTables, findStreamArn, tableNames } from '../../local/tables.ts';
import { dynamoDbClient } from '../../shared/platform/dynamodb-client.ts';
import { openBook } from '../kit/book.ts';
import { fixedClock } from '../kit/clock.ts';
import { openFaultProxy } from '../kit/fault-proxy.ts';
import { openStall } from '../kit/stall.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bahi-kept-'));
});
afterEach(() => rm(folder, { recursive: true }));

it.each(['', '{"kty":"EC","cr', '{}', 'null'])('A key file that says %j is replaced by a new key.', async (text) => {
  const file = join(folder, 'issuer.json');
  await writeFile(file, text);
  const clock = fixedClock();
  const token = await (await createIssuer(file, clock)).token({ role: 'admin', scope: ['state'] });
  expect(await (await createIssuer(file, clock)).verify(token)).toMatchObject({ sub: 'local-admin' });
});

it('A file is never partial: it is written beside and moved into place.', async () => {
  const file = join(folder, 'place.json');
  const text = 'x'.repeat(5_000_000);
  await writeJsonFile(file, text);
  let writing = true;
  const written = writeJsonFile(file, text).finally(() => {
    writing = false;
  });
  const sizes = new Set<number>();
  while (writing) sizes.add((await stat(file)).size);
  await written;
  expect([...sizes]).toEqual([text.length + 2]);
  expect(await readdir(folder)).toEqual(['place.json']);
});

it('A stream position belongs to one stream, since engines reuse shard names.', async () => {
  const placeFile = join(folder, 'stock-stream.json');
  const book = await openBook({ streams: true });
  const stall = await openStall(book, 'LKO-01', 'LKO1');
  const endpoint = inject('endpoint');
  const client = dynamoDbClient(endpoint);
  const arn = await findStreamArn(client, book.bahi.tables.Stock);
  const drain = async () => {
    const stream = await followStream(endpoint, arn, placeFile);
    await stream.drain();
    stream.close();
    return JSON.parse(await readFile(placeFile, 'utf8'));
  };
  await stall.receive({ item: 'LKO-KURTA-01', quantity: 4 });
  const [shard = ''] = Object.keys((await drain())[arn]);

  const elsewhere = { 'arn:elsewhere': { [shard]: '999999999999999999999' } };
  await writeJsonFile(placeFile, elsewhere);
  await stall.sell({ item: 'LKO-KURTA-01', quantity: 2 });
  expect(await drain()).toEqual({ ...elsewhere, [arn]: { [shard]: expect.any(String) } });
  expect(await stall.alerts()).toEqual([expect.objectContaining({ type: 'short', onHand: 2 })]);
  client.destroy();
  await book.close();
});

it.each(['999999999999999999999', '1', 'no number'])(
  'A stream position that the engine does not know (%s) starts the shard again.',
  async (sequence) => {
    const placeFile = join(folder, 'stock-stream.json');
    const book = await openBook({ streams: true });
    const stall = await openStall(book, 'LKO-01', 'LKO1');
    const endpoint = inject('endpoint');
    const client = dynamoDbClient(endpoint);
    const arn = await findStreamArn(client, book.bahi.tables.Stock);
    const drain = async () => {
      const stream = await followStream(endpoint, arn, placeFile);
      await stream.drain();
      stream.close();
      return JSON.parse(await readFile(placeFile, 'utf8'))[arn] as Record<string, string>;
    };
    await stall.receive({ item: 'LKO-KURTA-01', quantity: 4 });
    const [shard = ''] = Object.keys(await drain());
    await writeJsonFile(placeFile, { [arn]: { [shard]: sequence } });
    await stall.sell({ item: 'LKO-KURTA-01', quantity: 2 });
    await drain();
    expect(await stall.alerts()).toEqual([expect.objectContaining({ type: 'short', onHand: 2 })]);
    await stall.sell({ item: 'LKO-KURTA-01', quantity: 1 });
    await drain();
    expect(await stall.alerts()).toEqual([expect.objectContaining({ type: 'short', onHand: 1 })]);
    client.destroy();
    await book.close();
  },
);

it('A stream position that the engine refuses starts the shard again; other faults end the reading.', {
  tags: 'long',
}, async () => {
  const placeFile = join(folder, 'stock-stream.json');
  const proxy = await openFaultProxy();
  onTestFinished(proxy.close);
  const book = await openBook({ streams: true });
  const stall = await openStall(book, 'LKO-01', 'LKO1');
  const client = dynamoDbClient(inject('endpoint'));
  const arn = await findStreamArn(client, book.bahi.tables.Stock);
  const drain = async () => {
    const stream = await followStream(proxy.url, arn, placeFile);
    await stream.drain().finally(stream.close);
  };
  await stall.receive({ item: 'LKO-KURTA-01', quantity: 4 });
  await drain();
  await stall.sell({ item: 'LKO-KURTA-01', quantity: 2 });
  proxy.become('full');
  await expect(drain()).rejects.toThrow('injected');
  proxy.become('trimmed');
  await drain();
  expect(await stall.alerts()).toEqual([expect.objectContaining({ type: 'short', onHand: 2 })]);
  client.destroy();
  await book.close();
});

it('A table from before streams gets one.', async () => {
  const endpoint = inject('endpoint');
  const client = dynamoDbClient(endpoint);
  const names = tableNames(`test-${randomUUID()}`);
  await createTables(client, names, false);
  await expect(findStreamArn(client, names.Alerts)).rejects.toThrow('no stream');
  await createTables(client, names, true);
  const arn = await findStreamArn(client, names.Alerts);
  await createTables(client, names, true);
  expect(await findStreamArn(client, names.Alerts)).toBe(arn);
  client.destroy();
});
