import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile, stop } from 'esbuild';
import { operations } from '../../shared/api/contract.ts';
import { PROBLEMS } from '../../shared/kernel/problems.ts';
import { laterScreens } from './later-screens.ts';
import { pureModules } from './pure-modules.ts';

/** Ends esbuild's process, which else lives as long as ours. */
export const stopBuilding = (): Promise<void> => stop();

/** `path`: as the browser asks for it. `immutable`: its name holds a hash of its content. */
export type WebFile = {
  readonly path: string;
  readonly type: string;
  readonly body: Uint8Array;
  readonly immutable: boolean;
};

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

const source = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));

/**
 * The screens as files, in memory: page, script, style, icon, manifest and service worker. The
 * worker precaches all others but the reader of barcodes, which most phones never need.
 */
export const buildWeb = async (): Promise<readonly WebFile[]> => {
  const { outputFiles, metafile } = await build({
    entryPoints: { app: source('app/main.tsx'), style: source('style.css') },
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    loader: { '.woff2': 'file', '.wasm': 'file' },
    outdir: '/',
    bundle: true,
    splitting: true,
    format: 'esm',
    target: ['chrome109'],
    minify: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    plugins: [pureModules, laterScreens(source('stall'))],
    define: { OPERATIONS: JSON.stringify(operationRows) },
    write: false,
    metafile: true,
    logLevel: 'error',
  });
  const hashed = outputFiles.map(({ path, contents }) => webFile(path, contents, true));
  const others = await Promise.all(
    ['icon.svg', 'manifest.webmanifest'].map(async (name) => webFile(`/${name}`, await readFile(source(name)), false)),
  );
  others.push(webFile('/problems.json', new TextEncoder().encode(JSON.stringify(problemTitles)), false));
  const page = webFile('/index.html', await pageWith(hashed, firstScripts(metafile)), false);
  const all = [page, ...hashed, ...others];
  const precached = all.filter(({ path }) => !path.endsWith('.wasm'));
  return [...all, webFile('/service-worker.js', await serviceWorker(precached), false)];
};

/**
 * The contract without its schemas: 2 KB instead of 78. The server parses what phones send; a phone
 * trusts the replies of its own server.
 */
const operationRows = operations.map(({ id, method, route, consumes }) => [id, method, route, consumes]);

/** Fetched only where a refusal is shown. */
const problemTitles = Object.fromEntries(
  Object.entries(PROBLEMS).map(([code, { hi, en }]) => [code, { hi: hi.title, en: en.title }]),
);

const webFile = (path: string, body: Uint8Array, immutable: boolean): WebFile => ({
  path,
  body,
  immutable,
  type: TYPES[extname(path)] ?? 'application/octet-stream',
});

/** Else a browser finds them only inside the app. */
const firstScripts = ({ outputs }: Metafile): string[] => {
  const app = Object.keys(outputs).find((path) => /(^|\/)app-\w+\.js$/.test(path)) ?? '';
  const found = new Set([app]);
  for (const path of found)
    for (const { path: next, kind } of outputs[path]?.imports ?? []) if (kind === 'import-statement') found.add(next);
  return [...found].filter((path) => path !== app).map((path) => `/${path.split('/').at(-1)}`);
};

const pageWith = async (files: readonly WebFile[], scripts: readonly string[]): Promise<Uint8Array> => {
  const nameOf = (start: string) => files.find(({ path }) => path.startsWith(start))?.path ?? '';
  const page = await readFile(source('index.html'), 'utf8');
  const preloads = scripts.map((path) => `\n    <link rel="modulepreload" href="${path}" />`).join('');
  return new TextEncoder().encode(
    page
      .replace('/app.js', nameOf('/app-'))
      .replace('/style.css', nameOf('/style-'))
      .replace('\n  </head>', `${preloads}\n  </head>`),
  );
};

/** For the worker: a file with a hash in its name needs no revision. */
const revisionOf = ({ body, immutable }: WebFile): string | null =>
  immutable ? null : createHash('sha256').update(body).digest('hex').slice(0, 16);

/**
 * The worker's script, with the list of these files inside. Throws if there are none: an empty
 * worker caches nothing.
 */
const serviceWorker = async (files: readonly WebFile[]): Promise<Uint8Array> => {
  if (files.length === 0) throw new Error('The service worker has no files to precache.');
  const precached = files.map((file) => ({ url: file.path, revision: revisionOf(file) }));
  const { outputFiles } = await build({
    entryPoints: [source('service-worker.ts')],
    outfile: '/service-worker.js',
    bundle: true,
    format: 'iife',
    target: ['chrome109'],
    minify: true,
    define: { PRECACHED: JSON.stringify(precached), 'process.env.NODE_ENV': '"production"' },
    write: false,
    logLevel: 'error',
  });
  const [script] = outputFiles;
  if (!script) throw new Error('esbuild wrote no service worker.');
  return script.contents;
};
