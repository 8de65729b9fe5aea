import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import init, { TypstCompilerBuilder } from '@myriaddreamin/typst-ts-web-compiler';
import type { RenderAnswer, TypstFiles } from './document-pdf-service.ts';

/** A thread of document-pdf-service.ts: each message is a document as JSON, answered by its PDF. */
const { compiler, template, fonts } = workerData as TypstFiles;

const MAIN = '/document.typ';
/** The compiler's own number for problems as objects. */
const FULL_DIAGNOSTICS = 3;

const openCompiler = async () => {
  await init({ module_or_path: await readFile(new URL(compiler)) });
  const builder = new TypstCompilerBuilder();
  builder.set_dummy_access_model();
  for (const font of fonts) await builder.add_raw_font(await readFile(new URL(font)));
  const typst = await builder.build();
  typst.add_source(MAIN, (await readFile(new URL(template))).toString());
  return typst;
};

const opened = openCompiler();

const render = async (printed: string): Promise<RenderAnswer> => {
  const typst = await opened;
  const { result, diagnostics } = typst.compile(MAIN, [['printed', printed]], 'pdf', FULL_DIAGNOSTICS);
  return result ? { pdf: result } : { problem: JSON.stringify(diagnostics) };
};

parentPort?.on('message', async (printed: string) => {
  const answer = await render(printed).catch((error: unknown) => ({ problem: String(error) }));
  parentPort?.postMessage(answer);
});
