import type { Tables } from '../platform/dynamodb-client.ts';
import { isConditionFailed } from '../platform/dynamodb-errors.ts';
import { conflictIfRefused, type TransactionEffect } from '../stock/transaction-effect-store.ts';
import { confirmationCountUpdate } from './confirmation-count-store.ts';
import { accountUpdate, overdraftOf } from './passbook-store.ts';
import { requestUpdate } from './request-item.ts';
import type { RequestEffects } from './request-transitions.ts';

/** Everything but stock. */
export const requestEffects = (
  { name }: Pick<Tables, 'name'>,
  { request, accounts = [], code, confirmation }: Partial<Omit<RequestEffects, 'stock'>>,
): TransactionEffect[] => [
  ...(confirmation ? [conflictIfRefused({ Update: confirmationCountUpdate(name('Requests'), confirmation) })] : []),
  ...(request
    ? [
        conflictIfRefused({ Update: requestUpdate(name('Requests'), request, code) }),
        ...accounts.map(
          (change): TransactionEffect => ({
            action: { Update: accountUpdate(name('Passbook'), request, change) },
            why: (reason) => (isConditionFailed(reason) ? { over: overdraftOf(reason, change) } : undefined),
          }),
        ),
      ]
    : []),
];
