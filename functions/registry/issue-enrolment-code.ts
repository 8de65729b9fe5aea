import { locationKind } from '../../shared/kernel/ids.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import type { Clock } from '../../shared/kernel/time.ts';
import { created, operation } from '../../shared/platform/operation.ts';
import type { EnrolmentService } from '../../shared/registry/enrolment-service.ts';
import { endedEntries, refuseEndedEntries } from '../../shared/registry/entry-status.ts';
import { hasSellers, sellersAt } from '../../shared/registry/location-sellers.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';
import * as contract from '../../shared/registry/terminal-contract.ts';
import { expiryOf, formatEnrolmentCode } from '../../shared/registry/terminal-key.ts';

type IssueEnrolmentCodeDeps = {
  readonly clock: Clock;
  readonly enrolments: EnrolmentService;
  readonly registry: RegistryStore;
};

export const issueEnrolmentCode = operation(
  contract.issueEnrolmentCode,
  async ({ path, body }, deps: IssueEnrolmentCodeDeps) => {
    const { location } = path;
    const { seller, paper } = body;
    const found = await deps.registry.entry(locationKind(location), location);
    if (!found) return refuse('NOT_FOUND', `The registry has no location ${location}.`);
    const owner = await deps.registry.entry('sellers', seller);
    const refused = refuseEndedEntries(
      endedEntries(deps.clock.now(), {
        location: [[location, found.entry]],
        ...(owner && { seller: [[seller, owner.entry]] }),
      }),
    );
    if (refused) return refused;
    // A workshop has no list of sellers: any known seller may enrol there.
    const sellers = hasSellers(found.entry) ? sellersAt(found.entry, deps.clock.now()) : undefined;
    const isKnownSeller = sellers ? sellers.includes(seller) : owner !== undefined;
    if (!isKnownSeller)
      return refuse(
        'SELLER_NOT_HERE',
        sellers
          ? `${seller} is not a seller at ${location} (sellers: ${sellers.join(', ')}).`
          : `The registry has no seller ${seller}.`,
      );
    const expiresAt = expiryOf(deps.clock.now());
    const code = await deps.enrolments.issue({ location, seller, expiresAt, ...(paper && { paper }) });
    return created({ code: formatEnrolmentCode(code), location, seller, expiresAt });
  },
);
