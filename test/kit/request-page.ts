import { CONFIRMATION_DAYS } from '../../shared/materials/confirmation.ts';
import {
  REQUEST_STATES,
  REQUEST_TRANSITION_NAMES,
  REQUEST_TRANSITIONS,
  type RequestState,
  type RequestTransition,
  transitionsOf,
} from '../../shared/materials/material-request.ts';
import { COLLECTION_DAYS } from '../../shared/materials/reservation.ts';

const MEANS: Record<RequestState, string> = {
  submitted: 'nothing is reserved; it waits for the depot or the next allocation, until its needed-by day',
  approved: `each line has a quantity reserved, from the depot's free stock and from the passbook, for ${COLLECTION_DAYS} days`,
  issued: `handed over, in part or whole; the rest stays reserved. Not confirmed ${CONFIRMATION_DAYS} days after the first issue, it is flagged in the queue`,
  received:
    'the producer has confirmed what was issued; what is still reserved can be issued, and is confirmed in its turn',
  rejected: 'refused, with a reason that the artisan can read',
  cancelled: 'withdrawn; what was reserved is free again, in stock and passbook',
  lapsed: `expired: not collected in ${COLLECTION_DAYS} days, and what was reserved is free again; or its needed-by day or its season is over`,
};

const BY: Record<RequestTransition, string> = {
  approve: "the depot's manager or an officer: the whole quantity, or less",
  allocate: 'the job `allocate-materials`, once a day: reserves a share of the free stock',
  wait: 'the same job, if it has nothing for them: the request says why',
  reject: "the depot's manager or an officer",
  cancel: "the producer, or the depot's counter with their card and PIN, until something was issued",
  issue:
    "the depot's counter, with an I voucher of at most the reserved quantity; the producer gets a new one-time code",
  confirm: 'the producer with that code; or the depot with their card and PIN, or their signature on paper',
  lapse: `the job \`expire-reservations\`, hourly: what is reserved expires after ${COLLECTION_DAYS} days (after a part issue, the rest); what waits expires after its needed-by day or its season`,
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
  const moves = REQUEST_TRANSITION_NAMES.flatMap((move) =>
    [...transitionsOf(move)].map(([from, to]) => ({ from, to, move })),
  );
  const between = Map.groupBy(moves, ({ from, to }) => `${from} --> ${to}`);
  return [...between].map(([arrow, same]) => `${arrow}: ${same.map(({ move }) => move).join(', ')}`);
};

const isOver = (state: RequestState): boolean => Object.values(REQUEST_TRANSITIONS).every((after) => !(state in after));

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
  ['', ...REQUEST_TRANSITION_NAMES],
  ...REQUEST_STATES.map((state) => [
    `**${state}**`,
    ...REQUEST_TRANSITION_NAMES.map((move) => transitionsOf(move).get(state) ?? '·'),
  ]),
])}

${table([['move', 'made by'], ...REQUEST_TRANSITION_NAMES.map((move) => [move, BY[move]])])}

A move names the version that it was decided on (people send it as \`If-Match\`). It is one
transaction with stock and passbook. The history keeps who made it, when, why, and the sentence for
the artisan.

## A request of one's own in the demo

A phone enrols with an officer's code and its own key. Here it borrows the key of the demo's phone,
with which \`npm run proof\` signs. The answer names the terminal, \`2HS4K\` for example; a request's
number begins with it. A stall enrols anew in the same way after a hand-over, with the code of the
hand-over. \`seller\` is one whose goods the producer makes.

\`\`\`console
$ U=http://127.0.0.1:3000 J='content-type: application/json' TODAY=$(TZ=IST-5:30 date +%y%m%d)
$ OFFICER=$(npm run -s token -- officer state) STALL=$(npm run -s token -- outlet location:LKO-01) MAKER=$(npm run -s token -- producer producer:P0042)
$ KEY=$(curl -s $U/locations/LKO-01/terminals -H "authorization: Bearer $STALL" | node -p 'JSON.stringify(JSON.parse(require("fs").readFileSync(0)).terminals[0].key)')
$ CODE=$(curl -sX POST $U/locations/P0042/enrolment-codes -H "authorization: Bearer $OFFICER" -H "$J" -d '{"seller":"PBT1"}' | node -p 'JSON.parse(require("fs").readFileSync(0)).code')
$ curl -sX POST $U/locations/P0042/terminals -H "authorization: Bearer $MAKER" -H "$J" -d '{"code":"'"$CODE"'","installation":"maker-phone-1","key":'"$KEY"'}'
$ N=2HS4KQ\${TODAY}0001
$ curl -sX PUT $U/producers/P0042/requests/$N -H "authorization: Bearer $MAKER" -H "$J" -d "$(npm run -s proof -- P0042 $N '{"kind":"Q","occurredAt":"'$(node -p 'new Date().toISOString()')'","by":"P0042","previous":null,"depot":"PBE-D1","neededBy":"2026-12-20","lines":[{"item":"PBT-BAMBOO","quantity":"5 kg"}]}')"
\`\`\`

## Who acts

\`by\` is the id of the staff member who acts at the depot, such as \`S001\`. A depot's account must
send it with \`approve\`, \`reject\`, \`cancel\` and \`confirm\`; an officer's may; a producer's phone
leaves it out of a move; in a request of its own (Q) it is the producer's id, \`P0042\`. A request at the counter and the vouchers of \`issue\` and \`takeBack\` have it too.
Whoever is not staff of the depot is refused (\`STAFF_UNKNOWN\`). In the history, \`staff\` is that
id and \`by\` is the login.
`;
