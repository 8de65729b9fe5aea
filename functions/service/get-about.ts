import { isPublic, publicItemOf, renderPublicPage } from '../../shared/billing/public-page.ts';
import * as contract from '../../shared/billing/public-page-contract.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { okWithPage, operation } from '../../shared/platform/operation.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';

type GetAboutDeps = { readonly registry: RegistryStore };

/** Unknown items are left out, so that one mistyped letter does not hide the others. */
export const getAbout = operation(contract.getAbout, async ({ path, query, language }, { registry }: GetAboutDeps) => {
  const items = await registry.entries('items', path.items);
  const products = await registry.entries(
    'products',
    [...items.values()].map(({ entry }) => entry.product),
  );
  const districts = await registry.entries(
    'districts',
    [...products.values()].map(({ entry }) => entry.district),
  );
  const named = [...items.values()].flatMap(({ entry: { makerName, makers = [] } }) => (makerName ? makers : []));
  // Not cached: a withdrawal counts at once.
  const consents = await registry.entriesNow('consents', named);
  const consentOf = new Map([...consents].map(([producer, { entry }]) => [producer, entry]));
  const shown = [...items].flatMap(([id, { entry }]) => {
    const product = products.get(entry.product)?.entry;
    const district = product && isPublic(product) && districts.get(product.district)?.entry;
    return district ? [publicItemOf(id, entry, district, consentOf)] : [];
  });
  if (shown.length === 0) return refuse('NOT_FOUND', `There is no item ${path.items.join(', ')}.`);
  return okWithPage({ items: shown }, () => renderPublicPage(shown, query.language ?? language));
});
