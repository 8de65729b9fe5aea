import {
  ProvisionedThroughputExceededException,
  ThrottlingException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';

/** What can become of a transaction: nothing done in the first four; done in the others, once or twice, and told or not. */
export const FAULTS = ['conflict', 'throttled', 'tooMuch', 'timeout', 'lostAnswer', 'sentTwice', 'none'] as const;
export type Fault = (typeof FAULTS)[number];

const metadata = { message: 'injected', $metadata: {} };
const timeout = () => Object.assign(new Error('injected'), { name: 'TimeoutError' });

/** As DynamoDB says it: one of the rows was in another's transaction, the others say nothing. */
export const conflict = (actions: number) => {
  const CancellationReasons = Array.from({ length: actions }, (_, at) => ({
    Code: at === actions - 1 ? 'TransactionConflict' : 'None',
  }));
  return new TransactionCanceledException({ ...metadata, CancellationReasons });
};

/** Sends, or not, as the fault has it. A read is never in conflict. */
export const sendWithFault = async <T>(fault: Fault, actions: number, send: () => Promise<T>): Promise<T> => {
  switch (fault) {
    case 'conflict':
      throw conflict(actions);
    case 'throttled':
      throw new ThrottlingException(metadata);
    case 'tooMuch':
      throw new ProvisionedThroughputExceededException(metadata);
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
