import { renderProblem } from './demo-client.ts';
import { parsePort } from './home.ts';
import { parseJson } from './stored-json.ts';

/** `npm run -s proof -- LKO-01 7KQ2MS2611220001 '{"kind":"S",…}'` */
const [place, number, text = ''] = process.argv.slice(2);
const url = `http://127.0.0.1:${parsePort(process.env.PORT)}/local/proof`;
const body = parseJson(text);
const response = await fetch(url, { method: 'POST', body: JSON.stringify({ place, number, body }) }).catch(
  () => undefined,
);

const answer = (await response?.json()) as { proof?: string } | undefined;
if (answer?.proof && typeof body === 'object') console.log(JSON.stringify({ ...body, proof: answer.proof }));
else {
  console.error(
    response ? renderProblem(answer) : `No Bahi answers at ${url}: run npm start first (or set PORT as it was there).`,
  );
  console.error('Use: npm run -s proof -- <location or producer> <number> <body as JSON>');
  process.exitCode = 1;
}
