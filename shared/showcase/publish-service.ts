import { createHash } from 'node:crypto';
import * as z from 'zod';
import { failureCollector } from '../platform/tasks.ts';
import type { PublicPage } from './site-pages.ts';

/** Where public pages lie: S3, or a folder. `path` has no leading slash. */
export type PublicFiles = {
  read(path: string): Promise<string | undefined>;
  write(path: string, file: { readonly type: string; readonly body: string }): Promise<void>;
  remove(path: string): Promise<void>;
};

/** `origin`: such as `https://bahi.example`; empty if the address is not known yet. */
export type PublicSite = { readonly files: PublicFiles; origin(): string };

const Manifest = z.record(z.string(), z.string());

const hashOf = (body: string): string => createHash('sha256').update(body).digest('hex').slice(0, 16);

/** Not under `showcase/`, so that nobody outside reads it. */
const manifestPath = (part: string): string => `manifest/${part}.json`;

type Published = { readonly written: number; readonly removed: number; finish(): void };

/** Differs from every hash, so that the page is written. */
const UNKNOWN_HASH = '';

/**
 * Writes the pages of one part that changed, and removes those that it no longer has. A page that
 * fails stays as it was. `finish` throws the failures, so that the job tries again.
 */
export const publishPages = async (
  files: PublicFiles,
  part: string,
  pages: readonly PublicPage[],
): Promise<Published> => {
  const stored = await files.read(manifestPath(part));
  const hashes = new Map(Object.entries(stored === undefined ? {} : Manifest.parse(JSON.parse(stored))));
  const writeManifest = () => {
    const body = JSON.stringify(Object.fromEntries(hashes));
    return files.write(manifestPath(part), { type: 'application/json', body });
  };
  const tasks = failureCollector();
  const changed: { readonly path: string; readonly type: string; readonly body: string; readonly hash: string }[] = [];
  for (const { path, type, render } of pages)
    await tasks.try(`page ${path}`, async () => {
      const body = render();
      const hash = hashOf(body);
      if (hashes.get(path) !== hash) changed.push({ path, type, body, hash });
    });
  const current = new Set(pages.map(({ path }) => path));
  const ended = [...hashes.keys()].filter((path) => !current.has(path));

  // First, so that after a crash the next run writes or removes these pages again.
  for (const path of [...changed.map((page) => page.path), ...ended]) hashes.set(path, UNKNOWN_HASH);
  if (changed.length + ended.length > 0) await writeManifest();
  let [written, removed] = [0, 0];
  for (const { path, type, body, hash } of changed)
    await tasks.try(`page ${path}`, async () => {
      await files.write(path, { type, body });
      hashes.set(path, hash);
      written += 1;
    });
  for (const path of ended)
    await tasks.try(`removal of ${path}`, async () => {
      await files.remove(path);
      hashes.delete(path);
      removed += 1;
    });
  if (written + removed > 0) await writeManifest();
  return { written, removed, finish: tasks.end };
};
