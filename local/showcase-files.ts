import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import type { PublicFiles } from '../shared/showcase/publish-service.ts';

export type LocalPages = PublicFiles & {
  /** The public page at a path `/showcase…`. `undefined`: there is none. */
  page(pathname: string): Promise<{ readonly type: string; readonly body: string } | undefined>;
};

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  xml: 'application/xml',
  svg: 'image/svg+xml',
  tsv: 'text/tab-separated-values; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json',
};

const typeOf = (path: string): string => TYPES[path.split('.').at(-1) ?? ''] ?? 'text/plain';

/** Replaces S3 and CloudFront: pages in this folder, or without one in memory. */
export const localPages = (folder: string | undefined): LocalPages => {
  const pages = new Map<string, string>();
  const fileOf = (path: string): string => join(folder ?? '', normalize(path));
  const read = async (path: string): Promise<string | undefined> => {
    if (folder === undefined) return pages.get(path);
    return readFile(fileOf(path), 'utf8').catch(() => undefined);
  };
  return {
    read,
    write: async (path, { body }) => {
      if (folder === undefined) return void pages.set(path, body);
      await mkdir(dirname(fileOf(path)), { recursive: true });
      await writeFile(fileOf(path), body);
    },
    remove: async (path) => {
      if (folder === undefined) return void pages.delete(path);
      await rm(fileOf(path), { force: true });
    },
    page: async (pathname) => {
      const path = /^\/showcase\/?$/.test(pathname) ? 'showcase/index.html' : pathname.slice(1);
      const isPublicPath = path.startsWith('showcase/') && !path.includes('..');
      const body = isPublicPath ? await read(path) : undefined;
      return body === undefined ? undefined : { type: typeOf(path), body };
    },
  };
};
