import * as z from 'zod';
import type { Place } from '../kernel/ids.ts';
import { everything } from '../kernel/pages.ts';
import { Day } from '../kernel/time.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { queryPage } from '../platform/query-page.ts';
import { hashOfClose } from './close-hash.ts';
import { closesOf, toClose } from './close-item.ts';
import type { Link } from './day-close.ts';

const Key = z.object({ entry: z.string() });

/** A location's closes as an auditor reads them, of all days or from a day on: nothing that they say of themselves is believed. */
export const linksOf = (tables: Tables, location: Place, from?: Day): Promise<(Link | { unreadable: Day })[]> => {
  const daybook = closesOf(location);
  const asked = {
    ConsistentRead: true,
    KeyConditionExpression: 'daybook = :daybook AND entry BETWEEN :from AND :to',
    // Days begin with digits; the end of the chain stands after them.
    ExpressionAttributeValues: { ':daybook': daybook, ':from': from ?? '0', ':to': '9' },
  };
  const walk = { fixed: { daybook }, moving: ['entry'] };
  return everything((after) => queryPage(tables, 'Ledger', { ...walk, after }, asked, toLink));
};

const toLink = (stored: Record<string, unknown>): Link | { unreadable: Day } => {
  try {
    const { hash, ...close } = toClose(stored);
    return { ...close, hash, rehashed: hashOfClose(close) };
  } catch {
    return { unreadable: Day.parse(Key.parse(stored).entry.slice(0, 10)) };
  }
};
