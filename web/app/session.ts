import { signal } from '@preact/signals';
import type { Role } from '../../shared/kernel/access.ts';
import type { StaffId, StockLocationId } from '../../shared/kernel/ids.ts';
import { readSetting, writeSetting } from '../outbox/database.ts';
import { unsent } from '../outbox/outbox.ts';
import { clientOf, useToken } from './api.ts';

export type DemoUser = {
  readonly role: Role;
  readonly scope: readonly string[];
  readonly name: string;
  readonly nameHi: string;
  readonly by: string;
};

export type User = Pick<DemoUser, 'role' | 'scope'>;

/** `undefined`: nobody. Without a link the last user goes on selling, and has no token. */
export const user = signal<User | undefined>(undefined);

/** The stall of this phone, and who stands there. */
export const place = signal<StockLocationId | undefined>(undefined);
export const by = signal<StaffId | undefined>(undefined);

/** The users of the local issuer, or `undefined` without a link. */
export const demoUsers = async (): Promise<readonly DemoUser[] | undefined> => {
  const response = await fetch('/local/users').catch(() => undefined);
  if (!response?.ok) return undefined;
  const { users } = (await response.json()) as { readonly users: readonly DemoUser[] };
  return users;
};

const askToken = async ({ role, scope }: User): Promise<string | undefined> => {
  const body = JSON.stringify({ role, scope });
  const response = await fetch('/local/token', { method: 'POST', body }).catch(() => undefined);
  return response?.ok ? ((await response.json()) as { readonly token: string }).token : undefined;
};

/** `false`: no answer. */
export const signIn = async (who: User): Promise<boolean> => {
  const token = await askToken(who);
  if (token === undefined) return false;
  useToken(token);
  await writeSetting('user', who);
  setUser(who);
  return true;
};

/** After a reload: the user is known, the token is asked for again. */
export const resume = async (): Promise<void> => {
  const [who, person] = await Promise.all([readSetting('user'), readSetting('by')]);
  by.value = person;
  if (!who) return;
  setUser(who as User);
  useToken(await askToken(who as User));
};

export const signInAgain = async (): Promise<boolean> => (user.value ? signIn(user.value) : false);

const setUser = (who: User): void => {
  user.value = who;
  const [location] = who.scope.flatMap((scope) => (scope.startsWith('location:') ? [scope.slice(9)] : []));
  place.value = location as StockLocationId | undefined;
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
  place.value = undefined;
  by.value = undefined;
  return undefined;
};

/** Practice only: what an officer does at a desk. */
export const drawDemoCode = async (location: StockLocationId, seller: string): Promise<string | undefined> => {
  const token = await askToken({ role: 'officer', scope: ['state'] });
  if (token === undefined) return undefined;
  const answer = await clientOf(token).issueEnrolmentCode({ path: { location }, body: { seller } });
  return answer.ok ? answer.body.code : undefined;
};
