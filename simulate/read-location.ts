import { expectOk } from '../local/demo-client.ts';
import type { Client } from '../shared/api/client.ts';
import { dayAt, dayOfNumber, daysBetween } from './clock.ts';
import type { SimulatedLocation } from './locations.ts';
import type { RecordedEvent, SimulatedClaim } from './model.ts';
import { listHeldVouchers } from './officer.ts';
import type { World } from './world.ts';

type BookedVoucher = Extract<Awaited<ReturnType<Client['getDay']>>, { ok: true }>['body']['vouchers'][number];

type CursorPage<Row> = { readonly rows: readonly Row[]; readonly cursor: string | undefined };
const readAllPages = async <Row>(read: (cursor: string | undefined) => Promise<CursorPage<Row>>): Promise<Row[]> => {
  const all: Row[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await read(cursor);
    all.push(...page.rows);
    cursor = page.cursor;
    if (cursor === undefined) return all;
  }
};

export const readSimulatedLocation = async (
  { admin, truth, bahi }: World,
  { id: location, isWorkshop }: SimulatedLocation,
) => {
  const said = truth.all().filter((one) => one.location === location);
  // Day books follow the number's day.
  const days = [...new Set(said.map(({ number }) => dayOfNumber(number)))].toSorted();
  const book: BookedVoucher[] = [];
  for (const day of days)
    book.push(
      ...(await readAllPages(async (cursor) => {
        const page = expectOk(await admin.getDay({ path: { location, day }, query: { cursor } }));
        return { rows: page.vouchers, cursor: page.cursor };
      })),
    );
  const { closes: kept, audits, stock: rows } = bahi.startFunctions();
  // A workshop's stock is not readable.
  const stock = isWorkshop
    ? [...(await rows.at(location as never)).rows]
    : await readAllPages(async (cursor) => {
        const page = expectOk(await admin.getLocationStock({ path: { location }, query: { cursor } }));
        return { rows: page.stock, cursor: page.cursor };
      });
  const alerts = await readAllPages(async (cursor) => {
    const page = expectOk(await admin.listAlerts({ query: { location, cursor } }));
    return { rows: page.alerts, cursor: page.cursor };
  });
  const stands = { location, said, book, closed: truth.closed };
  const closes = [];
  for (const day of daysBetweenEvents(stands))
    closes.push({ day, close: await kept.latest(location as never, day as never) });
  const audited = await audits.checkpoint(location as never);
  return {
    ...stands,
    isWorkshop,
    stock,
    alerts,
    closes,
    audited,
    held: await listHeldVouchers(admin, location, 'true'),
  };
};

export type LocationReading = Awaited<ReturnType<typeof readSimulatedLocation>>;

export type Check = (read: LocationReading, world: World, all: readonly LocationReading[]) => readonly string[];

type Books = { readonly book: readonly BookedVoucher[] };

export const recordedEventsIn = ({ book }: Pick<Books, 'book'>): RecordedEvent[] =>
  book.map(({ number, claim, admission }) => ({
    number,
    claim: claim as SimulatedClaim,
    at: Date.parse(claim.occurredAt) + ('skew' in admission ? (admission.skew ?? 0) : 0),
  }));

const daysBetweenEvents = ({ book }: Pick<Books, 'book'>): string[] => {
  const all = [
    ...recordedEventsIn({ book }).map(({ at }) => dayAt(at)),
    ...book.map(({ number }) => dayOfNumber(number)),
  ].toSorted();
  const first = all[0];
  const last = all.at(-1);
  return first && last ? daysBetween(first, last) : [];
};
