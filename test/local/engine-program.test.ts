import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { engineOnPath, engineProgram, packagedEngine } from '../../local/engine/engine-program.ts';

const notInstalled = () => undefined;

/** A folder with a file called `dynoxide`. */
const folderWith = async (mode: number): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'bahi-path-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'dynoxide'), '#!/bin/sh\n');
  await chmod(join(folder, 'dynoxide'), mode);
  return folder;
};

it('The engine from npm comes first.', async () => {
  expect(engineProgram(packagedEngine, await folderWith(0o755))).toBe(packagedEngine());
});

it('Without the package, the first dynoxide on the PATH that can be run is the engine.', async () => {
  const [plain, first, second] = [await folderWith(0o644), await folderWith(0o755), await folderWith(0o755)];
  expect(engineProgram(notInstalled, ['', plain, first, second].join(delimiter))).toBe(join(first, 'dynoxide'));
  expect(engineOnPath('')).toBeUndefined();
});

it.each(['npm ci --include=optional', 'cargo install --locked dynoxide-rs', 'DYNAMODB_ENDPOINT=http'])(
  'Where there is no engine, the error names the way "%s".',
  (way) => {
    expect(() => engineProgram(notInstalled, '/nowhere')).toThrow(way);
  },
);
