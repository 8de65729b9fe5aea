import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openHome } from '../../local/home.ts';

it('A book in memory has no folder, and is gone when it closes.', async () => {
  const { endpoint, folder, port, close } = await openHome({ BAHI_DATA: 'memory', PORT: '0' });
  onTestFinished(close);
  expect({ folder, port }).toEqual({ folder: undefined, port: 0 });
  expect((await fetch(endpoint)).status).toBeLessThan(500);
});

it('A book is kept in the folder that BAHI_FOLDER names.', async () => {
  const named = await mkdtemp(join(tmpdir(), 'bahi-home-'));
  const { folder, port, close } = await openHome({ BAHI_FOLDER: named });
  onTestFinished(() => close().then(() => rm(named, { recursive: true })));
  expect({ folder, port }).toEqual({ folder: named, port: 3000 });
  expect(existsSync(join(named, 'book.sqlite'))).toBe(true);
});

it('DYNAMODB_ENDPOINT names another engine; the folder keeps the files beside the book.', async () => {
  const { endpoint, folder } = await openHome({ DYNAMODB_ENDPOINT: 'http://127.0.0.1:8000' });
  expect({ endpoint, folder }).toEqual({ endpoint: 'http://127.0.0.1:8000', folder: '.bahi' });
});

it('Invalid settings are reported.', async () => {
  await expect(openHome({ BAHI_DATA: 'disk' })).rejects.toThrow('BAHI_DATA is "memory" or not set');
  await expect(openHome({ PORT: 'three' })).rejects.toThrow('PORT is a number up to 65535, not "three".');
});
