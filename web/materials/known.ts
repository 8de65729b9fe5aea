import { computed, signal } from '@preact/signals';
import type { ItemId, ProducerId, SellerId } from '../../shared/kernel/ids.ts';
import { api } from '../app/api.ts';
import { language } from '../app/texts.ts';
import { database } from '../outbox/database.ts';
import { itemsById } from '../stall/catalogue.ts';
import type { MeasuredItem } from './quantities.ts';

/** Materials that are not in the phone's own catalogue, as an artisan's phone has none. */
const read = signal<ReadonlyMap<string, NamedItem>>(new Map());

type NamedItem = MeasuredItem & { readonly seller?: SellerId };

export const materialsById = computed<ReadonlyMap<string, NamedItem>>(
  () => new Map<string, NamedItem>([...read.value, ...itemsById.value]),
);

export const addMaterials = (items: readonly (NamedItem & { readonly item: string })[]): void => {
  read.value = new Map([...read.value, ...items.map((one) => [one.item, one] as const)]);
};

/** From this phone, else from the registry. An item that cannot be read shows its id. */
export const readItems = async (ids: readonly ItemId[]): Promise<void> => {
  const unknown = [...new Set(ids)].filter((id) => !materialsById.value.has(id));
  const found = await Promise.all(unknown.map((id) => remembered(`item ${id}`, () => itemEntry(id))));
  addMaterials(unknown.flatMap((item, at) => (found[at] ? [{ ...found[at], item }] : [])));
};

const itemEntry = async (id: ItemId): Promise<NamedItem | undefined> => {
  const answer = await api.getEntry({ path: { kind: 'items', id } }).catch(() => undefined);
  return answer?.ok ? answer.body.entry : undefined;
};

type Person = { readonly name: string; readonly nameHi: string };

const people = signal<ReadonlyMap<string, Person>>(new Map());

export const nameIfKnown = (producer: ProducerId): string | undefined => {
  const known = people.value.get(producer);
  return known && (language.value === 'hi' ? known.nameHi : known.name);
};

/** An artisan's name; `undefined`: unknown here. */
export const readName = async (producer: ProducerId): Promise<string | undefined> => {
  if (!people.value.has(producer)) {
    const found = await remembered(`person ${producer}`, async () => {
      const answer = await api.getEntry({ path: { kind: 'producers', id: producer } }).catch(() => undefined);
      return answer?.ok ? { name: answer.body.entry.name, nameHi: answer.body.entry.nameHi } : undefined;
    });
    if (found) people.value = new Map(people.value).set(producer, found);
  }
  return nameIfKnown(producer);
};

/** Read once, then kept on this phone. */
const remembered = async <Known>(key: string, ask: () => Promise<Known | undefined>): Promise<Known | undefined> => {
  const db = await database();
  const stored = (await db.get('settings', key)) as Known | undefined;
  if (stored) return stored;
  const fresh = await ask();
  if (fresh) await db.put('settings', fresh, key);
  return fresh;
};
