import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

const PACKAGE = '@dynoxide/linux-x64';
const BINARY = 'dynoxide';

/** From npm, for Linux x64 only. */
export const packagedEngine = (): string | undefined => {
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${PACKAGE}/package.json`)), BINARY);
  } catch {
    return undefined;
  }
};

/** From `cargo install`. */
export const engineOnPath = (path: string = process.env.PATH ?? ''): string | undefined =>
  path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, BINARY))
    .find(isExecutable);

export const engineProgram = (packaged = packagedEngine, path?: string): string => {
  const program = packaged() ?? engineOnPath(path);
  if (program !== undefined) return program;
  throw new Error(
    [
      'Bahi found no DynamoDB engine. Any one of these helps:',
      `  npm ci --include=optional                 installs ${PACKAGE}, on Linux for x64`,
      '  cargo install --locked dynoxide-rs        puts `dynoxide` on the PATH, on any platform with Rust',
      '  DYNAMODB_ENDPOINT=http://127.0.0.1:8000   names an engine that runs already',
    ].join('\n'),
  );
};

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};
