import { lastEndedDay } from '../day-close/day-totals.ts';
import type { MakerDayStore } from '../day-close/maker-day-store.ts';
import type { Caller } from '../kernel/access.ts';
import { type ItemId, isProducer, type ProducerId } from '../kernel/ids.ts';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import { dayOf } from '../kernel/time.ts';
import { makerStatementOf, rangeOf, statedFiguresOf, statementCodeOf } from './maker-statement.ts';
import type { MakerStatement } from './maker-statement-contract.ts';
import type { Period } from './period.ts';
import { type SellerMonthDeps, unsummedDays } from './seller-month-service.ts';
import type { StatedFiguresStore } from './stated-figures-store.ts';

export type MakerStatementDeps = Omit<SellerMonthDeps, 'sellerDays'> & {
  readonly makerDays: MakerDayStore;
  readonly stated: StatedFiguresStore;
};

type MakerStatementQuery = {
  readonly producer: ProducerId;
  readonly from?: Period | undefined;
  readonly to?: Period | undefined;
};

/** Also records what it states under its code. Errors: PRODUCER_UNKNOWN, PERIOD_OPEN. */
export const readMakerStatement = async (
  caller: Caller,
  { producer, ...months }: MakerStatementQuery,
  deps: MakerStatementDeps,
): Promise<MakerStatement | Refusal> => {
  const { clock, closes, makerDays, registry, stated, totals } = deps;
  const entry = (await registry.entriesNow('producers', [producer])).get(producer)?.entry;
  if (!entry) return refuse('PRODUCER_UNKNOWN', `The registry has no producer ${producer}.`);
  const now = clock.now();
  const range = rangeOf(months, lastEndedDay(now));
  if (!range) return refuse('PERIOD_OPEN', 'No day of these months has closed yet.');
  const { from, to, days } = range;
  // Marks first: a mark that is gone means that its sum is written.
  const unsummed = await unsummedDays('state', deps);
  const sums = await makerDays.sums(producer, days);
  const stock = (await totals.find('state', days.to))?.items;
  const itemIds = new Set<ItemId>(
    sums.flatMap(({ locations }) => locations.flatMap(({ lines }) => lines.map(({ item }) => item))),
  );
  const items = await registry.entries('items', itemIds);
  const locations = [...new Set(sums.flatMap((sum) => sum.locations.map(({ location }) => location)))].toSorted();
  const heads = await closes.heads(locations);
  const statement = {
    producer,
    name: entry.name,
    nameHi: entry.nameHi,
    district: entry.district,
    from,
    to,
    through: days.to,
    statedOn: dayOf(now),
    statedTo: caller.role,
    ...makerStatementOf({
      sums,
      through: days.to,
      onHand: stock && new Map(stock.map(({ item, onHand }) => [item, onHand])),
      unitOf: new Map([...items].map(([id, item]) => [id, item.entry.unit])),
    }),
    unclosed: locations.filter((location) => !isProducer(location) && (heads.get(location)?.to ?? '') < days.to),
    unsummed: [...unsummed].filter((day) => day >= days.from && day <= days.to).toSorted(),
    items: [...items]
      .map(([id, item]) => ({ id, name: item.entry.name, nameHi: item.entry.nameHi, unit: item.entry.unit }))
      .toSorted((one, other) => (one.id < other.id ? -1 : 1)),
  };
  const coded = { ...statement, code: statementCodeOf(statement) };
  await stated.record(statedFiguresOf(coded), now);
  return coded;
};
