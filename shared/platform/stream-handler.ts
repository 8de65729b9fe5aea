import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { type Dependencies, onCurrentRuntime } from './runtime.ts';
import { logFailure } from './tasks.ts';
import { type CountMetric, lambdaHandler, logger } from './telemetry.ts';

/** `undefined`: no row. */
export type RowChange<Row> = { readonly before: Row | undefined; readonly after: Row | undefined };

type StreamDeps = { readonly count: CountMetric };

type StreamConsumer<Deps, Row> = {
  readonly read: (deps: Deps, image: object | undefined) => Row | undefined;
  /** Preloads data for the batch. A failure is only logged. */
  readonly prepare?: (changes: readonly RowChange<Row>[], deps: Deps) => Promise<void>;
  readonly process: (change: RowChange<Row>, deps: Deps) => Promise<void>;
};

/** Tries every record. Lambda then resends from the first failed one. */
export const tableStream = <Deps extends StreamDeps, Row>(
  dependencies: Dependencies<Deps>,
  { read, prepare, process }: StreamConsumer<NoInfer<Deps>, Row>,
) => {
  const depsNow = onCurrentRuntime(dependencies);
  return lambdaHandler<DynamoDBStreamEvent, DynamoDBBatchResponse>(async (event) => {
    const deps = depsNow();
    // A retry cannot help, and would block later records.
    const readable = ({ dynamodb }: DynamoDBRecord): RowChange<Row>[] => {
      try {
        return [{ before: read(deps, dynamodb?.OldImage), after: read(deps, dynamodb?.NewImage) }];
      } catch (error) {
        deps.count('RowsUnreadable', 1);
        logger.error('left out, as it cannot be read', { error, sequenceNumber: dynamodb?.SequenceNumber });
        return [];
      }
    };
    const changes = new Map(event.Records.map((record) => [record, readable(record)]));
    const prepareAll = async () => prepare?.([...changes.values()].flat(), deps);
    await prepareAll().catch((error: unknown) => logger.warn('not prepared', { error }));
    const each = logFailure(
      ({ eventID, dynamodb }: DynamoDBRecord) => ({ eventID, sequenceNumber: dynamodb?.SequenceNumber }),
      async (record) => {
        for (const change of changes.get(record) ?? []) await process(change, deps);
      },
    );
    return processPartialResponse(event, each, new BatchProcessor(EventType.DynamoDBStreams), {
      throwOnFullBatchFailure: false,
    });
  });
};
