import { readFile } from 'node:fs/promises';
import { type Node, parse } from 'acorn';
import { type Plugin, transform } from 'esbuild';

/**
 * Lets esbuild leave out what a screen does not use of `shared/`. Its modules have no side effects
 * (test/laws), but esbuild cannot know that of a call such as `z.string()`. The plugin marks every
 * call of a top-level constant as pure.
 */
export const pureModules: Plugin = {
  name: 'pure-modules',
  setup: (build) => {
    build.onLoad({ filter: /[\\/]shared[\\/].*\.ts$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, 'utf8'), { loader: 'ts', target: 'es2024' });
      return { contents: markPure(code), loader: 'js' };
    });
  },
};

type Spanned = Pick<Node, 'type' | 'start' | 'end'>;

/**
 * Code with the value of each top-level constant inside a pure call, unless it is a function or a
 * literal.
 */
export const markPure = (code: string): string => {
  const { body } = parse(code, { ecmaVersion: 'latest', sourceType: 'module' });
  const values = body.flatMap((statement): Spanned[] => {
    const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declared?.type !== 'VariableDeclaration') return [];
    return declared.declarations.flatMap(({ init }) => (init && !INERT.includes(init.type) ? [init] : []));
  });
  return values.reduceRight(
    (text, { start, end }) =>
      `${text.slice(0, start)}/* @__PURE__ */ (() => (${text.slice(start, end)}))()${text.slice(end)}`,
    code,
  );
};

const INERT = ['ArrowFunctionExpression', 'FunctionExpression', 'Literal', 'Identifier', 'TemplateLiteral'];
