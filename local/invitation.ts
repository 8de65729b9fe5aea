import { type Client, createClient } from '../shared/api/client.ts';
import { addDays, dayOf } from '../shared/kernel/time.ts';
import { partsOf, voucherNumberOf } from '../shared/kernel/voucher-number.ts';
import { systemClock } from '../shared/platform/runtime.ts';
import { priceAt } from '../shared/registry/item.ts';
import type { TerminalKey } from '../shared/registry/terminal-key.ts';
import type { Bahi } from './bahi.ts';
import { expectOk, listAllPages, listUsableTerminals } from './demo-client.ts';

const location = 'LKO-01';

/** The commands work when pasted, also repeatedly. */
export const renderInvitation = async ({
  url,
  issuer,
  phone,
}: Pick<Bahi, 'url' | 'issuer' | 'phone'>): Promise<string> => {
  const client = createClient(url, await issuer.token({ role: 'admin', scope: ['state'] }));
  const sale = await findSampleSale(client, phone.key);
  const { port } = new URL(url);
  const today = dayOf(systemClock.now());
  const run = `${port === '3000' ? '' : `PORT=${port} `}npm run -s`;
  return `
Bahi is ready on ${url}

  TOKEN=$(${run} token -- outlet location:${location}) NOW=$(node -p 'new Date().toISOString()') TODAY=$(TZ=IST-5:30 date +%y%m%d)
${sale ? `\n  ${renderSaleCommand(url, run, sale)}\n` : ''}
  curl -s ${url}/locations/${location}/stock -H "authorization: Bearer $TOKEN"

  curl -s "${url}/reports/sales-by-outlet?area=state&from=${addDays(today, -3)}&to=${addDays(today, -1)}&format=csv" -H "authorization: Bearer $(${run} token -- officer state)"

Open ${url} in a browser, and pick Asha Maurya (stall LKO-01).
`;
};

const renderSaleCommand = (url: string, run: string, { terminal, serial, body }: SampleSale): string => {
  const number = `${terminal}S\${TODAY}${serial}`;
  const proven = `$(${run} proof -- ${location} ${number} '${body}')`;
  const voucher = `${url}/locations/${location}/vouchers/${number}`;
  return [
    `curl -sX PUT ${voucher} -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' -d "${proven}"`,
    `  curl -s ${voucher}/bill -H "authorization: Bearer $TOKEN" -H 'accept: text/html' > bill.html`,
    `  curl -sL ${voucher}/bill -H "authorization: Bearer $TOKEN" -H 'accept: application/pdf' > bill.pdf`,
  ].join('\n\n');
};

type SampleSale = { readonly terminal: string; readonly serial: string; readonly body: string };

/** Undefined without stock or terminal. */
const findSampleSale = async (client: Client, key: TerminalKey): Promise<SampleSale | undefined> => {
  const terminals = (await listUsableTerminals(client, location)).filter((terminal) => terminal.key.x === key.x);
  const now = systemClock.now();
  const day = dayOf(now);
  const catalogue = await listAllPages(
    (query) => client.getCatalogue({ path: { location }, query }),
    (page) => page.catalogue,
  );
  const shelf = await listAllPages(
    (query) => client.getLocationStock({ path: { location }, query }),
    (page) => page.stock,
  );
  const inStock = new Set(shelf.filter(({ free }) => free > 0).map(({ item }) => item));
  const terminalOf = (seller: string) => terminals.find((terminal) => terminal.seller === seller);
  const item = catalogue.find((entry) => inStock.has(entry.item) && terminalOf(entry.seller) && priceAt(entry, now));
  const terminal = item && terminalOf(item.seller);
  const unitPrice = item && priceAt(item, now)?.price;
  if (!terminal || unitPrice === undefined) return undefined;

  const path = { location, day };
  const today = await listAllPages(
    (query) => client.getDay({ path, query }),
    (page) => page.vouchers,
  );
  const last = today
    .map(({ number }) => partsOf(number))
    .findLast(({ kind, terminal: by }) => kind === 'S' && by === terminal.id);
  const serial = String(Number(last?.serial ?? 0) + 1).padStart(4, '0');
  const { latest } = expectOk(await client.getNumbers({ path: { location, terminal: terminal.id } }));
  const opening = { terminal: terminal.id, kind: 'R' as const, day: dayOf(terminal.enrolledAt), serial: '0001' };
  const body = {
    kind: 'S',
    occurredAt: 'NOW',
    by: 'S001',
    previous: latest ?? voucherNumberOf(opening),
    lines: [{ item: item.item, quantity: 1, unitPrice }],
    payments: [{ tender: 'upi', amount: unitPrice }],
  };
  return { terminal: terminal.id, serial, body: JSON.stringify(body).replace('NOW', `'$NOW'`) };
};
