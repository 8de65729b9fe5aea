import type { WebConfig } from '../build/web-host.ts';
import { readSetting, writeSetting } from '../outbox/database.ts';

type HostedConfig = Extract<WebConfig, { readonly signIn: 'hosted' }>;

/** `far`: no answer came. */
export type HostedAnswer = { readonly token: string } | 'refused' | 'far';

let refreshToken: string | undefined;

const returnAddress = (): string => `${location.origin}/`;

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

const randomText = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)));

const OPEN_SIGN_INS = 4;

/** RFC 7636, S256. The verifier waits in IndexedDB: it is good for one code. */
export const leaveForSignIn = async ({ url, client }: HostedConfig, language: string): Promise<void> => {
  const [state, verifier] = [randomText(), randomText()];
  const open = (await readSetting('signIns')) ?? [];
  await writeSetting('signIns', [...open, { state, verifier }].slice(-OPEN_SIGN_INS));
  const challenge = base64url(
    new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))),
  );
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: client,
    redirect_uri: returnAddress(),
    scope: 'openid',
    state,
    code_challenge_method: 'S256',
    code_challenge: challenge,
    lang: language,
  });
  location.assign(`${url}/oauth2/authorize?${query}`);
};

/** `undefined`: no return from the sign-in page. A `state` of somebody else is refused. */
export const finishSignIn = async (config: HostedConfig): Promise<HostedAnswer | undefined> => {
  const query = new URLSearchParams(location.search);
  const [code, state] = [query.get('code'), query.get('state')];
  if (!code && !query.has('error')) return undefined;
  history.replaceState(null, '', `/${location.hash}`);
  const open = (await readSetting('signIns')) ?? [];
  const own = open.find((one) => one.state === state);
  await writeSetting(
    'signIns',
    open.filter((one) => one !== own),
  );
  if (!code || !own) return 'refused';
  return askTokens(config, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: returnAddress(),
    code_verifier: own.verifier,
  });
};

export const renewHosted = async (config: HostedConfig): Promise<string | undefined> => {
  if (refreshToken === undefined) return undefined;
  const answer = await askTokens(config, { grant_type: 'refresh_token', refresh_token: refreshToken });
  if (answer === 'refused') refreshToken = undefined;
  return typeof answer === 'object' ? answer.token : undefined;
};

type TokenReply = { readonly id_token?: string; readonly refresh_token?: string };

const askTokens = async ({ url, client }: HostedConfig, grant: Record<string, string>): Promise<HostedAnswer> => {
  const body = new URLSearchParams({ client_id: client, ...grant });
  const response = await fetch(`${url}/oauth2/token`, { method: 'POST', body }).catch(() => undefined);
  if (!response || response.status >= 500) return 'far';
  if (!response.ok) return 'refused';
  const { id_token: token, refresh_token: fresh } = (await response.json()) as TokenReply;
  refreshToken = fresh ?? refreshToken;
  return token === undefined ? 'refused' : { token };
};

/** The account is not used: its refresh token must not renew the token of another. */
export const revokeHosted = async ({ url, client }: HostedConfig): Promise<void> => {
  if (refreshToken === undefined) return;
  const body = new URLSearchParams({ token: refreshToken, client_id: client });
  refreshToken = undefined;
  await fetch(`${url}/oauth2/revoke`, { method: 'POST', body }).catch(() => undefined);
};

/** Ends the session of the sign-in page too: the next person is asked for a password. */
export const leaveHosted = async (config: HostedConfig): Promise<void> => {
  await revokeHosted(config);
  const query = new URLSearchParams({ client_id: config.client, logout_uri: returnAddress() });
  location.assign(`${config.url}/logout?${query}`);
};
