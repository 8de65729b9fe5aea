import { contract } from '../../shared/contract/operations.ts';
import { placeKind } from '../../shared/domain/ids.ts';
import { refuse } from '../../shared/domain/refusal.ts';
import { instantOf, millisecondsOf } from '../../shared/domain/time.ts';
import { created, operation } from '../../shared/middleware/operation.ts';

/** Milliseconds for which a code can be used: whoever gets it enrols the same day. */
const LASTS = 24 * 3_600_000;

export const issueEnrolmentCode = operation(contract.issueEnrolmentCode, async ({ path, body }, tools) => {
  const { location } = path;
  const { seller } = body;
  const place = await tools.registry.entry(placeKind(location), location);
  if (!place) return refuse('NOT_FOUND', `The registry has no location ${location}.`);
  // A producer sells nothing here; the seller is whose materials they ask for.
  const sellers = 'sellers' in place.entry ? place.entry.sellers : undefined;
  const known = sellers ? sellers.includes(seller) : (await tools.registry.entry('sellers', seller)) !== undefined;
  if (!known)
    return refuse('SELLER_NOT_HERE', `At ${location} trade ${sellers?.join(', ') ?? 'sellers of the registry'}.`);
  const expiresAt = instantOf(millisecondsOf(tools.clock.now()) + LASTS);
  const code = await tools.enrolments.issue({ location, seller, expiresAt });
  return created({ code: `${code.slice(0, 4)} ${code.slice(4)}`, location, seller, expiresAt });
});
