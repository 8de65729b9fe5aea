import { expect, it } from 'vitest';
import { ignoreUnavailable, UnavailableError } from '../../shared/platform/retry.ts';

it('Work that a job repeats ends quietly if DynamoDB is unavailable; another error is thrown.', async () => {
  let writes = 0;
  await ignoreUnavailable(async () => {
    writes++;
    throw new UnavailableError('no answer');
  });
  expect(writes).toBe(1);
  await expect(ignoreUnavailable(() => Promise.reject(new Error('a fault')))).rejects.toThrow('a fault');
});
