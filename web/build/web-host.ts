import type { Role } from '../../shared/kernel/access.ts';
import type { BilingualText } from '../../shared/kernel/units.ts';
import type { WebFile } from './build.ts';

/** A user of the practice book. `at`: place of work. `by`: a staff number, or the artisan's. */
export type DemoUser = {
  readonly role: Role;
  readonly scope: readonly string[];
  readonly name: string;
  readonly nameHi: string;
  readonly at: BilingualText;
  readonly by: string;
};

/** `config.json`. `practice`: the local issuer. `hosted`: Cognito's sign-in page at `url`. */
export type WebConfig =
  | { readonly signIn: 'practice'; readonly users: readonly DemoUser[] }
  | { readonly signIn: 'hosted'; readonly url: string; readonly client: string };

/** Only Bahi's own files may run. `signInUrl` gives tokens. */
export const contentPolicy = (signInUrl?: string): string =>
  [
    "default-src 'self'",
    // The reader of barcodes is WebAssembly; it may be compiled, but no text may be run.
    "script-src 'self' 'wasm-unsafe-eval'",
    `connect-src 'self'${signInUrl === undefined ? '' : ` ${signInUrl}`}`,
    "img-src 'self' data:",
    "media-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

export const cacheControl = ({ immutable }: Pick<WebFile, 'immutable'>): string =>
  immutable ? 'public, max-age=31536000, immutable' : 'no-cache';

export const configFile = (config: WebConfig): WebFile => ({
  path: '/config.json',
  type: 'application/json',
  body: new TextEncoder().encode(JSON.stringify(config)),
  immutable: false,
});
