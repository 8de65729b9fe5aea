import {
  REQUEST_MOVE_NAMES,
  REQUEST_MOVES,
  REQUEST_STATES,
  type RequestMove,
  type RequestState,
  statesAfter,
} from '../../shared/materials/material-request.ts';
import { COLLECT_WITHIN, CONFIRM_WITHIN } from '../../shared/materials/reservation.ts';

const MEANS: Record<RequestState, string> = {
  submitted: 'nothing is reserved; it waits for the depot or the next allocation, until its needed-by day',
  approved: `each line has a quantity reserved, from the depot's free stock and from the passbook, for ${COLLECT_WITHIN} days`,
  issued: `handed over, in part or whole; the rest stays reserved. Not confirmed ${CONFIRM_WITHIN} days after the first issue, it is flagged in the queue`,
  received:
    'the producer has confirmed what was issued; what is still reserved can be issued, and is confirmed in its turn',
  rejected: 'refused, with a reason that the artisan can read',
  cancelled: 'withdrawn; what was reserved is free again, in stock and passbook',
  lapsed: `expired: not collected in ${COLLECT_WITHIN} days, and what was reserved is free again; or its needed-by day or its season is over`,
};

const BY: Record<RequestMove, string> = {
  approve: "the depot's manager or an officer: the whole quantity, or less",
  allocate: 'the job `allocate-materials`, once a day: reserves a share of the free stock',
  wait: 'the same job, if it has nothing for them: the request says why',
  reject: "the depot's manager or an officer",
  cancel: "the producer, or the depot's counter with their card and PIN, until something was issued",
  issue:
    "the depot's counter, with an I voucher of at most the reserved quantity; the producer gets a new one-time code",
  confirm: 'the producer with that code; or the depot with their card and PIN, or their signature on paper',
  lapse: `the job \`expire-reservations\`, hourly: what is reserved expires after ${COLLECT_WITHIN} days (after a part issue, the rest); what waits expires after its needed-by day or its season`,
  reduce:
    '`evaluate-stock` at once, else `expire-reservations`, if less is there than is reserved and no allocation runs: the latest reservation loses first',
  takeBack: "the depot's counter, with a V voucher: issued material is returned, and is no longer drawn or reserved",
  undo: 'the same, if all that was issued came back and something is still reserved: it can be issued',
  askAnew: 'the same, if nothing is reserved: it waits for the depot or the next allocation again',
  requeue: 'as reduce, if it lost everything and nothing was issued: it joins the next allocation',
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
export const requestPage = (): string => `# A material request and its states

An artisan requests material from a depot. This page shows the states and moves of a request.
\`test/kit/request-page.ts\` writes it from \`REQUEST_MOVES\`
(\`shared/materials/material-request.ts\`). After a change, run
\`npm test -- test/contract/request-page.test.ts -u\`. States and moves have their names on the wire.

${diagram()}

${table([['state', 'meaning'], ...REQUEST_STATES.map((state) => [state, MEANS[state]])])}

The state after each move. Any other move is refused (\`REQUEST_STATE\`) and changes nothing.

${table([
  ['', ...REQUEST_MOVE_NAMES],
  ...REQUEST_STATES.map((state) => [
    `**${state}**`,
    ...REQUEST_MOVE_NAMES.map((move) => statesAfter(move).get(state) ?? '·'),
  ]),
])}

${table([['move', 'made by'], ...REQUEST_MOVE_NAMES.map((move) => [move, BY[move]])])}

A move names the version that it was decided on (people send it as \`If-Match\`). It is one
transaction with stock and passbook. The history keeps who made it, when, why, and the sentence for
the artisan.
`;
