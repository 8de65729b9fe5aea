import { type Client, clientOf } from '../shared/contract/client.ts';
import { priceOn } from '../shared/domain/registry/item.ts';
import { dayOf } from '../shared/domain/time.ts';
import { numberOf, partsOf } from '../shared/domain/vouchers/number.ts';
import { systemClock } from '../shared/runtime/clock.ts';
import { allPages } from './all-pages.ts';
import type { Bahi } from './bahi.ts';
import { terminalsAt } from './terminals-at.ts';

const location = 'LKO-01';

/** What `npm start` ends with: three commands that work as they are pasted, and pasted again. */
export const invitation = async ({ url, issuer }: Pick<Bahi, 'url' | 'issuer'>): Promise<string> => {
  const client = clientOf(url, await issuer.token({ role: 'admin', scope: ['state'] }));
  const sale = await saleToTry(client);
  return `
Bahi is ready on ${url}

  TOKEN=$(npm run -s token -- outlet location:${location}) NOW=$(date -u +%FT%TZ) TODAY=$(TZ=IST-5:30 date +%y%m%d)

  curl -sX PUT ${url}/locations/${location}/vouchers/${sale.terminal}S\${TODAY}${sale.serial} -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' -d '${sale.body}'

  curl -s ${url}/locations/${location}/stock -H "authorization: Bearer $TOKEN"
`;
};

/** A sale of one piece that the shelf has, under the next free number of a terminal there. */
const saleToTry = async (client: Client) => {
  const terminals = await terminalsAt(client, location);
  const day = dayOf(systemClock.now());
  const catalogue = await allPages(
    (query) => client.getCatalogue({ path: { location }, query }),
    (page) => page.catalogue,
  );
  const shelf = await allPages(
    (query) => client.getLocationStock({ path: { location }, query }),
    (page) => page.stock,
  );
  const inStock = new Set(shelf.filter(({ free }) => free > 0).map(({ item }) => item));
  const item = catalogue.find((entry) => inStock.has(entry.item));
  const terminal = terminals.find(({ seller }) => seller === item?.seller);
  const unitPrice = item && priceOn(item, day)?.price;
  if (!item || !terminal || unitPrice === undefined) throw new Error(`${location} has nothing to sell`);

  const path = { location, day };
  const today = await allPages(
    (query) => client.getDay({ path, query }),
    (page) => page.vouchers,
  );
  const last = today
    .map(({ number }) => partsOf(number))
    .findLast(({ kind, terminal: by }) => kind === 'S' && by === terminal.id);
  const serial = String(Number(last?.serial ?? 0) + 1).padStart(4, '0');
  const opening = { terminal: terminal.id, kind: 'R' as const, day: dayOf(terminal.enrolledAt), serial: '0001' };
  const body = {
    kind: 'S',
    occurredAt: 'NOW',
    by: 'S001',
    previous: numberOf(last ?? opening),
    lines: [{ item: item.item, quantity: 1, unitPrice }],
    payments: [{ tender: 'upi', amount: unitPrice }],
  };
  return { terminal: terminal.id, serial, body: JSON.stringify(body).replace('NOW', `'$NOW'`) };
};
