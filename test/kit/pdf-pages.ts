import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Picture } from './grey-png.ts';

/** Poppler draws and reads pages. Without it, tests of pages are skipped. */
export const hasPoppler = spawnSync('pdftoppm', ['-v']).error === undefined;
if (!hasPoppler) console.warn('No pdftoppm is installed, so pages are not drawn.');

/** Each page as poppler draws it. `resolution`: dots an inch. */
export const pdfPages = (pdf: Uint8Array, resolution: number): Picture[] => {
  const folder = mkdtempSync(join(tmpdir(), 'bahi-pdf-'));
  try {
    writeFileSync(join(folder, 'bill.pdf'), pdf);
    const options = ['-gray', '-r', String(resolution)];
    execFileSync('pdftoppm', [...options, join(folder, 'bill.pdf'), join(folder, 'page')]);
    const names = readdirSync(folder).filter((name) => name.endsWith('.pgm'));
    return names.toSorted().map((name) => {
      const file = readFileSync(join(folder, name));
      const [head = '', width, height] = /^P5\s+(\d+)\s+(\d+)\s+\d+\s/.exec(file.toString('latin1', 0, 40)) ?? [];
      return { width: Number(width), height: Number(height), grey: file.subarray(head.length) };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** The text of each page, without blanks. Hindi is compared by its glyphs instead. */
export const pdfTexts = (pdf: Uint8Array): string[] =>
  execFileSync('pdftotext', ['-raw', '-', '-'], { input: pdf, encoding: 'utf8' })
    .split('\f')
    .filter((text) => text.trim() !== '')
    .map((text) => text.replace(/\s+/g, ''));
