import { type Client, createClient } from '../shared/api/client.ts';
import { generatePhoneKey } from '../shared/api/phone-key.ts';
import { playDay } from './demo-day/play.ts';
import { playEvening, type ReconcilePlace } from './demo-evening/play.ts';
import { playMaterials } from './demo-materials/play.ts';
import { printBill, reportDay, reportEvening, reportMaterials } from './demo-reports.ts';
import { parsePort } from './home.ts';

/** `npm run demo`: plays three demos over HTTP against the local Bahi. */
const url = `http://127.0.0.1:${parsePort(process.env.PORT)}`;

const tokenOf = async (role: string, scope: string): Promise<string> => {
  const answer = await fetch(`${url}/local/token`, {
    method: 'POST',
    body: JSON.stringify({ role, scope: [scope] }),
  }).catch(() => undefined);
  if (!answer?.ok) {
    console.error(`No Bahi answers at ${url}: run npm start first (or set PORT as it was there).`);
    process.exit(1);
  }
  return ((await answer.json()) as { token: string }).token;
};

const token = await tokenOf('admin', 'state');
const admin = createClient(url, token, fetch, await generatePhoneKey());
const day = await playDay(url, token, admin);
console.log(reportDay(day) + (await printBill(url, token, day, process.env.BAHI_FOLDER ?? '.bahi')));

const reconcile: ReconcilePlace = async (place) => {
  const answer = await fetch(`${url}/local/audit/${place}`, { method: 'POST' });
  if (!answer.ok) throw new Error(`${place} was not reconciled: ${await answer.text()}`);
  return (await answer.json()) as Awaited<ReturnType<ReconcilePlace>>;
};
console.log(reportEvening(await playEvening({ admin, reconcile })));

const signIn = async (producer: string): Promise<Client> =>
  createClient(url, await tokenOf('producer', `producer:${producer}`));
const signInManager = async (depot: string): Promise<Client> =>
  createClient(url, await tokenOf('depot', `location:${depot}`));
const runJob = async (): Promise<void> => {
  const answer = await fetch(`${url}/local/jobs/allocate-materials`, { method: 'POST' });
  if (!answer.ok) throw new Error(`the job did not run: ${await answer.text()}`);
};

console.log(reportMaterials(await playMaterials({ admin, signInManager, runJob, signIn })));
