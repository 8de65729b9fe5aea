// A process that runs one bundle as Lambda does: `node lambda-process.ts /path/index.mjs`.
import { pathToFileURL } from 'node:url';

type Invocation = { readonly id: number; readonly event: unknown; readonly context: object; readonly now: number };
type Handler = (event: unknown, context: object) => Promise<unknown>;

const [bundle = ''] = process.argv.slice(2);
const realNow = Date.now;
let shift = 0;
Date.now = () => realNow() + shift;

const { handler } = (await import(pathToFileURL(bundle).href)) as { readonly handler: Handler };

process.on('message', async ({ id, event, context, now }: Invocation) => {
  shift = now - realNow();
  const { remaining } = context as { remaining: number };
  const ends = realNow() + remaining;
  const outcome = await handler(event, { ...context, getRemainingTimeInMillis: () => ends - realNow() }).then(
    (result) => ({ result: result ?? null }),
    (error: unknown) => ({ error: String(error) }),
  );
  process.send?.({ id, ...outcome, megabytes: process.resourceUsage().maxRSS / 1024 });
});
process.send?.({ id: 0 });
