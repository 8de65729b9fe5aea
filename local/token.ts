import { renderProblem } from './demo-client.ts';
import { parsePort } from './home.ts';

/** `npm run token -- outlet location:LKO-01` */
const [role, ...scope] = process.argv.slice(2);
const url = `http://127.0.0.1:${parsePort(process.env.PORT)}/local/token`;
const response = await fetch(url, { method: 'POST', body: JSON.stringify({ role, scope }) }).catch(() => undefined);
const reply = (await response?.json()) as { token?: string } | undefined;
if (reply?.token) console.log(reply.token);
else {
  console.error(
    response ? renderProblem(reply) : `No Bahi answers at ${url}: run npm start first (or set PORT as it was there).`,
  );
  console.error(
    'Use: npm run token -- <outlet|depot|producer|officer|admin> <location:LKO-01|district:LKO|producer:P0042|state> …',
  );
  process.exitCode = 1;
}
