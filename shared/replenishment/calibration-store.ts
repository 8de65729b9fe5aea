import { everything, type Position } from '../kernel/pages.ts';
import type { Tables } from '../platform/dynamodb-client.ts';
import { putIf } from '../platform/put-if.ts';
import { queryPage, within } from '../platform/query-page.ts';
import { Lesson } from './seasonal-calibration.ts';

const UP_TO = 'festivals';

export type LessonStore = ReturnType<typeof lessonStore>;

/** What past festivals taught, beside the paces. It is kept for the years after. */
export const lessonStore = (tables: Tables) => ({
  all: (): Promise<Lesson[]> =>
    everything((after?: Position) =>
      queryPage(
        tables,
        'Paces',
        { fixed: { upTo: UP_TO }, moving: ['part'], after },
        within('upTo', UP_TO),
        ({ lesson }) => Lesson.parse(lesson),
      ),
    ),

  /** In the place of what was read; `false`: another taught it meanwhile. */
  teach: (lesson: Lesson, before: Lesson | undefined): Promise<boolean> =>
    putIf(tables, {
      TableName: tables.name('Paces'),
      Item: { upTo: UP_TO, part: lesson.festival, last: lesson.last, lesson },
      ConditionExpression: before ? '#last = :read' : 'attribute_not_exists(part)',
      ...(before && {
        ExpressionAttributeNames: { '#last': 'last' },
        ExpressionAttributeValues: { ':read': before.last },
      }),
    }),
});
