import type { FileHandler, FileResponse } from '../platform/operation.ts';
import type { PlainRoute } from '../platform/operation-contract.ts';

/** In web/redoc, compressed. A new version needs a new name: browsers keep the old one. */
export const REDOC_FILE = 'redoc-2.5.4.standalone.js.gz';

const SCRIPT_ROUTE = `/docs/${REDOC_FILE.replace('.gz', '')}`;

const openRoute = (id: string, route: string): PlainRoute => ({
  id,
  function: 'service',
  method: 'GET',
  route,
  access: 'open',
});

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Bahi: operations</title>
    <link rel="icon" href="data:," />
    <link rel="service-desc" href="/openapi.json" />
    <style>body { margin: 0; } img[src^='https:'] { display: none; }</style>
  </head>
  <body>
    <redoc spec-url="/openapi.json" required-props-first json-sample-expand-level="all"></redoc>
    <noscript>This page needs JavaScript. The contract itself is <a href="/openapi.json">openapi.json</a>.</noscript>
    <script src="${SCRIPT_ROUTE}"></script>
  </body>
</html>
`;

/** Redoc writes styles into the page, and searches in a worker. Its logo on a CDN is not loaded. */
const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'unsafe-inline'",
  "connect-src 'self'",
  "img-src 'self' data:",
  'worker-src blob:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

type DocsDeps = { readonly redoc: () => Promise<Uint8Array> };

const text = (headers: Readonly<Record<string, string>>, body: string): FileResponse => ({
  headers: { ...headers, 'cache-control': 'public, max-age=3600', 'x-content-type-options': 'nosniff' },
  body,
});

/** `redoc` reads `REDOC_FILE`. */
export const DOCS_FILES: readonly FileHandler<DocsDeps>[] = [
  {
    contract: openRoute('root', '/'),
    read: async () =>
      text(
        { 'content-type': 'application/json' },
        JSON.stringify({ name: 'Bahi', docs: '/docs', openapi: '/openapi.json' }),
      ),
  },
  {
    contract: openRoute('docsPage', '/docs'),
    read: async () =>
      text(
        {
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': CONTENT_POLICY,
          'referrer-policy': 'no-referrer',
        },
        PAGE,
      ),
  },
  {
    contract: openRoute('docsScript', SCRIPT_ROUTE),
    read: async ({ redoc }) => ({
      headers: {
        'content-type': 'text/javascript; charset=utf-8',
        'content-encoding': 'gzip',
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
      },
      body: Buffer.from(await redoc()).toString('base64'),
      isBase64Encoded: true,
    }),
  },
];

/** Routes beside the contract. On one machine the screens come before `/`. */
export const DOCS_ROUTES: readonly PlainRoute[] = DOCS_FILES.map(({ contract }) => contract);
