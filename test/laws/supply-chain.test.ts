import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** Licences of what reaches Lambda or a phone. None asks for the source of ours. */
const ALLOWED = [
  'MIT',
  'MIT-0',
  'Apache-2.0',
  '(MIT OR Apache-2.0)',
  '(MIT OR CC0-1.0)',
  'ISC',
  'BSD-2-Clause',
  '0BSD',
  // Fonts of bills and documents.
  'OFL-1.1',
  'MIT AND OFL-1.1',
];

const locked: readonly (readonly [string, Locked])[] = Object.entries(
  JSON.parse(readFileSync('package-lock.json', 'utf8')).packages as Record<string, Locked>,
).filter(([path]) => path.startsWith('node_modules/'));

it('Every production dependency has an allowed licence.', () => {
  const others = locked.filter(([, { dev, license = 'none' }]) => !dev && !ALLOWED.includes(license));
  expect(others.map(([path, { license }]) => `${path}: ${license}`)).toEqual([]);
});

const PUBLIC = 'https://registry.npmjs.org/';

it('Every package comes from the public registry, with a checksum.', () => {
  const elsewhere = locked.filter(
    ([, { inBundle, integrity, resolved = PUBLIC }]) =>
      !inBundle && (!integrity?.startsWith('sha512-') || !resolved.startsWith(PUBLIC)),
  );
  expect(elsewhere.map(([path]) => path)).toEqual([]);
});

const SECRETS = [
  /\b(AKIA|ASIA)[0-9A-Z]{16}\b/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\bgh[pousr]_[A-Za-z0-9]{36,}/,
  /\bxox[abprs]-[A-Za-z0-9-]{20,}/,
  /\bnpm_[A-Za-z0-9]{36}\b/,
  /\bAIza[0-9A-Za-z_-]{35}\b/,
  /aws_secret_access_key\s*[:=]\s*['"]?[A-Za-z0-9/+]{40}/i,
  /\beyJ[\w-]{20,}\.eyJ[\w-]{40,}\.[\w-]{40,}/,
];

const secretsIn = (text: string): string[] => SECRETS.flatMap((secret) => secret.exec(text)?.[0].slice(0, 12) ?? []);

it('No file of the repository holds a key, a token or a private key.', () => {
  const files = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' }).split('\0').filter(Boolean);
  expect(files.length).toBeGreaterThan(500);
  const found = files.flatMap((file) => secretsIn(readFileSync(file, 'latin1')).map((secret) => `${file}: ${secret}…`));
  expect(found).toEqual([]);
});

it.each([
  `AKIA${'A1'.repeat(8)}`,
  `-----BEGIN EC ${'PRIVATE'} KEY-----`,
  `ghp_${'a'.repeat(36)}`,
  `aws_secret_access_key = ${'x'.repeat(40)}`,
  `eyJ${'a'.repeat(30)}.eyJ${'b'.repeat(60)}.${'c'.repeat(60)}`,
])('The scan finds %s.', (secret) => {
  expect(secretsIn(`const key = '${secret}';`)).toHaveLength(1);
});

type Locked = {
  readonly dev?: boolean;
  readonly license?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  /** Comes within another package. */
  readonly inBundle?: boolean;
};
