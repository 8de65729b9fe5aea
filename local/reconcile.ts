import { Presets, SingleBar } from 'cli-progress';
import { renderDriftLog } from '../shared/alerts/drift-sentences.ts';
import { createClient } from '../shared/api/client.ts';
import { concurrently } from '../shared/platform/tasks.ts';
import { Drift } from '../shared/reconciliation/drift.ts';
import { listAllPages, renderProblem } from './demo-client.ts';
import { parsePort } from './home.ts';

/** `npm run reconcile`: exit code 1 on drift. */
const url = `http://127.0.0.1:${parsePort(process.env.PORT)}`;
const CONCURRENCY = 4;

const post = async (path: string, body: object = {}): Promise<Response> => {
  const answer = await fetch(`${url}/local/${path}`, { method: 'POST', body: JSON.stringify(body) }).catch(
    () => undefined,
  );
  if (answer?.ok) return answer;
  console.error(
    answer
      ? `${path}: ${renderProblem(await answer.json())}`
      : `No Bahi answers at ${url}: run npm start first (or set PORT as it was there).`,
  );
  process.exit(2);
};

const { token } = (await (await post('token', { role: 'admin', scope: ['state'] })).json()) as { token: string };
const admin = createClient(url, token);

const listAllPlaces = async (): Promise<string[]> => {
  const kinds = ['outlets', 'depots', 'producers'] as const;
  const each = kinds.map((kind) =>
    listAllPages(
      (query) => admin.listEntries({ path: { kind }, query }),
      ({ entries }) => entries,
    ),
  );
  return (await Promise.all(each)).flat().map(({ id }) => id);
};

const named = process.argv.slice(2);
const places = named.length > 0 ? named : await listAllPlaces();
const bar = new SingleBar(
  { format: '{bar} {percentage}% | {value} of {total} places | {place}' },
  Presets.shades_classic,
);

const found: string[] = [];
let vouchers = 0;
bar.start(places.length, 0, { place: '' });
await concurrently(CONCURRENCY, places, async (place) => {
  const audited = (await (await post(`audit/${place}`)).json()) as { vouchers: number; drifts: unknown[] };
  vouchers += audited.vouchers;
  found.push(...audited.drifts.map((drift) => `${place}: ${renderDriftLog(Drift.parse(drift))}`));
  bar.increment({ place });
});
bar.stop();
for (const line of found) console.log(line);
console.log(
  found.length > 0
    ? `${found.length} drifts.`
    : `Stock and vouchers agree: ${vouchers} vouchers at ${places.length} location${places.length === 1 ? '' : 's'}.`,
);
process.exitCode = found.length > 0 ? 1 : 0;
