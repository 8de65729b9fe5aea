import {
  ProvisionedThroughputExceededException,
  ThrottlingException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';

/** The first four do nothing; the others commit. */
export const FAULTS = ['conflict', 'throttled', 'tooMuch', 'timeout', 'lostAnswer', 'sentTwice', 'none'] as const;
export type Fault = (typeof FAULTS)[number];

const metadata = { message: 'injected', $metadata: {} };
const timeout = () => Object.assign(new Error('injected'), { name: 'TimeoutError' });

/** As DynamoDB reports it. */
export const conflict = (actions: number) => {
  const CancellationReasons = Array.from({ length: actions }, (_, at) => ({
    Code: at === actions - 1 ? 'TransactionConflict' : 'None',
  }));
  return new TransactionCanceledException({ ...metadata, CancellationReasons });
};

/** Reads never conflict. */
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
