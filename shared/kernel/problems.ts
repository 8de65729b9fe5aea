import type { ItemId, LocationId } from './ids.ts';
import type { Sum } from './sum.ts';
import type { Instant } from './time.ts';

/** `path`: such as `lines.0.quantity`. */
export type FieldProblem = { readonly path: string; readonly problem: string };

/** Base units or paise. */
export type BoundProblem = FieldProblem & { readonly value: number; readonly bound: number };

/** Base units. */
export type EntitlementShortage = { readonly item: ItemId; readonly wanted: number; readonly left: number };

/** `sent`: in the dispatch. `asked`: still requested, else 0. */
export type ChangedRequestLine = { readonly item: ItemId; readonly sent: number; readonly asked: number };

export type Shortage = { readonly item: ItemId; readonly wanted: number; readonly free: number };

type Fields = { readonly fields: readonly FieldProblem[] };

/** The type of the facts of a code, with an example for the docs. */
const facts = <Facts>(example: Facts): Facts => example;

const fields = [{ path: 'lines.0.item', problem: 'what is wrong with it' }];
const aboveBound = { path: 'lines.0.quantity', problem: 'what is wrong with it', value: 500, bound: 200 };
const item = 'LKO-KURTA-M' as ItemId;
const instant = '2026-11-22T05:00:00.000Z' as Instant;

const RETRY_ADVICE = 'Send the same request again, with the same number: it is recorded once.';

type ProblemText = { readonly title: string; readonly whatToDo: string };

type ProblemRow = { readonly status: number; readonly en: ProblemText; readonly example?: object };

