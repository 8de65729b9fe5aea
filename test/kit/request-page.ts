import {
  REQUEST_MOVE_NAMES,
  REQUEST_MOVES,
  REQUEST_STATES,
  type RequestMove,
  type RequestState,
  statesAfter,
} from '../../shared/domain/materials/request.ts';
import { COLLECT_WITHIN, CONFIRM_WITHIN } from '../../shared/domain/materials/waiting.ts';

const MEANS: Record<RequestState, string> = {
  submitted:
    'asked for; nothing is reserved, and it waits for the depot or for the next allocation, until the day it is needed by',
  approved: `so much of each line is reserved, off the depot's free stock and off what is left in the passbook, for ${COLLECT_WITHIN} days`,
  issued: `handed over, in part or whole; what is not stays reserved. ${CONFIRM_WITHIN} days after the first issue that nobody has confirmed, the queue flags it`,
  received:
    'what was issued has come, says its producer; what is still reserved can be issued, and is then to be confirmed',
  rejected: 'turned down, with a reason that the artisan can read',
  cancelled: 'taken back; what was reserved is free, and left to draw, again',
  lapsed: `nobody came for any of it in ${COLLECT_WITHIN} days: what was reserved is free, and left to draw, again; or it waited until the day it was needed by, or its season, was over`,
};

const BY: Record<RequestMove, string> = {
  approve: "the depot's manager or an officer: all that was asked, or less",
  allocate: 'the job `allocate-materials`, once a day: a share of what is free is reserved',
  wait: 'the same job, where there is nothing for them: they are told why',
  reject: "the depot's manager or an officer",
  cancel: "the producer, or the depot's counter with their card and PIN, until something was issued",
  issue: "the depot's counter, with an I voucher up to what is reserved; a new one-time code goes to the producer",
  confirm: 'the producer with that code, or the depot with their card and PIN, or with their signature on paper',
  lapse: `the job \`tend-requests\`, hourly: what is reserved, after ${COLLECT_WITHIN} days, and of what was issued in part only the rest goes back; what waits, after the day it was needed by, or its season`,
  reduce:
    '`watch-stock` at once, else `tend-requests`, where less is there than is reserved and no run of allocation is under way: the last to be promised loses',
  takeBack:
    "the depot's counter, with a V voucher: material that was issued comes back, and is drawn and reserved no more",
  undo: 'the counter likewise, where all that was issued came back: what is still reserved waits to be issued',
  askAnew:
    'the counter likewise, where nothing is reserved either: it waits for the depot, or for the next allocation, as before',
  requeue: 'the same, of who lost everything and was issued nothing: they come into the next allocation',
};

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = ([head = [], ...rows]: readonly (readonly string[])[]): string => {
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((cells) => cells[at]?.length ?? 0)));
  const padded = (cells: readonly string[]) => row(cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)));
  return [padded(head), row(widths.map((width) => '-'.repeat(width))), ...rows.map(padded)].join('\n');
};

/** `approve, allocate` lead from one state to the other. */
const arrows = (): string[] => {
  const moves = REQUEST_MOVE_NAMES.flatMap((move) => [...statesAfter(move)].map(([from, to]) => ({ from, to, move })));
  const between = Map.groupBy(moves, ({ from, to }) => `${from} --> ${to}`);
  return [...between].map(([arrow, same]) => `${arrow}: ${same.map(({ move }) => move).join(', ')}`);
};

const isOver = (state: RequestState): boolean => Object.values(REQUEST_MOVES).every((after) => !(state in after));

const diagram = (): string =>
  [
    '```mermaid',
    'stateDiagram-v2',
    ...['[*] --> submitted: submit', ...arrows()].map((line) => `  ${line}`),
    ...REQUEST_STATES.filter(isOver).map((state) => `  ${state} --> [*]`),
    '```',
  ].join('\n');

/** docs/requests.md, whole: what no longer fits the code does not fit this text. */
export const requestPage = (): string => `# A request and its states

An artisan asks a depot for materials; this is what can become of it. Drawn from \`REQUEST_MOVES\` (\`shared/domain/materials/request.ts\`)
by \`test/kit/request-page.ts\`; after a change, \`npm test -- test/contract/request-page.test.ts -u\` draws it again.

${diagram()}

${table([['state', 'means'], ...REQUEST_STATES.map((state) => [state, MEANS[state]])])}

Which move leads from which state to which. Any other is refused (\`REQUEST_STATE\`), and nothing changes.

${table([
  ['', ...REQUEST_MOVE_NAMES],
  ...REQUEST_STATES.map((state) => [
    `**${state}**`,
    ...REQUEST_MOVE_NAMES.map((move) => statesAfter(move).get(state) ?? '·'),
  ]),
])}

${table([['move', 'made by'], ...REQUEST_MOVE_NAMES.map((move) => [move, BY[move]])])}

A move is made on the version that was seen (people send it as \`If-Match\`), in one transaction with stock and passbook, and its history keeps
who made it, when, why, and what the artisan is told of it.
`;
