import { logger } from './telemetry.ts';

/** Powertools does not log an error of a batch record, so this does, with the record's id. */
export const logFailure =
  <Sent>(idOf: (sent: Sent) => object, work: (sent: Sent) => Promise<void>) =>
  async (sent: Sent): Promise<void> => {
    try {
      await work(sent);
    } catch (error) {
      logger.error('failed', { error, ...idOf(sent) });
      throw error;
    }
  };
