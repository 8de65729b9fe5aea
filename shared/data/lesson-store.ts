import { everything, type Position } from '../domain/pages.ts';
import { Lesson } from '../domain/restock/learned.ts';
import type { Tables } from './client.ts';
import { queryPage, within } from './page.ts';
import { putIf } from './put-if.ts';

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
