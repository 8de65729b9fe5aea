import { computed, signal } from '@preact/signals';
import type { Role } from '../../shared/kernel/access.ts';
import type { LocationId, ProducerId, StaffId, StockLocationId } from '../../shared/kernel/ids.ts';
import type { WebConfig } from '../build/web-host.ts';
import { readSetting, writeSetting } from '../outbox/database.ts';
import { unsent } from '../outbox/outbox.ts';
import { clientOf, useRenewal, useToken } from './api.ts';
import { finishSignIn, leaveForSignIn, leaveHosted, renewHosted, revokeHosted } from './hosted-sign-in.ts';
import { language } from './texts.ts';

/** `sub`: the account. */
export type User = { readonly role: Role; readonly scope: readonly string[]; readonly sub?: string };

/** `undefined`: nobody. Without a link the last user goes on selling, and has no token. */
export const user = signal<User | undefined>(undefined);

const scopeOf = (kind: string): string | undefined =>
  user.value?.scope.flatMap((scope) => (scope.startsWith(kind) ? [scope.slice(kind.length)] : []))[0];

/** The stall or depot of this phone, or its artisan, and who stands there. */
export const place = computed(() => scopeOf('location:') as StockLocationId | undefined);
export const producer = computed(() => scopeOf('producer:') as ProducerId | undefined);
export const ownLocation = computed<LocationId | undefined>(() => place.value ?? producer.value);
export const by = signal<StaffId | undefined>(undefined);

export const config = signal<WebConfig | undefined>(undefined);

/** `other`: what is unsent belongs to another account. `roleless`: an account without a role. */
export type SignInProblem = 'far' | 'refused' | 'other' | 'roleless';
export const signInProblem = signal<SignInProblem | undefined>(undefined);

/** `undefined`: no link, and this phone never had one here. The page preloads the file. */
export const loadConfig = async (): Promise<void> => {
  const response = await fetch('/config.json').catch(() => undefined);
  const fresh = response?.ok ? ((await response.json()) as WebConfig) : undefined;
  if (fresh) void writeSetting('config', fresh);
  config.value = fresh ?? ((await readSetting('config')) as WebConfig | undefined);
};

const askPracticeToken = async ({ role, scope, sub }: User): Promise<string | undefined> => {
  const body = JSON.stringify({ role, scope, ...(sub !== undefined && { sub }) });
  const response = await fetch('/local/token', { method: 'POST', body }).catch(() => undefined);
  return response?.ok ? ((await response.json()) as { readonly token: string }).token : undefined;
};

/** Without asking a person; `undefined`: it cannot. */
const renew = async (): Promise<string | undefined> => {
  const { value: ways } = config;
  if (ways?.signIn === 'hosted') return renewHosted(ways);
  return ways && user.value ? askPracticeToken(user.value) : undefined;
};

/** In practice. `false`: no answer. */
export const signIn = async ({ role, scope, sub }: User): Promise<boolean> => {
  const who = { role, scope, ...(sub !== undefined && { sub }) };
  const token = await askPracticeToken(who);
  if (token === undefined) return false;
  await enter(who, token);
  return true;
};

const enter = async (who: User, token: string): Promise<void> => {
  useToken(token);
  await writeSetting('user', who);
  user.value = who;
};

export const leaveToSignIn = async (): Promise<void> => {
  if (config.value?.signIn === 'hosted') await leaveForSignIn(config.value, language.value);
};

/** By a person. `false`: not yet. */
export const signInAgain = async (): Promise<boolean> => {
  if (config.value?.signIn === 'practice' && user.value) return signIn(user.value);
  await leaveToSignIn();
  return false;
};

/** Restores the last user. */
export const recallUser = async (): Promise<void> => {
  const [who, person] = await Promise.all([readSetting('user'), readSetting('by')]);
  by.value = person;
  user.value = who as User | undefined;
};

/** After a reload the user is known, and the token is asked for again. */
export const resume = async (): Promise<void> => {
  useRenewal(renew);
  await loadConfig();
  if (config.value?.signIn === 'hosted') await returnFromSignIn(config.value);
  else if (user.value) useToken(await askPracticeToken(user.value));
};

const returnFromSignIn = async (hosted: Extract<WebConfig, { signIn: 'hosted' }>): Promise<void> => {
  const answer = await finishSignIn(hosted);
  if (answer === undefined) return;
  if (typeof answer === 'string') {
    signInProblem.value = answer;
    return;
  }
  const who = userIn(answer.token);
  // The account that owns the unsent vouchers has to send them.
  const isOther = unsent.value.some(({ location }) => !who?.scope.includes(`location:${location}`));
  if (who && !isOther) return enter(who, answer.token);
  signInProblem.value = who ? 'other' : 'roleless';
  await revokeHosted(hosted);
};

type TokenClaims = {
  readonly sub?: string;
  readonly 'cognito:groups'?: readonly Role[];
  readonly 'custom:scope'?: string;
};

/** Unchecked: the server checks the token. */
const userIn = (token: string): User | undefined => {
  const [, payload = ''] = token.split('.');
  const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));
  const claims = JSON.parse(new TextDecoder().decode(bytes)) as TokenClaims;
  const [role] = claims['cognito:groups'] ?? [];
  if (!role) return undefined;
  const scope = (claims['custom:scope'] ?? '').split(' ').filter((one) => one !== '');
  return { role, scope, ...(claims.sub !== undefined && { sub: claims.sub }) };
};

export const setPerson = async (person: StaffId): Promise<void> => {
  by.value = person;
  await writeSetting('by', person);
};

/** Refused, with the number of vouchers, while any of them is only here. */
export const signOut = async (): Promise<{ readonly unsent: number } | undefined> => {
  if (unsent.value.length > 0) return { unsent: unsent.value.length };
  useToken(undefined);
  await Promise.all([writeSetting('user', undefined), writeSetting('by', undefined)]);
  user.value = undefined;
  by.value = undefined;
  if (config.value?.signIn === 'hosted') await leaveHosted(config.value);
  return undefined;
};

/** Practice only: what an officer does at a desk. */
export const drawDemoCode = async (location: LocationId, seller: string): Promise<string | undefined> => {
  const token = await askPracticeToken({ role: 'officer', scope: ['state'] });
  if (token === undefined) return undefined;
  const answer = await clientOf(token).issueEnrolmentCode({ path: { location }, body: { seller } });
  return answer.ok ? answer.body.code : undefined;
};
