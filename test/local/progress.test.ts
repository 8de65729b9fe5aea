import { expect, it } from 'vitest';
import { progressOf } from '../../local/demo-book/progress.ts';

it('Without a terminal, progress is a line for each tenth.', () => {
  const said: string[] = [];
  const progress = progressOf('Opening', { isTTY: false, write: (text: string) => said.push(text) > 0 });
  progress.total(20);
  for (let step = 0; step < 20; step++) progress.step('a stall');
  progress.stop();
  expect(said).toEqual([
    'Opening\n',
    ...[10, 20, 30, 40, 50, 60, 70, 80, 90, 100].map((percent) => `Opening: ${percent} %\n`),
  ]);
});
