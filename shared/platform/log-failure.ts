import { logger } from './telemetry.ts';

/** Work on one record of a batch. Powertools keeps an error to itself, so it is logged here, with the record's own id: all of a batch share one logger. */
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
