import { Tracer } from '@aws-lambda-powertools/tracer';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { withoutData } from './log-fields.ts';

const withoutDataInError = (error: unknown): Error => withoutData('', error) as Error;

/** Traces errors without personal data. Callers get the original error. */
export class MaskedTracer extends Tracer {
  override addErrorAsMetadata(error: Error, remote?: boolean): void {
    super.addErrorAsMetadata(withoutDataInError(error), remote);
  }

  /** Two middlewares surround X-Ray's: the inner one masks, the outer one restores. */
  captureDynamoDb(client: DynamoDBClient): DynamoDBClient {
    const errors = new WeakMap<object, unknown>();
    const captured = this.captureAWSv3Client(client);
    captured.middlewareStack.add(
      (next) => async (args) => {
        try {
          return await next(args);
        } catch (error) {
          if (!(error instanceof Error)) throw error;
          const { $metadata } = error as { readonly $metadata?: object };
          const masked = Object.assign(withoutDataInError(error), $metadata && { $metadata });
          errors.set(masked, error);
          throw masked;
        }
      },
      { step: 'build', priority: 'low', name: 'maskErrorOfTrace', override: true },
    );
    captured.middlewareStack.add(
      (next) => async (args) => {
        try {
          return await next(args);
        } catch (error) {
          throw (error instanceof Error && errors.get(error)) || error;
        }
      },
      { step: 'serialize', priority: 'high', name: 'restoreErrorOfTrace', override: true },
    );
    return captured;
  }
}
