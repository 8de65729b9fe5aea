import * as z from 'zod';
import { BilingualText } from '../kernel/bilingual-text.ts';
import { ItemId, LocationId, StockLocationId } from '../kernel/ids.ts';
import { Balance, Quantity } from '../kernel/quantity.ts';
import { Measure } from '../kernel/units.ts';
import { defineReadOperation } from '../platform/operation-contract.ts';
import { Cursor, NextCursor } from '../platform/query-parameters.ts';

/** What the giver's phone sends, with its own header, to accept it. */
const ReadyDispatch = z.strictObject({
  kind: z.literal('D'),
  to: StockLocationId,
  lines: z.array(z.strictObject({ item: ItemId, quantity: Measure })).length(1),
});

/** From where, and how much. A `maker` keeps no stock in the book: what no outlet or depot can send is asked of who makes it, and nobody knows that it is there. */
export const SuggestedSource = z.strictObject({
  from: LocationId,
  kind: z.enum(['outlet', 'depot', 'maker']),
  quantity: Quantity,
  dispatch: ReadyDispatch,
});

/** What is short, up to what it is to be filled, and why so much. Without sources nobody near has any to spare. */
export const Suggestion = z.strictObject({
  item: ItemId,
  onHand: Balance,
  inbound: Balance,
  reorderPoint: z.int().min(0),
  target: z.int().min(0),
  wanted: z.int().min(1),
  why: BilingualText,
  sources: z.array(SuggestedSource),
});
export type Suggestion = z.infer<typeof Suggestion>;

const exampleDispatch = { kind: 'D', to: 'LKO-01', lines: [{ item: 'LKO-KURTA-M', quantity: 3 }] };

export const getSuggestions = defineReadOperation({
  id: 'getSuggestions',
  function: 'stock',
  route: '/locations/{location}/suggestions',
  summary:
    'For what is at or below its reorder point, with nothing on the way that covers it: how much to send, from which outlets of the same line or district or depots that can do without, or else from who makes it, and why. What is suggested is not set aside: whoever is to send it sees it among what is asked of them, and accepts it there.',
  access: {
    roles: ['outlet', 'depot', 'officer', 'admin'],
    target: ({ path: { location } }) => ({ kind: 'location', location }),
  },
  path: z.strictObject({ location: StockLocationId }),
  query: z.strictObject({ cursor: Cursor.optional() }),
  reply: z.strictObject({ location: StockLocationId, suggestions: z.array(Suggestion), cursor: NextCursor }),
  errors: ['NOT_FOUND'],
  example: {
    path: { location: 'LKO-01' },
    reply: {
      location: 'LKO-01',
      suggestions: [
        {
          item: 'LKO-KURTA-M',
          onHand: 1,
          inbound: 0,
          reorderPoint: 2,
          target: 4,
          wanted: 3,
          why: {
            en: 'Other stations sell 2 a week of this; yours sells 1.3 times that; delivery takes 7 days: keep 4, you have 1.',
            hi: 'दूसरे स्टेशनों पर यह हफ़्ते में 2 बिकता है; आपके यहाँ उसका 1.3 गुना; माल आने में 7 दिन लगते हैं: 4 रखें, आपके पास 1 है।',
          },
          sources: [{ from: 'LKO-02', kind: 'outlet', quantity: 3, dispatch: exampleDispatch }],
        },
      ],
    },
  },
});
