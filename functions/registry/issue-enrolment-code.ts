import { contract } from '../../shared/contract/operations.ts';
import { placeKind } from '../../shared/domain/ids.ts';
import { refuse } from '../../shared/domain/refusal.ts';
import { expiryOf, spoken } from '../../shared/domain/registry/enrolment.ts';
import { created, operation } from '../../shared/middleware/operation.ts';

export const issueEnrolmentCode = operation(contract.issueEnrolmentCode, async ({ path, body }, tools) => {
  const { location } = path;
  const { seller, paper } = body;
  const place = await tools.registry.entry(placeKind(location), location);
  if (!place) return refuse('NOT_FOUND', `The registry has no location ${location}.`);
  // A producer sells nothing here; the seller is whose materials they ask for.
  const sellers = 'sellers' in place.entry ? place.entry.sellers : undefined;
  const known = sellers ? sellers.includes(seller) : (await tools.registry.entry('sellers', seller)) !== undefined;
  if (!known)
    return refuse('SELLER_NOT_HERE', `At ${location} trade ${sellers?.join(', ') ?? 'sellers of the registry'}.`);
  const expiresAt = expiryOf(tools.clock.now());
  const code = await tools.enrolments.issue({ location, seller, expiresAt, ...(paper && { paper }) });
  return created({ code: spoken(code), location, seller, expiresAt });
});
