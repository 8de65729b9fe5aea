import { clientOf } from '../shared/contract/client.ts';
import { playDay } from './demo-day/play.ts';
import { report } from './demo-day/report.ts';
import { portIn } from './home.ts';

/** `npm run demo`: a trading day over many outlets of the Bahi that runs here, through HTTP. */
const url = `http://127.0.0.1:${portIn(process.env.PORT)}`;
const asked = { method: 'POST', body: JSON.stringify({ role: 'admin', scope: ['state'] }) };
const signedIn = await fetch(`${url}/local/token`, asked).catch(() => undefined);
if (!signedIn?.ok) {
  console.error(`No Bahi answers at ${url}: run npm start first (or set PORT as it was there).`);
  process.exit(1);
}
const { token } = (await signedIn.json()) as { token: string };
console.log(report(await playDay(url, token, clientOf(url, token))));
