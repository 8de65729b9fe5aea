import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Clock } from '../shared/kernel/time.ts';
import { millisecondsOf } from '../shared/kernel/time.ts';
import type { ExportFileStore, ExportUpload } from '../shared/platform/export-file-store.ts';
import type { ExportLinks } from '../shared/platform/export-links.ts';
import { systemClock } from '../shared/platform/runtime.ts';
import { EXPORT_CONTENT_TYPES, EXPORT_FORMATS } from '../shared/reports/voucher-export.ts';

type DownloadedFile = { readonly name: string; readonly type: string; readonly body: Uint8Array };

export type LocalExportFiles = ExportFileStore &
  ExportLinks & {
    /** `undefined`: there is no such file. */
    read(key: string): Promise<Uint8Array | undefined>;
    /** The file of a link, for as long as the link is valid. */
    download(url: URL): Promise<DownloadedFile | 'expired' | undefined>;
  };

type Files = Pick<LocalExportFiles, 'open' | 'read'>;

const PREFIX = '/local/files/';

/** In the data folder, or in memory. Links end with the process, as their secret does. */
export const localExportFiles = (folder?: string, clock: Clock = systemClock): LocalExportFiles => {
  const files = folder === undefined ? filesInMemory() : filesInFolder(folder);
  const secret = randomBytes(32);
  const sign = (path: string, name: string, until: string): string =>
    createHmac('sha256', secret).update(`${path} ${name} ${until}`).digest('base64url');
  const now = (): number => millisecondsOf(clock.now());
  return {
    ...files,
    link: (key, { name, seconds, origin }) => {
      const url = new URL(PREFIX + key, origin);
      const until = String(now() + seconds * 1_000);
      url.search = new URLSearchParams({ name, until, signature: sign(url.pathname, name, until) }).toString();
      return url.href;
    },
    download: async ({ pathname, searchParams }) => {
      if (!pathname.startsWith(PREFIX)) return undefined;
      const [name = '', until = '', signature = ''] = ['name', 'until', 'signature'].map(
        (one) => searchParams.get(one) ?? '',
      );
      const own = Buffer.from(sign(pathname, name, until));
      const sent = Buffer.from(signature);
      if (own.length !== sent.length || !timingSafeEqual(own, sent)) return undefined;
      if (Number(until) <= now()) return 'expired';
      const body = await files.read(pathname.slice(PREFIX.length));
      const format = EXPORT_FORMATS.find((one) => pathname.endsWith(`.${one}`)) ?? 'csv';
      return body && { name, type: EXPORT_CONTENT_TYPES[format], body };
    },
  };
};

const filesInMemory = (): Files => {
  const files = new Map<string, Uint8Array>();
  return {
    read: async (key) => files.get(key),
    open: (key) => {
      const chunks: Uint8Array[] = [];
      return {
        write: async (bytes) => void chunks.push(bytes),
        finish: async () => void files.set(key, new Uint8Array(Buffer.concat(chunks))),
        abort: async () => undefined,
      };
    },
  };
};

/** A file is complete or absent: it is written beside its place and renamed. */
const filesInFolder = (folder: string): Files => {
  let unfinished = 0;
  const openUpload = (key: string): ExportUpload => {
    const file = join(folder, key);
    const partial = `${file}.${process.pid}-${++unfinished}.part`;
    const opening = mkdir(dirname(file), { recursive: true }).then(() => open(partial, 'w', 0o600));
    opening.catch(() => undefined);
    return {
      write: async (bytes) => void (await (await opening).write(bytes)),
      finish: async () => {
        await (await opening).close();
        await rename(partial, file);
      },
      abort: async () => {
        await (await opening).close();
        await rm(partial, { force: true });
      },
    };
  };
  return { open: openUpload, read: (key) => readFile(join(folder, key)).catch(undefinedIfAbsent) };
};

const undefinedIfAbsent = (error: unknown): undefined => {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
};
