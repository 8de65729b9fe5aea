import type { Tables } from '../platform/dynamodb-client.ts';
import { isRefused } from '../platform/dynamodb-errors.ts';
import { type Effect, orConflict } from '../stock/effects-store.ts';
import { accountChange, overdrawnIn } from './account-change-store.ts';
import { confirmationCounted } from './confirmation-count-store.ts';
import { requestChange } from './request-item.ts';
import type { RequestEffects } from './request-transitions.ts';

/** A request's transition beside its stock: the request, its producer's accounts, and the count of confirmations. */
export const requestEffects = (
  { name }: Pick<Tables, 'name'>,
  { request, accounts = [], code, confirmation }: Partial<Omit<RequestEffects, 'stock'>>,
): Effect[] => [
  ...(confirmation ? [orConflict({ Update: confirmationCounted(name('Requests'), confirmation) })] : []),
  ...(request
    ? [
        orConflict({ Update: requestChange(name('Requests'), request, code) }),
        ...accounts.map(
          (change): Effect => ({
            action: { Update: accountChange(name('Passbook'), request, change) },
            why: (reason) => (isRefused(reason) ? { over: overdrawnIn(reason, change) } : undefined),
          }),
        ),
      ]
    : []),
];
