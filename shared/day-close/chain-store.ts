import * as z from 'zod';
import type { LocationId } from '../kernel/ids.ts';
import { allPages } from '../kernel/pages.ts';
import { Day } from '../kernel/time.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { queryPage } from '../platform/query-page.ts';
import { hashOfClose } from './close-hash.ts';
import { closesKey, toClose } from './close-item.ts';
import type { ChainLink } from './day-close.ts';

const EntryKey = z.object({ entry: z.string() });

/** A location's closes as an auditor reads them, of all days or from a day on: nothing that they say of themselves is believed. */
export const readChainLinks = (
  tables: Tables,
  location: LocationId,
  from?: Day,
): Promise<(ChainLink | { unreadable: Day })[]> => {
  const daybook = closesKey(location);
  const asked = {
    ConsistentRead: true,
    KeyConditionExpression: 'daybook = :daybook AND entry BETWEEN :from AND :to',
    // Days begin with digits; the end of the chain stands after them.
    ExpressionAttributeValues: { ':daybook': daybook, ':from': from ?? '0', ':to': '9' },
  };
  const walk = { fixed: { daybook }, moving: ['entry'] };
  return allPages((after) => queryPage(tables, 'Ledger', { ...walk, after }, asked, toChainLink));
};

const toChainLink = (stored: Record<string, unknown>): ChainLink | { unreadable: Day } => {
  try {
    const { hash, ...close } = toClose(stored);
    return { ...close, hash, rehashed: hashOfClose(close) };
  } catch {
    return { unreadable: Day.parse(EntryKey.parse(stored).entry.slice(0, 10)) };
  }
};
