import * as z from 'zod';
import { ItemId, LocationId, StockLocationId } from '../kernel/ids.ts';
import { Balance, Quantity } from '../kernel/quantity.ts';
import { BilingualText, Measure } from '../kernel/units.ts';
import { Cursor, defineReadOperation, NextCursor } from '../platform/operation-contract.ts';

/** The phone adds the header. */
const ReadyDispatch = z.strictObject({
  kind: z.literal('D'),
  to: StockLocationId,
  lines: z.array(z.strictObject({ item: ItemId, quantity: Measure })).length(1),
});

/** Makers come last; their stock is unknown. */
export const SuggestedSource = z.strictObject({
  from: LocationId,
  kind: z.enum(['outlet', 'depot', 'maker']),
  quantity: Quantity,
  dispatch: ReadyDispatch,
});

/** No sources: no near location has spare stock. */
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
    'Suggest transfers for items at or below their reorder point, counting stock in transit: quantity, reason, and sources among outlets of the same line or district, depots, or makers. Suggestions reserve nothing. The source accepts them as transfer requests.',
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