/** All that is to say of an error code, in one row. `example`: facts of the code, for the docs. */
export const PROBLEMS = {
  INVALID_REQUEST: {
    status: 400,
    en: { title: 'The request is not as declared', whatToDo: 'Correct the fields named.' },
    example: facts<Fields>({ fields }),
  },
  MALFORMED_JSON: { status: 400, en: { title: 'The body is not JSON', whatToDo: 'Send one JSON object in UTF-8.' } },
  BODY_TOO_LARGE: { status: 413, en: { title: 'The body is over 256 KB', whatToDo: 'Send less at a time.' } },
  UNAUTHENTICATED: { status: 401, en: { title: 'No valid token', whatToDo: 'Sign in, and send the token as Bearer.' } },
  FORBIDDEN: {
    status: 403,
    en: { title: 'Not yours to do', whatToDo: 'Ask your officer for access to this place or task.' },
  },
  MFA_REQUIRED: {
    status: 403,
    en: {
      title: 'A second factor is needed',
      whatToDo: 'Set up an authenticator app for your account, then sign in again with its code.',
    },
  },
  NOT_FOUND: { status: 404, en: { title: 'There is no such thing', whatToDo: 'Check the address and the number.' } },
  NUMBER_MISMATCH: {
    status: 422,
    en: {
      title: 'The number and the body disagree',
      whatToDo: 'Give the voucher a number of its own kind and IST day; record the spoiled number as cancelled.',
    },
    example: facts<Fields>({ fields }),
  },
  NUMBER_LEAPS: {
    status: 422,
    en: {
      title: 'The number is far ahead of the book',
      whatToDo:
        'Sync what this terminal has not sent yet, and send it again; if all was sent, give it the number that next says.',
    },
    example: facts<{ readonly next: string }>({ next: '7KQ2MS2611220008' }),
  },
  CLOCK_OFF: {
    status: 422,
    en: {
      title: "The phone's clock is off",
      whatToDo:
        "Measure the phone's clock by this answer, or set it by serverTime. Sync what happened earlier as captured, not live.",
    },
    example: facts<{ readonly serverTime: Instant; readonly offBySeconds: number }>({
      serverTime: instant,
      offBySeconds: -540,
    }),
  },
  TERMINAL_UNKNOWN: {
    status: 422,
    en: { title: 'No such terminal', whatToDo: 'Enrol this phone with a one-time code.' },
  },
  TERMINAL_ELSEWHERE: {
    status: 422,
    en: {
      title: "The terminal is another location's",
      whatToDo: 'Record at the location the terminal was enrolled for, or enrol here.',
    },
  },
  TERMINAL_REVOKED: {
    status: 422,
    en: { title: 'The terminal was revoked', whatToDo: 'Ask your officer; enrol anew.' },
    example: facts<{ readonly revokedAt: Instant; readonly earlier: boolean }>({ revokedAt: instant, earlier: false }),
  },
  TERMINAL_UNPROVEN: {
    status: 422,
    en: {
      title: 'The terminal is not proven',
      whatToDo:
        'Sign it with the key of the phone that enrolled the terminal. Where that key is gone, enrol anew with a code from your officer; what the old terminal numbered is sent as captured, and an officer settles it.',
    },
  },
  TERMINAL_HANDED_OVER: {
    status: 422,
    en: {
      title: 'The terminal was handed over',
      whatToDo: 'Enrol anew with the code of the hand-over; bring what was recorded before it as captured.',
    },
  },
  ITEM_UNKNOWN: {
    status: 422,
    en: { title: 'Unknown item', whatToDo: 'Fetch the catalogue again, and pick from it.' },
    example: facts<Fields>({ fields }),
  },
  ITEM_OF_ANOTHER_SELLER: {
    status: 422,
    en: {
      title: 'Items of more than one seller',
      whatToDo: "Make one voucher per seller, each on that seller's terminal; a basket may join them.",
    },
    example: facts<Fields>({ fields }),
  },
  QUANTITY_NOT_WHOLE: {
    status: 422,
    en: {
      title: 'Not a whole number of base units',
      whatToDo: 'Use one of the nearest that come out whole, or a unit that the item has.',
    },
    example: facts<Fields>({ fields }),
  },
  LOT_WRONG: {
    status: 422,
    en: {
      title: 'The lot is not right',
      whatToDo: "Check the lot's number against the depot's stock; name another, or none to take the oldest first.",
    },
    example: facts<Fields>({ fields }),
  },
  ITEM_NOT_PRICED: {
    status: 422,
    en: { title: 'No price on that day', whatToDo: 'Ask the officer to enter the price.' },
    example: facts<Fields>({ fields }),
  },
  PRICE_ABOVE_MRP: {
    status: 422,
    en: { title: 'Above the MRP', whatToDo: 'Lower the price to the MRP or below.' },
    example: facts<Fields>({ fields }),
  },
  GST_RATE_MISMATCH: {
    status: 422,
    en: {
      title: 'Price and GST rate do not fit',
      whatToDo: 'Use a price or a rate that the fields name. A declared handicraft keeps its own rate.',
    },
    example: facts<Fields>({ fields }),
  },
  PRICE_BELOW_FLOOR: {
    status: 422,
    en: {
      title: 'Below the floor price',
      whatToDo: 'Check the price: it is in paise, not rupees. If it is meant, give the line a `reason`.',
    },
    example: facts<Fields>({
      fields: [{ path: 'lines.0.unitPrice', problem: '850 paise each, below the floor price of 42500 paise each' }],
    }),
  },
  PAYMENT_MISMATCH: {
    status: 422,
    en: {
      title: 'The payments do not add up',
      whatToDo:
        'Make the payments equal the lines less discounts plus roundOff; of a return, make the refund equal what is due back.',
    },
    example: facts<{ readonly due: number; readonly paid: number }>({ due: 179_800, paid: 170_000 }),
  },
  EXCHANGE_NOT_COVERED: {
    status: 409,
    en: {
      title: 'Nothing came back for what is exchanged',
      whatToDo:
        'Record the return into this basket first; or let the customer pay what is not left in it, and send the sale under the same number.',
    },
    example: facts<{ readonly basket: string; readonly wanted: Sum; readonly left: Sum }>({
      basket: 'B-7',
      wanted: 89_900,
      left: 30_000,
    }),
  },
  PRODUCER_UNKNOWN: { status: 422, en: { title: 'Unknown producer', whatToDo: 'Check the number on the card.' } },
  STAFF_UNKNOWN: {
    status: 422,
    en: {
      title: 'Not staff of this location',
      whatToDo: 'Pick who stands there from the staff of this location, or let an officer enter them in the registry.',
    },
    example: facts<Fields>({
      fields: [{ path: 'by', problem: 'S009 is not in the registry, and is not staff of LKO-01' }],
    }),
  },
  UNIT_NEEDED: {
    status: 422,
    en: {
      title: 'A quantity without its unit',
      whatToDo: 'Send the quantity with its unit, such as "40 kg" or "40 gram".',
    },
    example: facts<Fields>({ fields }),
  },
  IMPLAUSIBLE: {
    status: 422,
    en: {
      title: 'A quantity or an amount is too large to be plausible',
      whatToDo: 'Correct the figures named; or, if they are right, send the same again with confirmed true.',
    },
    example: facts<{ readonly fields: readonly BoundProblem[] }>({ fields: [aboveBound] }),
  },
  APPROVAL_NEEDED: {
    status: 409,
    en: {
      title: "Above what may be done without an officer's approval",
      whatToDo: 'Leave it: it is held under the id named, and counts once an officer has admitted it.',
    },
    // `held`: id of the held voucher, if it was stored.

    example: facts<{ readonly fields: readonly BoundProblem[]; readonly held?: string }>({
      fields: [aboveBound],
      held: '7KQ2MA2611220001-0a1b2c3d4e5f',
    }),
  },
  INSUFFICIENT_STOCK: {
    status: 409,
    en: { title: 'The book has too little', whatToDo: 'Ask for no more than is free, or do what the detail says.' },
    example: facts<{ readonly short: readonly Shortage[] }>({ short: [{ item, wanted: 9, free: 3 }] }),
  },
  VOUCHER_CONFLICT: {
    status: 409,
    en: {
      title: 'The number is taken by another voucher',
      whatToDo:
        "Read what is stored under it; if yours is another, give it the terminal's next number, or a grant an id of its own.",
    },
  },
  REQUEST_UNKNOWN: {
    status: 422,
    en: { title: 'No such request here', whatToDo: "Check the request's number, and its depot." },
  },
  REQUEST_STATE: {
    status: 409,
    en: {
      title: 'The request is past that',
      whatToDo: 'Read the request again: it says what was done, by whom and when.',
    },
    example: facts<{ readonly state: string }>({ state: 'cancelled' }),
  },
  RESERVED_EXCEEDED: {
    status: 409,
    en: {
      title: 'More than is reserved',
      whatToDo: 'Issue what is reserved; for more, a new request is approved first.',
    },
    example: facts<Fields>({ fields }),
  },
  ENTITLEMENT_EXCEEDED: {
    status: 409,
    en: {
      title: 'More than is left in the passbook',
      whatToDo: 'Approve what is left, or ask an officer for a grant.',
    },
    example: facts<{ readonly over: readonly EntitlementShortage[] }>({
      over: [{ item, wanted: 60_000, left: 20_000 }],
    }),
  },
  NOT_A_MATERIAL: {
    status: 422,
    en: {
      title: 'Not a material of this depot',
      whatToDo: "Ask for what the depot keeps: its stock and its sellers' raw materials.",
    },
    example: facts<Fields>({ fields }),
  },
  SELLER_NOT_HERE: {
    status: 422,
    en: {
      title: 'The seller does not trade here',
      whatToDo: "Pick one of the location's sellers, or add the seller to the location in the registry.",
    },
  },
  ENROLMENT_CODE_UNKNOWN: {
    status: 422,
    en: {
      title: 'No such enrolment code here',
      whatToDo: 'Check the code; codes are for one location and lapse after a day. Ask for a new one.',
    },
  },
  ENROLMENT_CODE_USED: {
    status: 409,
    en: { title: 'The enrolment code was used by another phone', whatToDo: 'Ask your officer for a new code.' },
  },
  PIN_WRONG: {
    status: 403,
    en: {
      title: 'Card and PIN do not match',
      whatToDo: 'Check the card number, and let the producer enter the PIN again, as often as triesLeft says.',
    },
    example: facts<{ readonly triesLeft: number }>({ triesLeft: 4 }),
  },
  PIN_LOCKED: {
    status: 423,
    en: { title: 'Too many wrong PINs', whatToDo: 'Wait until the time said, or let an officer set a new PIN.' },
    example: facts<{ readonly until: Instant }>({ until: instant }),
  },
  CODE_WRONG: {
    status: 403,
    en: {
      title: 'Not the code of the last issue',
      whatToDo: 'Let the producer read out the code that their phone shows now, as often as triesLeft says.',
    },
    example: facts<{ readonly triesLeft: number }>({ triesLeft: 4 }),
  },
  CODE_VOID: {
    status: 409,
    en: {
      title: 'The code is no good any more',
      whatToDo: 'Let the producer sign at the depot, and record the signature.',
    },
  },
  SECOND_PERSON_NEEDED: {
    status: 409,
    en: {
      title: 'Another person has to confirm',
      whatToDo:
        'Let another member of staff confirm under their own login, or let the producer confirm by code or by card and PIN.',
    },
    example: facts<{ readonly share: number; readonly confirmed: number; readonly byIssuer: number }>({
      share: 20,
      confirmed: 30,
      byIssuer: 6,
    }),
  },
  ALERT_RESOLVED: {
    status: 409,
    en: {
      title: 'The alert is resolved',
      whatToDo: 'Nothing is left to do about it; if there is cause again, it opens again.',
    },
  },
  HELD_STATE: {
    status: 409,
    en: { title: 'It is settled already', whatToDo: 'Read what is held again: it says who settled it, when and why.' },
    example: facts<{ readonly state: string }>({ state: 'rejected' }),
  },
  STILL_HELD: {
    status: 409,
    en: {
      title: 'It still cannot be admitted',
      whatToDo:
        'Mend what the detail says, give the time it happened, admit it with approved true if its figures are right, or name the voucher that says it instead.',
    },
  },
  VOUCHER_UNKNOWN: {
    status: 422,
    en: { title: 'No such voucher here', whatToDo: 'Record the voucher that says what happened, then name it.' },
  },
  RETURN_EXCEEDED: {
    status: 409,
    en: {
      title: 'More than can still come back',
      whatToDo: 'Take back what the fields say is left; read the voucher for what it was.',
    },
    example: facts<Fields>({ fields }),
  },
  SOLD_ELSEWHERE: {
    status: 422,
    en: {
      title: 'It was sold at another location',
      whatToDo: 'Send the customer to the location that is named: it takes the sale back.',
    },
    example: facts<{ readonly location: LocationId }>({ location: 'LKO-02' as LocationId }),
  },
  NEEDS_OFFICER: {
    status: 403,
    en: {
      title: 'An officer decides that',
      whatToDo: 'Bring it as captured: it is held, and your officer admits or rejects it.',
    },
  },
  TRANSFER_CLOSED: {
    status: 409,
    en: {
      title: 'That dispatch was received already',
      whatToDo:
        'Read the receipt that is named. If it is wrong, take it back, then receive again; record other goods as their own receipt.',
    },
    example: facts<{ readonly receipt: string }>({ receipt: '7KQ2MR2611220003' }),
  },
  TRANSFER_EXCEEDED: {
    status: 409,
    en: {
      title: 'More than is still to come of that dispatch',
      whatToDo:
        'Receive what the fields say is still to come, and other goods by their own receipt. If an earlier receipt is wrong, take it back, then receive again.',
    },
    example: facts<Fields>({ fields }),
  },
  COUNTED_TWICE: {
    status: 409,
    en: {
      title: 'The item is on another sheet of the same count',
      whatToDo:
        'Count the item in all its places and record the total on one sheet, under a new name of the count. A location uses a name once: put the date in it.',
    },
    example: facts<Fields>({ fields }),
  },
  NOT_ADDRESSEE: {
    status: 409,
    en: {
      title: 'That dispatch was sent to another location',
      whatToDo:
        'Check the number on the challan. If the goods are here, let the sender take the dispatch back (V) and dispatch them to this location; receive that.',
    },
    example: facts<{ readonly from: string; readonly to: string }>({ from: 'LKO-02', to: 'LKO-01' }),
  },
  TRANSFER_REQUEST_CHANGED: {
    status: 409,
    en: {
      title: 'It is not asked for any more, or not so much',
      whatToDo:
        'Send what is asked for still, under the same number; or record your own dispatch, if the receiver wants it.',
    },
    example: facts<{ readonly asked: readonly ChangedRequestLine[] }>({ asked: [{ item, sent: 4, asked: 2 }] }),
  },
  REFERENCE_UNKNOWN: {
    status: 422,
    en: {
      title: 'The entry names something the registry does not have',
      whatToDo: 'Enter what the fields name first, or correct them.',
    },
    example: facts<Fields>({ fields }),
  },
  ENTRY_FIXED: {
    status: 422,
    en: {
      title: 'What the fields say was settled when it was entered',
      whatToDo: 'Leave those fields as they are, or enter what you mean under an id of its own.',
    },
    example: facts<Fields>({ fields }),
  },
  ENTRY_CLOSED: {
    status: 422,
    en: {
      title: 'Closed or discontinued on that day',
      whatToDo:
        'Leave out what has ended, or ask your officer to open it again. What happened before its end is synced as captured.',
    },
    example: facts<Fields>({ fields: [{ path: 'location', problem: 'LKO-01 is closed from 2026-11-20' }] }),
  },
  IMPORT_REFUSED: {
    status: 422,
    en: { title: 'Nothing was imported', whatToDo: 'Correct the lines named, and send the whole file again.' },
    example: facts<Fields>({ fields: [{ path: 'line 3, district', problem: 'districts has no XYZ' }] }),
  },
  PRECONDITION_REQUIRED: {
    status: 428,
    en: { title: 'If-Match is needed', whatToDo: 'Read what you change, and send its version as If-Match.' },
  },
  VERSION_MISMATCH: {
    status: 412,
    en: {
      title: 'It was changed meanwhile',
      whatToDo: 'Read it again, make the change on what it is now, and send that version as If-Match.',
    },
    example: facts<{ readonly version: number }>({ version: 4 }),
  },
  NO_BILL: {
    status: 422,
    en: {
      title: 'That voucher has no bill',
      whatToDo: 'Ask for the bill of a recorded sale, or of the return of a recorded sale.',
    },
  },
  BILL_INCOMPLETE: {
    status: 409,
    en: {
      title: 'The registry lacks what the bill must show',
      whatToDo: 'Let an officer enter the fields named for the seller, then ask for the bill again.',
    },
    example: facts<Fields>({ fields: [{ path: 'seller.address', problem: 'the registry has no address of LKO1' }] }),
  },
  BUSY: { status: 503, en: { title: 'Too busy just now', whatToDo: RETRY_ADVICE } },
  INTERNAL: { status: 500, en: { title: 'A fault of ours', whatToDo: RETRY_ADVICE } },
} satisfies Record<string, ProblemRow>;

type ProblemRows = typeof PROBLEMS;

export type ErrorCode = keyof ProblemRows;

export const ERROR_CODES = Object.keys(PROBLEMS) as [ErrorCode, ...ErrorCode[]];

type FactsOf<Row> = Row extends { readonly example: infer Facts } ? Facts : never;

/** The codes that carry facts. */
export type RefusalFacts = {
  [Code in ErrorCode as ProblemRows[Code] extends { readonly example: object } ? Code : never]: FactsOf<
    ProblemRows[Code]
  >;
};
