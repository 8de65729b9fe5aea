import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { oncePer } from '../platform/runtime.ts';
import type { PrintedDocument } from './printed-document.ts';
import { qrSvgOf } from './upi-link.ts';

/** URLs of files. The compiler is WebAssembly, so one bundle runs on every processor. */
export type TypstFiles = {
  readonly worker: string;
  readonly compiler: string;
  readonly template: string;
  readonly fonts: readonly string[];
};

export type RenderAnswer = { readonly pdf: Uint8Array } | { readonly problem: string };

/** Beside the bundle, written by local/typst-files.ts. */
export const TYPST_FILE_NAMES = {
  worker: 'typst-worker.mjs',
  compiler: 'typst.wasm',
  template: 'document.typ',
  fonts: ['regular.ttf', 'bold.ttf'],
} as const;

export const bundledTypstFiles = (): TypstFiles => {
  const bundledUrl = (name: string): string => new URL(name, import.meta.url).href;
  const { worker, compiler, template, fonts } = TYPST_FILE_NAMES;
  return {
    worker: bundledUrl(worker),
    compiler: bundledUrl(compiler),
    template: bundledUrl(template),
    fonts: fonts.map(bundledUrl),
  };
};

/** The compiler keeps 1 to 3 MB of each document and frees none, so its thread is replaced. */
const MAX_RENDERED = 100;
/** Milliseconds. A bill of 40 lines takes below 1,000, with the start of the thread. */
const RENDER_TIMEOUT = 20_000;

export type RenderPdf = (printed: PrintedDocument) => Promise<Uint8Array>;

/** Renders one document at a time. The same document gives the same bytes. */
export const pdfRenderer = oncePer((files: TypstFiles): RenderPdf => {
  let current: { readonly worker: Worker; rendered: number } | undefined;
  let queue: Promise<unknown> = Promise.resolve();

  const openWorker = async () => {
    if (current && current.rendered < MAX_RENDERED) return current;
    await current?.worker.terminate();
    const worker = new Worker(new URL(files.worker), { workerData: files });
    worker.unref();
    current = { worker, rendered: 0 };
    return current;
  };

  const render = async (printed: PrintedDocument): Promise<Uint8Array> => {
    const opened = await openWorker();
    opened.rendered += 1;
    const { payment, link } = printed;
    const codes = [payment, link].flatMap((one) => (one ? [{ picture: qrSvgOf(one.url), text: one.text }] : []));
    try {
      opened.worker.postMessage(JSON.stringify({ ...printed, codes }));
      const [answer] = (await once(opened.worker, 'message', { signal: AbortSignal.timeout(RENDER_TIMEOUT) })) as [
        RenderAnswer,
      ];
      if ('pdf' in answer) return answer.pdf;
      throw new Error(`Typst made no PDF of ${printed.number}: ${answer.problem}`);
    } catch (error) {
      current = undefined;
      await opened.worker.terminate();
      throw error;
    }
  };

  return (printed) => {
    const pdf = queue.then(() => render(printed));
    queue = pdf.catch(() => undefined);
    return pdf;
  };
});
