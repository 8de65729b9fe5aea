import { allPages, type PagePosition } from '../kernel/pages.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { putIf } from '../platform/put-if.ts';
import { partitionEquals, queryPage } from '../platform/query-page.ts';
import { SeasonalCalibration } from './seasonal-calibration.ts';

const CALIBRATIONS_KEY = 'festivals';

export type CalibrationStore = ReturnType<typeof calibrationStore>;

/** Past festivals, without expiry. */
export const calibrationStore = (tables: Tables) => ({
  all: (): Promise<SeasonalCalibration[]> =>
    allPages((after?: PagePosition) =>
      queryPage(
        tables,
        'Paces',
        { fixed: { upTo: CALIBRATIONS_KEY }, moving: ['part'], after },
        partitionEquals('upTo', CALIBRATIONS_KEY),
        ({ lesson }) => SeasonalCalibration.parse(lesson),
      ),
    ),

  /** `false`: another run wrote meanwhile. */
  teach: (lesson: SeasonalCalibration, before: SeasonalCalibration | undefined): Promise<boolean> =>
    putIf(tables, {
      TableName: tables.name('Paces'),
      Item: { upTo: CALIBRATIONS_KEY, part: lesson.festival, last: lesson.last, lesson },
      ConditionExpression: before ? '#last = :read' : 'attribute_not_exists(part)',
      ...(before && {
        ExpressionAttributeNames: { '#last': 'last' },
        ExpressionAttributeValues: { ':read': before.last },
      }),
    }),
});
