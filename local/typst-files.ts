import { copyFile, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, stop } from 'esbuild';
import { TYPST_FILE_NAMES, type TypstFiles } from '../shared/billing/document-pdf-service.ts';

const { resolve } = createRequire(import.meta.url);
const ours = (name: string): string => new URL(`../shared/billing/${name}`, import.meta.url).href;
const ofPackage = (name: string): string => pathToFileURL(resolve(name)).href;
const fontOf = (style: string): string =>
  ofPackage(`@expo-google-fonts/noto-sans-devanagari/${style}/NotoSansDevanagari_${style}.ttf`);

/** Compiler, template and fonts of `functions/documents`, from this checkout. */
export const TYPST_FILES: TypstFiles = {
  worker: ours('typst-worker-service.ts'),
  compiler: ofPackage('@myriaddreamin/typst-ts-web-compiler/wasm'),
  template: ours('document.typ'),
  fonts: [fontOf('400Regular'), fontOf('700Bold')],
};

/** Puts these files beside a bundle: 29 MB, 11 MB zipped. */
const writeTypstFiles = async (folder: string): Promise<void> => {
  const { worker, compiler, template, fonts } = TYPST_FILES;
  await mkdir(folder, { recursive: true });
  await build({
    entryPoints: [fileURLToPath(worker)],
    outfile: join(folder, TYPST_FILE_NAMES.worker),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    minify: true,
    logLevel: 'warning',
  });
  await stop();
  const copies = [
    [compiler, TYPST_FILE_NAMES.compiler],
    [template, TYPST_FILE_NAMES.template],
    ...fonts.map((font, at) => [font, TYPST_FILE_NAMES.fonts[at] ?? '']),
  ];
  for (const [from = '', to = ''] of copies) await copyFile(fileURLToPath(from), join(folder, to));
};

/** `cdk synth` runs this for each bundle of `functions/documents`. */
const [folder] = process.argv.slice(2);
if (import.meta.main && folder) await writeTypstFiles(folder);
