import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const name = '@dynoxide/linux-x64';

/** The engine is one binary in an optional package, which npm installs on Linux for x64 only. */
export const engineProgram = (): string => {
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), 'dynoxide');
  } catch (cause) {
    throw new Error(
      `The embedded DynamoDB engine (${name}) is not installed; it is made for Linux on x64. ` +
        'Set DYNAMODB_ENDPOINT to a DynamoDB that runs, such as http://127.0.0.1:8000 for DynamoDB Local.',
      { cause },
    );
  }
};
