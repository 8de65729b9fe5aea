import * as z from 'zod';
import { ERROR_CODES, type ErrorCode, type Refusal } from './refusal.ts';

type ProblemMeaning = { readonly status: number; readonly title: string; readonly whatToDo: string };

const RETRY_ADVICE = 'Send the same request again, with the same number: it is recorded once.';

export const PROBLEMS = {
  INVALID_REQUEST: { status: 400, title: 'The request is not as declared', whatToDo: 'Correct the fields named.' },
  MALFORMED_JSON: { status: 400, title: 'The body is not JSON', whatToDo: 'Send one JSON object in UTF-8.' },
  BODY_TOO_LARGE: { status: 413, title: 'The body is over 256 KB', whatToDo: 'Send less at a time.' },
  UNAUTHENTICATED: { status: 401, title: 'No valid token', whatToDo: 'Sign in, and send the token as Bearer.' },
  FORBIDDEN: { status: 403, title: 'Not yours to do', whatToDo: 'Ask your officer for access to this place or task.' },
  MFA_REQUIRED: {
    status: 403,
    title: 'A second factor is needed',
    whatToDo: 'Set up an authenticator app for your account, then sign in again with its code.',
  },
  NOT_FOUND: { status: 404, title: 'There is no such thing', whatToDo: 'Check the address and the number.' },
  NUMBER_MISMATCH: {
    status: 422,
    title: 'The number and the body disagree',
    whatToDo: 'Give the voucher a number of its own kind and IST day; record the spoiled number as cancelled.',
  },
  NUMBER_LEAPS: {
    status: 422,
    title: 'The number is far ahead of the book',
    whatToDo:
      'Sync what this terminal has not sent yet, and send it again; if all was sent, give it the number that next says.',
  },
  CLOCK_OFF: {
    status: 422,
    title: "The phone's clock is off",
    whatToDo:
      "Measure the phone's clock by this answer, or set it by serverTime. Sync what happened earlier as captured, not live.",
  },
  TERMINAL_UNKNOWN: { status: 422, title: 'No such terminal', whatToDo: 'Enrol this phone with a one-time code.' },
  TERMINAL_ELSEWHERE: {
    status: 422,
    title: "The terminal is another location's",
    whatToDo: 'Record at the location the terminal was enrolled for, or enrol here.',
  },
  TERMINAL_REVOKED: { status: 422, title: 'The terminal was revoked', whatToDo: 'Ask your officer; enrol anew.' },
  TERMINAL_UNPROVEN: {
    status: 422,
    title: 'The terminal is not proven',
    whatToDo:
      'Sign it with the key of the phone that enrolled the terminal. Where that key is gone, enrol anew with a code from your officer; what the old terminal numbered is sent as captured, and an officer settles it.',
  },
  TERMINAL_HANDED_OVER: {
    status: 422,
    title: 'The terminal was handed over',
    whatToDo: 'Enrol anew with the code of the hand-over; bring what was recorded before it as captured.',
  },
  ITEM_UNKNOWN: { status: 422, title: 'Unknown item', whatToDo: 'Fetch the catalogue again, and pick from it.' },
  ITEM_OF_ANOTHER_SELLER: {
    status: 422,
    title: 'Items of more than one seller',
    whatToDo: "Make one voucher per seller, each on that seller's terminal; a basket may join them.",
  },
  QUANTITY_NOT_WHOLE: {
    status: 422,
    title: 'Not a whole number of base units',
    whatToDo: 'Use one of the nearest that come out whole, or a unit that the item has.',
  },
  LOT_WRONG: {
    status: 422,
    title: 'The lot is not right',
    whatToDo: "Check the lot's number against the depot's stock; name another, or none to take the oldest first.",
  },
  ITEM_NOT_PRICED: { status: 422, title: 'No price on that day', whatToDo: 'Ask the officer to enter the price.' },
  PRICE_ABOVE_MRP: { status: 422, title: 'Above the MRP', whatToDo: 'Lower the price to the MRP or below.' },
  PRICE_BELOW_FLOOR: {
    status: 422,
    title: 'Below the floor price',
    whatToDo: 'Check the price: it is in paise, not rupees. If it is meant, give the line a `reason`.',
  },
  PAYMENT_MISMATCH: {
    status: 422,
    title: 'The payments do not add up',
    whatToDo:
      'Make the payments equal the lines less discounts plus roundOff; of a return, make the refund equal what is due back.',
  },
  EXCHANGE_NOT_COVERED: {
    status: 409,
    title: 'Nothing came back for what is exchanged',
    whatToDo:
      'Record the return into this basket first; or let the customer pay what is not left in it, and send the sale under the same number.',
  },
  PRODUCER_UNKNOWN: { status: 422, title: 'Unknown producer', whatToDo: 'Check the number on the card.' },
  STAFF_UNKNOWN: {
    status: 422,
    title: 'Not staff of this location',
    whatToDo: 'Pick who stands there from the staff of this location, or let an officer enter them in the registry.',
  },
  UNIT_NEEDED: {
    status: 422,
    title: 'A quantity without its unit',
    whatToDo: 'Send the quantity with its unit, such as "40 kg" or "40 gram".',
  },
  IMPLAUSIBLE: {
    status: 422,
    title: 'A quantity or an amount is too large to be plausible',
    whatToDo: 'Correct the figures named; or, if they are right, send the same again with confirmed true.',
  },
  APPROVAL_NEEDED: {
    status: 409,
    title: "Above what may be done without an officer's approval",
    whatToDo: 'Leave it: it is held under the id named, and counts once an officer has admitted it.',
  },
  INSUFFICIENT_STOCK: {
    status: 409,
    title: 'The book has too little',
    whatToDo: 'Ask for no more than is free, or do what the detail says.',
  },
  VOUCHER_CONFLICT: {
    status: 409,
    title: 'The number is taken by another voucher',
    whatToDo:
      "Read what is stored under it; if yours is another, give it the terminal's next number, or a grant an id of its own.",
  },
  REQUEST_UNKNOWN: {
    status: 422,
    title: 'No such request here',
    whatToDo: "Check the request's number, and its depot.",
  },
  REQUEST_STATE: {
    status: 409,
    title: 'The request is past that',
    whatToDo: 'Read the request again: it says what was done, by whom and when.',
  },
  RESERVED_EXCEEDED: {
    status: 409,
    title: 'More than is reserved',
    whatToDo: 'Issue what is reserved; for more, a new request is approved first.',
  },
  ENTITLEMENT_EXCEEDED: {
    status: 409,
    title: 'More than is left in the passbook',
    whatToDo: 'Approve what is left, or ask an officer for a grant.',
  },
  NOT_A_MATERIAL: {
    status: 422,
    title: 'Not a material of this depot',
    whatToDo: "Ask for what the depot keeps: its stock and its sellers' raw materials.",
  },
  SELLER_NOT_HERE: {
    status: 422,
    title: 'The seller does not trade here',
    whatToDo: "Pick one of the location's sellers, or add the seller to the location in the registry.",
  },
  ENROLMENT_CODE_UNKNOWN: {
    status: 422,
    title: 'No such enrolment code here',
    whatToDo: 'Check the code; codes are for one location and lapse after a day. Ask for a new one.',
  },
  ENROLMENT_CODE_USED: {
    status: 409,
    title: 'The enrolment code was used by another phone',
    whatToDo: 'Ask your officer for a new code.',
  },
  PIN_WRONG: {
    status: 403,
    title: 'Card and PIN do not match',
    whatToDo: 'Check the card number, and let the producer enter the PIN again, as often as triesLeft says.',
  },
  PIN_LOCKED: {
    status: 423,
    title: 'Too many wrong PINs',
    whatToDo: 'Wait until the time said, or let an officer set a new PIN.',
  },
  CODE_WRONG: {
    status: 403,
    title: 'Not the code of the last issue',
    whatToDo: 'Let the producer read out the code that their phone shows now, as often as triesLeft says.',
  },
  CODE_VOID: {
    status: 409,
    title: 'The code is no good any more',
    whatToDo: 'Let the producer sign at the depot, and record the signature.',
  },
  SECOND_PERSON_NEEDED: {
    status: 409,
    title: 'Another person has to confirm',
    whatToDo:
      'Let another member of staff confirm under their own login, or let the producer confirm by code or by card and PIN.',
  },
  ALERT_RESOLVED: {
    status: 409,
    title: 'The alert is resolved',
    whatToDo: 'Nothing is left to do about it; if there is cause again, it opens again.',
  },
  HELD_STATE: {
    status: 409,
    title: 'It is settled already',
    whatToDo: 'Read what is held again: it says who settled it, when and why.',
  },
  STILL_HELD: {
    status: 409,
    title: 'It still cannot be admitted',
    whatToDo:
      'Mend what the detail says, give the time it happened, admit it with approved true if its figures are right, or name the voucher that says it instead.',
  },
  VOUCHER_UNKNOWN: {
    status: 422,
    title: 'No such voucher here',
    whatToDo: 'Record the voucher that says what happened, then name it.',
  },
  RETURN_EXCEEDED: {
    status: 409,
    title: 'More than can still come back',
    whatToDo: 'Take back what the fields say is left; read the voucher for what it was.',
  },
  SOLD_ELSEWHERE: {
    status: 422,
    title: 'It was sold at another location',
    whatToDo: 'Send the customer to the location that is named: it takes the sale back.',
  },
  NEEDS_OFFICER: {
    status: 403,
    title: 'An officer decides that',
    whatToDo: 'Bring it as captured: it is held, and your officer admits or rejects it.',
  },
  TRANSFER_CLOSED: {
    status: 409,
    title: 'That dispatch was received already',
    whatToDo:
      'Read the receipt that is named. If it is wrong, take it back, then receive again; record other goods as their own receipt.',
  },
  TRANSFER_EXCEEDED: {
    status: 409,
    title: 'More than is still to come of that dispatch',
    whatToDo:
      'Receive what the fields say is still to come, and other goods by their own receipt. If an earlier receipt is wrong, take it back, then receive again.',
  },
  COUNTED_TWICE: {
    status: 409,
    title: 'The item is on another sheet of the same count',
    whatToDo: 'Count the item in all its places and record the total on one sheet, under a new name of the count.',
  },
  NOT_ADDRESSEE: {
    status: 409,
    title: 'That dispatch was sent to another location',
    whatToDo:
      'Check the number on the challan. If the goods are here, let the sender take the dispatch back (V) and dispatch them to this location; receive that.',
  },
  TRANSFER_REQUEST_CHANGED: {
    status: 409,
    title: 'It is not asked for any more, or not so much',
    whatToDo:
      'Send what is asked for still, under the same number; or record your own dispatch, if the receiver wants it.',
  },
  REFERENCE_UNKNOWN: {
    status: 422,
    title: 'The entry names something the registry does not have',
    whatToDo: 'Enter what the fields name first, or correct them.',
  },
  ENTRY_FIXED: {
    status: 422,
    title: 'What the fields say was settled when it was entered',
    whatToDo: 'Leave those fields as they are, or enter what you mean under an id of its own.',
  },
  IMPORT_REFUSED: {
    status: 422,
    title: 'Nothing was imported',
    whatToDo: 'Correct the lines named, and send the whole file again.',
  },
  PRECONDITION_REQUIRED: {
    status: 428,
    title: 'If-Match is needed',
    whatToDo: 'Read what you change, and send its version as If-Match.',
  },
  VERSION_MISMATCH: {
    status: 412,
    title: 'It was changed meanwhile',
    whatToDo: 'Read it again, make the change on what it is now, and send that version as If-Match.',
  },
  BUSY: { status: 503, title: 'Too busy just now', whatToDo: RETRY_ADVICE },
  INTERNAL: { status: 500, title: 'A fault of ours', whatToDo: RETRY_ADVICE },
} satisfies Record<ErrorCode, ProblemMeaning>;

/** RFC 9457. Facts of the code (`fields`, `short`, …) stand beside these fields. */
export const Problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(ERROR_CODES),
  detail: z.string(),
  whatToDo: z.string(),
});
export type Problem = z.infer<typeof Problem>;

/** Keeps the response below Lambda's 6 MB: an import may have 20,000 wrong lines. */
export const MAX_PROBLEM_FIELDS = 200;

/** `faults`: the number of all fields, if some are left out. */
export const toProblem = ({ refused, detail, facts }: Refusal): Problem => {
  const { status, title, whatToDo } = PROBLEMS[refused];
  const type = `urn:bahi:problem:${refused.toLowerCase().replaceAll('_', '-')}`;
  return { type, title, status, code: refused, detail, whatToDo, ...facts, ...firstFields(facts) };
};

const firstFields = (facts: Refusal['facts']) => {
  if (!facts || !('fields' in facts) || facts.fields.length <= MAX_PROBLEM_FIELDS) return undefined;
  return { fields: facts.fields.slice(0, MAX_PROBLEM_FIELDS), faults: facts.fields.length };
};
