import { DAY, dayAt, dayOfNumber, startOfDay } from './clock.ts';
import { type CostModel, createCostModel } from './cost-model.ts';
import { expectedCashOver, expectedItemDays, expectedMissingNumbers, expectedTenders } from './day-model.ts';
import type { RecordedEvent } from './model.ts';
import { type Check, type LocationReading, recordedEventsIn } from './read-location.ts';

/** Missing numbers never arrived. */
export const closesMatchVouchers: Check = (read) =>
  read.closes.flatMap(({ day, close }) => dayDifferences(read, day, close));

const costModels = new WeakMap<readonly LocationReading[], CostModel>();

/** One model for all locations. */
const costModelOf = (all: readonly LocationReading[]): CostModel => {
  const model =
    costModels.get(all) ??
    createCostModel(
      all.flatMap((read) =>
        recordedEventsIn(read).map((event) => ({ ...event, location: read.location, isWorkshop: read.isWorkshop })),
      ),
    );
  costModels.set(all, model);
  return model;
};

const COST_FIGURES = ['average', 'value', 'varianceValue'] as const;

export const closesMatchCosts: Check = (read, _world, all) => {
  if (read.isWorkshop) return [];
  return read.closes.flatMap(({ day, close }) =>
    (close?.items ?? []).flatMap((closed) => {
      const from = startOfDay(day);
      const truly = costModelOf(all).day(read.location, closed.item, from, from + DAY);
      return COST_FIGURES.flatMap((figure) =>
        BigInt(truly[figure]) === BigInt(closed[figure])
          ? []
          : [
              `${read.location} on ${day}: ${figure} of ${closed.item} is ${truly[figure]}, and the close says ${closed[figure]}`,
            ],
      );
    }),
  );
};

type ReadClose = LocationReading['closes'][number]['close'];

const dayDifferences = (read: LocationReading, day: string, close: ReadClose): string[] => {
  const of = `${read.location} on ${day}`;
  const happened = recordedEventsIn(read);
  const documents = happened.filter(({ number }) => dayOfNumber(number) === day);
  const from = startOfDay(day);
  const isQuiet = documents.length === 0 && !happened.some(({ at }) => dayAt(at) === day);
  if (!close) return isQuiet ? [] : [`${of} was not closed`];
  return [
    ...(close.vouchers === documents.length
      ? []
      : [`${of} the close has ${close.vouchers} vouchers, and the book ${documents.length}`]),
    ...itemDifferences(close, read.isWorkshop ? new Map() : expectedItemDays(happened, from, from + DAY)).map(
      (one) => `${of}: ${one}`,
    ),
    ...tenderDifferences(close, expectedTenders(documents)).map((one) => `${of}: ${one}`),
    ...shiftDifferences(close, happened, day).map((one) => `${of}: ${one}`),
    ...terminalDifferences(read, close, day).map((one) => `${of}: ${one}`),
  ];
};

const FIGURES = [
  'onHand',
  'sold',
  'amount',
  'returned',
  'received',
  'dispatched',
  'writtenOff',
  'variance',
  'exposure',
] as const;

const itemDifferences = (close: NonNullable<ReadClose>, truly: ReturnType<typeof expectedItemDays>): string[] => {
  const closed = new Map<string, NonNullable<ReadClose>['items'][number]>(close.items.map((one) => [one.item, one]));
  return [...new Set([...closed.keys(), ...truly.keys()])].flatMap((item) =>
    FIGURES.flatMap((figure) => {
      const says = closed.get(item)?.[figure] ?? 0;
      const is = truly.get(item)?.[figure] ?? 0;
      return says === is ? [] : [`${figure} of ${item} is ${is}, and the close says ${says}`];
    }),
  );
};

const tenderDifferences = (close: NonNullable<ReadClose>, truly: ReturnType<typeof expectedTenders>): string[] => {
  const closed = new Map<string, { taken: number | bigint; given: number | bigint }>(
    close.tenders.map((one) => [one.tender, one]),
  );
  return [...new Set([...closed.keys(), ...truly.keys()])].flatMap((tender) =>
    (['taken', 'given'] as const).flatMap((way) => {
      const says = closed.get(tender)?.[way] ?? 0;
      const is = truly.get(tender)?.[way] ?? 0;
      return says === is ? [] : [`${is} paise ${way} by ${tender}, and the close says ${says}`];
    }),
  );
};

/** With a wrong clock, the recorded outcome is allowed. */
const shiftDifferences = (close: NonNullable<ReadClose>, happened: readonly RecordedEvent[], day: string): string[] =>
  close.shifts.flatMap(({ number, over }) => {
    const shift = happened.find((one) => one.number === number);
    if (!shift) return [`${number} is no close of a shift here`];
    const is = expectedCashOver(shift, happened);
    const says = over.find(({ tender }) => tender === 'cash')?.amount ?? 0;
    return is === says || dayAt(shift.at) !== day
      ? []
      : [`${number} is over by ${is} paise, and the close says ${says}`];
  });

/** Numbers that never arrived are missing, or the terminal is unproven. */
const terminalDifferences = (
  { said, book, held }: LocationReading,
  close: NonNullable<ReadClose>,
  day: string,
): string[] => {
  const came = new Set<string>([...book, ...held].map(({ number }) => number));
  const named = new Set(
    [...book, ...held.filter(({ claim }) => claim.kind !== 'H')].flatMap(({ number, claim }) => {
      const { previous, last, terminals } = claim as {
        previous: string | null;
        last?: string[];
        terminals?: { last: string[] }[];
      };
      const ours = [...(previous === null ? [] : [previous]), ...(last ?? [])].filter(
        (one) => one.slice(0, 5) === number.slice(0, 5),
      );
      return [...ours, ...(terminals ?? []).flatMap((one) => one.last)];
    }),
  );
  return close.terminals.flatMap(({ terminal, missing, state }) => {
    const isOurs = (number: string) => number.startsWith(terminal) && dayOfNumber(number) === day;
    const used = [...new Set(said.map(({ number }) => number).filter(isOurs))];
    const truly = expectedMissingNumbers({
      used,
      came: new Set([...came].filter(isOurs)),
      named: new Set([...named].filter(isOurs)),
    });
    const beyond = numbersAfterShift(said, terminal, came);
    const never = used.filter((number) => !came.has(number) && !beyond.has(number));
    return [
      ...(truly.join() === missing.toSorted().join()
        ? []
        : [
            `of ${terminal} ${truly.join() || 'nothing'} is missing, and the close says ${missing.join() || 'nothing'}`,
          ]),
      ...(state === 'proven' && never.length > 0
        ? [`of ${terminal} ${never.join()} never came, and the close says that nothing lacks`]
        : []),
    ];
  });
};

/** Nothing can detect these. */
const numbersAfterShift = (
  said: LocationReading['said'],
  terminal: string,
  came: ReadonlySet<string>,
): ReadonlySet<string> => {
  const wrote = said.map(({ number }) => number).filter((number) => number.startsWith(terminal));
  const last = wrote.findLastIndex((number) => came.has(number));
  return new Set(wrote[last]?.[5] === 'K' ? wrote.slice(last + 1) : []);
};
