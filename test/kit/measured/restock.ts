import { allStores } from '../../../local/all-stores.ts';
import { lastEndedDay } from '../../../shared/day-close/day-totals.ts';
import { ProductId } from '../../../shared/kernel/ids.ts';
import { addDays } from '../../../shared/kernel/time.ts';
import { EMPTY_DEMAND_MODEL } from '../../../shared/replenishment/demand-model.ts';
import { type Book, expectOk } from '../book.ts';
import { kurtas } from '../claims.ts';
import { daysAgo } from '../clock.ts';
import { workOff } from '../jobs.ts';
import type { Phone } from '../phone.ts';
import { openShop, received, type Shop, sold } from '../shop.ts';
import type { Measured } from './measured.ts';

const DAY = 24 * 3_600_000;
const ofEach = (count: number, quantity: number) => kurtas(count).map((item) => ({ item, quantity }));

/**
 * A night of replenishment: one stall's late sale changes the model of the day before, and a new
 * stall of 40 items is planned from others' sales.
 */
export const restockJobs = async (book: Book): Promise<readonly Measured[]> => {
  const { clock } = book;
  let shop: Shop;
  let phone: Phone;
  const fold = () => workOff('update-demand-model', 'state');
  const plan = () => workOff('plan-replenishment', shop.location);
  const open = async () => {
    shop = await openShop(book, [0]);
    [phone] = shop.phones as [Phone];
    await daysAgo(clock, 2, () => phone.insist(phone.write(received(...ofEach(40, 100)))));
  };
  /** The others have sold kurtas for long enough. */
  const learned = async () => {
    const { paces } = allStores();
    const day = addDays(lastEndedDay(clock.now()), -1);
    const products = [[ProductId.parse('KURTA'), 60, 300]] as const;
    await paces.keep(
      await paces.head(),
      { ...EMPTY_DEMAND_MODEL, day, days: 20, products: [...products] as never },
      {
        closedTo: day,
        known: {},
      },
    );
  };
  const late = async () => {
    expectOk(await phone.sync([phone.write(sold(...ofEach(1, 1)), Date.parse(clock.now()) - DAY)]));
    await workOff('close-day', shop.location);
  };
  await open();
  for (const outlet of ['LKO-01', 'LKO-02', 'PBE-01']) await workOff('close-day', outlet);
  await late();
  await fold();
  return [
    {
      name: 'update-demand-model: a day of 4 stalls again, one of 40 items',
      prepare: late,
      run: fold,
    },
    { name: 'update-demand-model: nothing changed at 4 stalls', run: fold },
    { name: 'build-showcase: a district of 46 items', run: () => workOff('build-showcase', 'LKO') },
    { name: 'build-showcase: the state, 2 districts', run: () => workOff('build-showcase', 'state') },
    {
      name: 'plan-replenishment: a new stall of 40 items of one product',
      prepare: async () => {
        await learned();
        await open();
      },
      run: plan,
    },
    {
      name: 'plan-replenishment: a stall of 40 items, no plan changes',
      prepare: async () => {
        await open();
        await plan();
      },
      run: plan,
    },
  ];
};
