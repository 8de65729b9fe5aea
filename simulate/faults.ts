import { DynamoDbError } from '../shared/platform/dynamodb-errors.ts';

/** The first four do nothing; the others commit. */
export const FAULTS = ['conflict', 'throttled', 'tooMuch', 'timeout', 'lostAnswer', 'sentTwice', 'none'] as const;
export type Fault = (typeof FAULTS)[number];

export const TRANSACTION_FAULTS: readonly Fault[] = FAULTS.filter((fault) => fault !== 'none');
export const WRITE_FAULTS: readonly Fault[] = ['throttled', 'tooMuch', 'timeout', 'lostAnswer'];
export const READ_FAULTS: readonly Fault[] = ['throttled', 'tooMuch', 'timeout'];

const refusal = (__type: string) => new DynamoDbError(400, { __type, message: 'injected' });
/** The caller cannot know whether it was done. */
export const timeout = () => Object.assign(new Error('injected'), { name: 'TimeoutError' });

/** As DynamoDB reports it. */
export const conflict = (actions: number) => {
  const CancellationReasons = Array.from({ length: actions }, (_, at) => ({
    Code: at === actions - 1 ? 'TransactionConflict' : 'None',
  }));
  return new DynamoDbError(400, { __type: 'TransactionCanceledException', message: 'injected', CancellationReasons });
};

/** Reads never conflict. */
export const sendWithFault = async <T>(fault: Fault, actions: number, send: () => Promise<T>): Promise<T> => {
  switch (fault) {
    case 'conflict':
      throw conflict(actions);
    case 'throttled':
      throw refusal('ThrottlingException');
    case 'tooMuch':
      throw refusal('ProvisionedThroughputExceededException');
    case 'timeout':
      throw timeout();
    case 'lostAnswer':
      await send();
      throw timeout();
    case 'sentTwice':
      await send();
      return send();
    case 'none':
      return send();
  }
};
