import type { Tables } from '../platform/dynamodb-client.ts';
import { putIf } from '../platform/put-if.ts';
import type { Alert } from './alert.ts';
import { toAlertItem } from './alert-item.ts';

/**
 * Written only on the alert as it was decided on. Late news was compared with that, and an officer took on that: what another wrote meanwhile stands,
 * and is looked at again. `false`: nothing was changed.
 */
export const saveAlert = (tables: Tables, alert: Alert): Promise<boolean> =>
  putIf(tables, {
    TableName: tables.name('Alerts'),
    Item: toAlertItem(alert),
    ...(alert.version === 1
      ? { ConditionExpression: NOT_STORED }
      : {
          ConditionExpression: alert.version === 2 ? `${SAME_VERSION} OR ${WITHOUT_VERSION}` : SAME_VERSION,
          ExpressionAttributeNames: { '#version': 'version', ...(alert.version === 2 && { '#state': 'state' }) },
          ExpressionAttributeValues: { ':decided': alert.version - 1 },
        }),
  });

const NOT_STORED = 'attribute_not_exists(alert)';
const SAME_VERSION = '#version = :decided';
/** Alerts of before they had versions are at their first. */
const WITHOUT_VERSION = '(attribute_exists(#state) AND attribute_not_exists(#version))';
