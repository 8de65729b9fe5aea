import { allStores } from '../../../local/all-stores.ts';
import { StockAlert } from '../../../shared/alerts/sources/stock.ts';
import { Version } from '../../../shared/kernel/quantity.ts';
import type { StockRow } from '../../../shared/stock/stock.ts';
import { type Book, expectOk } from '../book.ts';
import { kurtas, receipt } from '../claims.ts';
import { evaluateStockRecords, notifyOfAlert, stockRecordOf, sweep, workOff } from '../jobs.ts';
import { openStall } from '../stall.ts';
import type { Measured } from './measured.ts';

const OPENED = 'LKO-KURTA-45';
const SHEET = ['item,quantity', ...kurtas(40).map((item) => `${item},3`)].join('\n');

/**
 * Stock, catalogue, alerts and the two functions that raise them. 40 rows at LKO-01, none short.
 */
export const stockAndAlertOperations = async (book: Book): Promise<readonly Measured[]> => {
  const { admin, clock } = book;
  const [location, day] = ['LKO-01', clock.now().slice(0, 10)];
  const stall = await openStall(book, location, 'LKO1');
  const flutes = await openStall(book, 'PBE-01', 'PBT1');
  const beside = await openStall(book, 'LKO-02', 'LKO1');
  let isOpened = false;
  const untouched = ['PBT-FLUTE-C', 'PBT-BAMBOO'];
  const opened = [...untouched];
  const acknowledged = [...untouched];
  let [alert, flute] = ['', ''];
  const soldOut = [...untouched];
  /** Nothing is left of it. */
  const out = (of: string) =>
    StockAlert.parse({
      location: 'PBE-01',
      item: of,
      type: 'out',
      district: 'PBT',
      state: 'open',
      episode: 1,
      openedAt: clock.now(),
      stockVersion: 1,
      itemVersion: 1,
      version: 1,
      figures: { onHand: 0, free: 0, inbound: 0, reorderPoint: 3 },
    });
  const full = await stall.row('LKO-KURTA-01');
  let low: StockRow = full;

  return [
    {
      name: 'read a day book of 9 vouchers',
      run: async () => expectOk(await admin.getDay({ path: { location, day } })),
    },
    {
      name: 'read a day book of 9 vouchers by time',
      run: async () => expectOk(await admin.getDay({ path: { location, day }, query: { order: 'time' } })),
    },
    {
      name: 'sum a day of 9 vouchers so far',
      run: async () => expectOk(await admin.getDayTotals({ path: { location, day } })),
    },
    {
      name: "read a location's stock, 40 rows",
      run: async () => expectOk(await admin.getLocationStock({ path: { location } })),
    },
    {
      name: 'read where an item is, 2 locations',
      run: async () => expectOk(await admin.getItemStock({ path: { item: full.item } })),
    },
    {
      name: 'read a catalogue of 45 items',
      run: async () => expectOk(await admin.getCatalogue({ path: { location: 'LKO-02' } })),
    },
    {
      name: 'make a count sheet of 45 items',
      run: async () => expectOk(await admin.getCountSheet({ path: { location } })),
    },
    {
      name: 'read a count sheet of 40 lines',
      run: async () =>
        expectOk(await admin.readCountSheet({ path: { location }, query: { count: 'all' }, body: SHEET })),
    },
    {
      name: 'read opening stock that is recorded',
      prepare: async () => {
        if (isOpened) return;
        isOpened = true;
        const lines = [{ item: OPENED, quantity: 3 }];
        const body = receipt(clock, lines, { opening: true });
        const path = { location: beside.location, number: beside.number('R') };
        expectOk(await admin.recordVoucher({ path, body }));
      },
      run: async () => {
        const path = { location: beside.location };
        const body = `item,quantity\n${OPENED},3\n`;
        expectOk(await admin.readCountSheet({ path, query: { opening: 'true' }, body }));
      },
    },
    { name: 'list alerts of a location', run: async () => expectOk(await admin.listAlerts({ query: { location } })) },
    {
      name: 'list alerts of a district',
      run: async () => expectOk(await admin.listAlerts({ query: { area: 'LKO' } })),
    },
    {
      name: 'count the alerts of 2 districts and the state',
      run: async () => expectOk(await admin.countAlerts({ query: { area: 'state' } })),
    },
    {
      name: 'evaluate-stock: a row that is not in want',
      run: () =>
        evaluateStockRecords([stockRecordOf(full, { ...full, version: (full.version + 1) as typeof full.version })]),
    },
    {
      name: 'evaluate-stock: a row that falls short, its alert opens',
      prepare: async () => {
        const item = untouched.pop() ?? '';
        await flutes.receive({ item, quantity: 1 });
        low = await flutes.row(item);
      },
      run: () => evaluateStockRecords([stockRecordOf(undefined, low)]),
    },
    {
      name: 'acknowledge an alert',
      prepare: async () => {
        alert = `${opened.pop()}:short`;
        expectOk(await admin.listAlerts({ query: { location: 'PBE-01' } }));
      },
      run: async () =>
        expectOk(await admin.acknowledgeAlert({ path: { location: 'PBE-01', alert }, body: {}, ifMatch: 1 })),
    },
    {
      name: 'snooze an alert that was acknowledged',
      prepare: async () => {
        alert = `${acknowledged.pop()}:short`;
      },
      run: async () => {
        const until = new Date(Date.parse(clock.now()) + 86_400_000).toISOString();
        const body = { until, why: 'the lorry comes tomorrow' };
        expectOk(await admin.snoozeAlert({ path: { location: 'PBE-01', alert }, body, ifMatch: 2 }));
      },
    },
    { name: 'list festivals, of which there are none', run: async () => expectOk(await admin.listFestivals({})) },
    {
      name: 'sweep-alerts: a location of 40 rows, nothing to do',
      prepare: () => sweep(location),
      run: () => sweep(location),
    },
    { name: 'sweep-alerts: a district, nothing to do', run: () => sweep('LKO') },
    {
      name: 'notify-alerts: figures of an alert moved',
      run: () => notifyOfAlert({ ...out(full.item), version: Version.parse(2) }, out(full.item)),
    },
    {
      name: 'notify-alerts: an urgent alert opens, and is told',
      prepare: async () => {
        flute = soldOut.pop() ?? '';
        await allStores().alerts.save(out(flute));
        expectOk(await admin.listAlerts({ query: { location: 'PBE-01' } }));
      },
      run: () => notifyOfAlert(out(flute)),
    },
    {
      name: 'send-digest: a district of 2 stalls, all was told',
      prepare: async () => {
        const short = { ...out(full.item), location, district: 'LKO', type: 'short' };
        await allStores().alerts.save(StockAlert.parse(short));
        await workOff('send-digest', 'LKO');
      },
      run: () => workOff('send-digest', 'LKO'),
    },
    {
      name: 'reconcile-ledger: a stall of 40 rows and 9 vouchers, from its first day',
      run: () => workOff('reconcile-ledger', location),
    },
  ];
};
