import { renderProblem } from './demo-client.ts';
import { parsePort } from './home.ts';

/** `npm run token -- outlet location:LKO-01` */
const [role, ...scope] = process.argv.slice(2);
const url = `http://127.0.0.1:${parsePort(process.env.PORT)}/local/token`;
const asked = await fetch(url, { method: 'POST', body: JSON.stringify({ role, scope }) }).catch(() => undefined);
const said = (await asked?.json()) as { token?: string } | undefined;
if (said?.token) console.log(said.token);
else {
  console.error(
    asked ? renderProblem(said) : `No Bahi answers at ${url}: run npm start first (or set PORT as it was there).`,
  );
  console.error(
    'Use: npm run token -- <outlet|depot|producer|officer|admin> <location:LKO-01|district:LKO|producer:P0042|state> …',
  );
  process.exitCode = 1;
}
