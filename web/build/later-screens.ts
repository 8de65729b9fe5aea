import { readdir, readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * Puts all that a stall's screens import later into one file. Each later file would have its own
 * set of shared modules, and esbuild would cut the first load into pieces for every such set.
 */
export const laterScreens = (folder: string): Plugin => ({
  name: 'later-screens',
  setup: async (build) => {
    const later = await laterImportsIn(folder);
    const files = new Set(later.map(({ file }) => resolve(folder, file)));
    build.onResolve({ filter: /^\.\/[\w-]+\.tsx$/ }, ({ kind, path, importer }) =>
      kind === 'dynamic-import' && files.has(resolve(dirname(importer), path))
        ? { path: 'later-screens', namespace: 'later-screens' }
        : undefined,
    );
    const contents = later.map(({ file, name }) => `export { ${name} } from '${file}';`).join('\n');
    build.onLoad({ filter: /./, namespace: 'later-screens' }, () => ({ contents, resolveDir: folder, loader: 'js' }));
  },
});

type LaterImport = { readonly file: string; readonly name: string };

const laterImportsIn = async (folder: string): Promise<readonly LaterImport[]> => {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.tsx'));
  const sources = await Promise.all(names.map((name) => readFile(resolve(folder, name), 'utf8')));
  const found = sources.flatMap((source) =>
    [...source.matchAll(/\(await import\('(\.\/[\w-]+\.tsx)'\)\)\.(\w+)/g)].map(
      ([, file = '', name = '']): LaterImport => ({ file, name }),
    ),
  );
  return [...new Map(found.map((one) => [one.name, one])).values()];
};
