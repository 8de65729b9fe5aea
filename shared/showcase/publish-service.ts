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
  const before = stored === undefined ? {} : Manifest.parse(JSON.parse(stored));
  const after = new Map<string, string>();
  const tasks = failureCollector();
  let [written, removed] = [0, 0];
  for (const { path, type, render } of pages) {
    const last = before[path];
    if (last !== undefined) after.set(path, last);
    await tasks.try(`page ${path}`, async () => {
      const body = render();
      const hash = hashOf(body);
      if (hash === last) return;
      await files.write(path, { type, body });
      after.set(path, hash);
      written += 1;
    });
  }
  for (const path of Object.keys(before).filter((one) => !pages.some((page) => page.path === one))) {
    after.set(path, before[path] ?? '');
    await tasks.try(`removal of ${path}`, async () => {
      await files.remove(path);
      after.delete(path);
      removed += 1;
    });
  }
  if (written + removed > 0) {
    const body = JSON.stringify(Object.fromEntries(after));
    await files.write(manifestPath(part), { type: 'application/json', body });
  }
  return { written, removed, finish: tasks.end };
};
