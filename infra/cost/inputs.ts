type Input = { readonly value: number; readonly what: string; readonly from: string };

const GIVEN = 'size of the scheme';
const ASSUMED = 'assumed';

/** Per day unless it says otherwise. */
export const INPUTS = {
  outlets: { value: 1_000, what: 'outlets', from: GIVEN },
  sales: { value: 300, what: 'sales of an outlet', from: GIVEN },
  days: { value: 30, what: 'days of a month', from: GIVEN },
  depots: { value: 75, what: 'depots', from: ASSUMED },
  districts: { value: 75, what: 'districts', from: 'districts of Uttar Pradesh' },
  users: { value: 2_600, what: 'people that sign in, of the month', from: ASSUMED },
  threeLines: { value: 0.2, what: 'share of sales with 3 lines; the others have 1', from: ASSUMED },
  withPhone: { value: 0.1, what: "share of sales with the customer's phone", from: ASSUMED },
  offline: { value: 0.1, what: 'share of sales that are synced later', from: ASSUMED },
  returned: { value: 0.01, what: 'share of sales taken back', from: ASSUMED },
  billsRead: { value: 0.1, what: 'share of bills read again', from: ASSUMED },
  looks: { value: 20, what: 'times that an outlet looks at stock, catalogue and alerts', from: ASSUMED },
  receipts: { value: 0.5, what: 'receipts of an outlet, and its dispatches at a depot', from: ASSUMED },
  counts: { value: 0.15, what: 'count sheets of an outlet', from: ASSUMED },
  requests: { value: 10, what: 'material requests of a depot', from: ASSUMED },
  reports: { value: 20, what: 'reports of a district', from: ASSUMED },
  alerts: { value: 0.5, what: 'alerts that open at an outlet', from: ASSUMED },
  urgent: { value: 0.3, what: 'share of alerts that are urgent: an SMS of 2 parts', from: ASSUMED },
  plans: { value: 10, what: 'reorder points that change at an outlet', from: 'bench/restock-scale: 9.33' },
  saleBytes: { value: 676, what: 'bytes of a sale', from: 'ADR 31: 620 with 1 line, 900 with 3' },
  months: { value: 12, what: 'months of sales that are stored', from: ASSUMED },
  cold: { value: 0.01, what: 'share of runs that start cold', from: ASSUMED },
  coldMilliseconds: { value: 700, what: 'milliseconds more of a cold run', from: ASSUMED },
  runMilliseconds: { value: 5, what: 'milliseconds of a run without its calls', from: ASSUMED },
  callMilliseconds: { value: 10, what: 'milliseconds of a call to DynamoDB', from: ASSUMED },
  batch: { value: 2, what: 'changed stock rows in a batch of the stream', from: ASSUMED },
  polls: { value: 15, what: 'idle polls of a queue a minute', from: "Lambda's 5 pollers, 20 seconds each" },
  logBytes: { value: 900, what: "bytes that a run logs, Lambda's own lines among them", from: ASSUMED },
  accessBytes: { value: 600, what: 'bytes of the access log a request', from: ASSUMED },
  logMonths: { value: 6, what: 'months that logs are kept', from: 'infra/bahi-function.ts' },
  answerBytes: { value: 1_500, what: 'bytes of an answer', from: ASSUMED },
  traced: { value: 0.05, what: 'share of runs that are traced', from: "X-Ray's default" },
} as const satisfies Record<string, Input>;

export type InputName = keyof typeof INPUTS;
export type InputValues = Readonly<Record<InputName, number>>;

export const INPUT_NAMES = Object.keys(INPUTS) as InputName[];

export const inputValues = (): InputValues =>
  Object.fromEntries(INPUT_NAMES.map((name) => [name, INPUTS[name].value])) as Record<InputName, number>;
