import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { synthesize } from './synth.ts';

const chapter =
  readFileSync('docs/runbook.md', 'utf8')
    .split(/^# /m)
    .find((part) => part.startsWith('Alarms\n')) ?? '';
const entries = chapter
  .split(/^## /m)
  .slice(1)
  .map((text) => ({ heading: text.split('\n')[0] ?? '', text }));

/** `Failed…NotEmpty (nine, one per job)` names all alarms of that pattern. */
const patternsOf = (heading: string): RegExp[] =>
  heading
    .replace(/ \(.*\)$/, '')
    .split(', ')
    .map((name) => new RegExp(`^(AlertWatch|StockWatch)?${name.replaceAll('…', '.+')}$`));

const names = synthesize()
  .cloud.of('AWS::CloudWatch::Alarm')
  .map(({ name }) => name);
const budgets = synthesize()
  .cloud.of('AWS::Budgets::Budget')
  .map(({ name }) => name);
const said = [...names, ...budgets];

it.each(said)('The alarm %s has one entry in docs/runbook.md.', (name) => {
  const found = entries.filter(({ heading }) => patternsOf(heading).some((pattern) => pattern.test(name)));
  expect(found.map(({ heading }) => heading)).toHaveLength(1);
});

describe.each(entries)('$heading', ({ heading, text }) => {
  it('The entry is of an alarm that the stacks have.', () => {
    const idle = patternsOf(heading).filter((pattern) => !said.some((name) => pattern.test(name)));
    expect(idle).toEqual([]);
  });

  it('The entry says what it means, who is affected, how to investigate and how to resolve.', () => {
    const missing = ['Meaning', 'Affected', 'Investigate', 'Resolve'].filter((part) => !text.includes(`- **${part}**`));
    // The entry of the failed jobs says meaning and effects in its table.
    expect(missing).toEqual(heading.startsWith('Failed…') ? ['Meaning', 'Affected'] : []);
  });
});
