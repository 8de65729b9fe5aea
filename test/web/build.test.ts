import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildWeb, type WebFile } from '../../web/build/build.ts';
import { markPure } from '../../web/build/pure-modules.ts';

let files: readonly WebFile[];
beforeAll(async () => {
  files = await buildWeb();
});
const textOf = (start: string): string =>
  new TextDecoder().decode(files.find(({ path }) => path.startsWith(start))?.body);

describe('The screens as they are built', () => {
  it('Script and style of the first load are at most 60 KB gzipped.', () => {
    const page = textOf('/index.html');
    const first = files.filter(({ path }) => /\.(js|css)$/.test(path) && page.includes(path));
    const bytes = first.reduce((sum, { body }) => sum + gzipSync(body, { level: 9 }).length, 0);
    expect(first.map(({ path }) => path.replace(/-\w+\./, '.'))).toEqual(
      expect.arrayContaining(['/app.js', '/style.css']),
    );
    expect(bytes).toBeLessThanOrEqual(60 * 1024);
    // Each file costs a slow phone a request, and compresses apart from the others.
    expect(first.length).toBeLessThanOrEqual(18);
  });

  it('The page names every script that the first load imports, and no screen of another role.', () => {
    const page = textOf('/index.html');
    const scripts = files.filter(({ path }) => path.endsWith('.js') && page.includes(path));
    const imported = scripts.flatMap(({ body }) =>
      [...new TextDecoder().decode(body).matchAll(/(?:from|import)"\.(\/[\w-]+\.js)"/g)].map(([, path]) => path ?? ''),
    );
    expect(imported.length).toBeGreaterThan(0);
    expect(imported.filter((path) => !page.includes(path))).toEqual([]);
    expect(scripts.filter(({ path }) => /-app-/.test(path))).toEqual([]);
  });

  it('The screens of a stall that no sale needs are one file.', () => {
    const later = files.filter(({ path }) => path.startsWith('/later-screens-'));
    expect(later).toHaveLength(1);
    expect(textOf('/index.html')).not.toContain(later[0]?.path);
    for (const name of ['Adjust', 'Count', 'HandOver', 'HandOverCodes', 'StuckVoucher'])
      expect(textOf('/later-screens-')).toMatch(new RegExp(`\\b${name}\\b`));
  });

  it('The page asks for its settings at once, not after its scripts.', () => {
    expect(textOf('/index.html')).toMatch(/<link rel="preload" href="\/config.json" as="fetch" crossorigin \/>/);
  });

  it('The font of printed bills is 64 KB, and is no part of the first load.', () => {
    const fonts = files.filter(({ path }) => path.endsWith('.woff2'));
    expect(fonts.map(({ type }) => type)).toEqual(['font/woff2', 'font/woff2']);
    expect(fonts.reduce((sum, { body }) => sum + body.length, 0)).toBeLessThanOrEqual(65 * 1024);
    for (const { path } of fonts)
      expect([textOf('/index.html'), textOf('/app-'), textOf('/style-')].filter((text) => text.includes(path))).toEqual(
        [],
      );
  });

  it('The service worker precaches every file but itself and the reader of barcodes.', () => {
    const precached = files.filter(({ path }) => path !== '/service-worker.js' && !path.endsWith('.wasm'));
    expect(files.length).toBe(precached.length + 2);
    const worker = textOf('/service-worker.js');
    expect(precached.filter(({ path }) => !worker.includes(`"${path}"`))).toEqual([]);
    expect(worker.match(/revision:(null|")/g)).toHaveLength(precached.length);
    expect(precached.length).toBeGreaterThanOrEqual(6);
  });

  it('No script is inline, so that the content policy can forbid it.', () => {
    expect(textOf('/index.html')).not.toMatch(/<script(?![^>]*\bsrc=)|\son\w+=|style="/);
  });
});

describe('Marking what has no side effects', () => {
  it.each([
    ['export const A = z.string();', 'export const A = /* @__PURE__ */ (() => (z.string()))();'],
    ['const a = 1, b = f();', 'const a = 1, b = /* @__PURE__ */ (() => (f()))();'],
    ['export const f = (x) => g(x);', 'export const f = (x) => g(x);'],
    ['f();', 'f();'],
  ])('%s', (code, marked) => {
    expect(markPure(code)).toBe(marked);
  });
});
