import { signal } from '@preact/signals';
import { createPhoneKey } from '../../shared/api/phone-key.ts';
import type { InstallationId, LocationId } from '../../shared/kernel/ids.ts';
import { type ApiProblem, api } from '../app/api.ts';
import { database, keepStorage, type PhoneTerminal } from './database.ts';

/** The terminals of this phone, all locations, without those that were handed over. */
export const terminals = signal<readonly PhoneTerminal[]>([]);

export const refreshTerminals = async (): Promise<void> => {
  terminals.value = (await (await database()).getAll('terminals')).filter(({ endedBy }) => !endedBy);
};

/**
 * Enrols this phone with a one-time code. Its key cannot be exported. Returns the problem if the
 * code is refused; a lost answer is repaired by the same code, since installation and key are
 * stored before it is sent.
 */
export const enrolPhone = async (location: LocationId, code: string): Promise<ApiProblem | undefined> => {
  await keepStorage();
  const { installation, keys } = await ownInstallation();
  const { key } = await createPhoneKey(keys);
  const answer = await api.enrolTerminal({ path: { location }, body: { code, installation, key } });
  if (!answer.ok) return answer.problem;
  const { terminal, seller, enrolledAt } = answer.body;
  const work = (await database()).transaction('terminals', 'readwrite', { durability: 'strict' });
  const known = await work.store.get(terminal);
  if (!known) await work.store.put({ terminal, location, seller, enrolledAt, keys, last: {}, previous: null });
  await work.done;
  await refreshTerminals();
  return undefined;
};

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };

/** One key of this phone for all its terminals, made once. */
const ownInstallation = async (): Promise<{ installation: InstallationId; keys: CryptoKeyPair }> => {
  const fresh = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
  const work = (await database()).transaction('settings', 'readwrite', { durability: 'strict' });
  const [installation, keys] = await Promise.all([work.store.get('installation'), work.store.get('keys')]);
  const own = { installation: installation ?? crypto.randomUUID(), keys: keys ?? fresh };
  await Promise.all([work.store.put(own.installation, 'installation'), work.store.put(own.keys, 'keys'), work.done]);
  return own as { installation: InstallationId; keys: CryptoKeyPair };
};
