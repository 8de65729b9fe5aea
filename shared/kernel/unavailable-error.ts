/** No answer in time. The outcome is unknown, and a retry is allowed. */
export class UnavailableError extends Error {
  override readonly name = 'UnavailableError';
}
