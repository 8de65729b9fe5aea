import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export const hasSpreadsheet = (() => {
  try {
    return execFileSync('soffice', ['--version'], { encoding: 'utf8' }).includes('LibreOffice');
  } catch {
    return false;
  }
})();

/** Opened and saved again by a spreadsheet in Indian English. */
export const throughSpreadsheet = async (file: string): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), 'bahi-sheet-'));
  try {
    const [source, saved] = [join(folder, 'sheet.csv'), join(folder, 'out')];
    // A byte order mark, as in files that Excel is to read.
    writeFileSync(source, `\ufeff${file}`);
    // Separator, quotes, UTF-8, line 1, en-IN (16393), quoted text is not text, numbers detected.
    const read = '--infilter=CSV:44,34,76,1,,16393,false,true';
    const write = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,16393,false,true';
    const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
    const convert = ['--headless', read, '--convert-to', write, '--outdir', saved, source];
    await promisify(execFile)('soffice', [profile, ...convert]);
    return readFileSync(join(saved, 'sheet.csv'), 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
