import { type Book, expectOk } from '../book.ts';
import { kurtas } from '../claims.ts';
import { daysAgo } from '../clock.ts';
import { workOff } from '../jobs.ts';
import type { Phone } from '../phone.ts';
import { openShop, received, type Shop, sold } from '../shop.ts';
import type { Measured } from './measured.ts';

const DAY = 24 * 3_600_000;
const AREA = 'SUM';
const ofEach = (count: number, quantity: number) => kurtas(count).map((item) => ({ item, quantity }));

/** Closes, each at a new stall that received 40 items three days ago, and the sums over them. */
export const closeJobs = async (book: Book): Promise<readonly Measured[]> => {
  const { admin, clock } = book;
  const names = { name: 'A sum', nameHi: 'जोड़', craft: 'craft', craftHi: 'शिल्प' };
  expectOk(await admin.putEntry({ path: { kind: 'districts', id: AREA }, body: names }));
  let shop: Shop;
  let phone: Phone;
  const close = () => workOff('close-day', shop.location);
  const open = async () => {
    shop = await openShop(book, [0]);
    [phone] = shop.phones as [Phone];
    const path = { kind: 'outlets', id: shop.location } as const;
    const { entry, version } = expectOk(await admin.getEntry({ path }));
    // Before its first day, whose close would else stay with its first district.
    await daysAgo(clock, 6, async () =>
      expectOk(await admin.putEntry({ path, body: { ...entry, district: AREA }, ifMatch: version })),
    );
    await daysAgo(clock, 3, () => phone.insist(phone.write(received(...ofEach(40, 100)))));
  };
  const closeDaysAgo = (days: number) => daysAgo(clock, days, close);
  const late = async () => {
    const written = phone.write(sold(...ofEach(1, 1)), Date.parse(clock.now()) - 2 * DAY);
    expectOk(await phone.sync([written]));
  };
  const closed = async () => {
    await open();
    await close();
  };
  const reopened = async () => {
    await closed();
    await late();
  };
  // On a Sunday it would be the whole book.
  const audit = () => workOff('reconcile-ledger', shop.location, '2026-11-23');
  return [
    { name: 'close-day: the first day of a stall, 40 items received', prepare: open, run: () => closeDaysAgo(2) },
    {
      name: 'close-day: a day of 20 sales of 1 of 40 items',
      prepare: async () => {
        await open();
        await closeDaysAgo(2);
        await daysAgo(clock, 2, async () => {
          for (let n = 0; n < 20; n++) await phone.insist(phone.write(sold(...ofEach(1, 1))));
        });
      },
      run: () => closeDaysAgo(1),
    },
    {
      name: 'close-day: a day without a voucher, 40 items',
      prepare: async () => {
        await open();
        await closeDaysAgo(1);
      },
      run: close,
    },
    { name: 'close-day: nothing to close', prepare: closed, run: close },
    { name: 'bring 1 captured sale of 1 line, of a day that is closed', prepare: closed, run: late },
    { name: 'close-day: a day again for what came late, and the day after', prepare: reopened, run: close },
    {
      name: 'reconcile-ledger: what changed since the night before, 40 items',
      prepare: async () => {
        await closed();
        await audit();
      },
      run: audit,
    },
    { name: 'sum-days: 3 days of a district, each of 40 items', prepare: closed, run: () => workOff('sum-days', AREA) },
    {
      name: 'sum-days: 3 days of the state, for 1 district',
      prepare: async () => {
        await workOff('sum-days', 'state');
        await closed();
        await workOff('sum-days', AREA);
      },
      run: () => workOff('sum-days', 'state'),
    },
  ];
};
