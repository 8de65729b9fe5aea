/** Nobody could serve this in time; what was asked may or may not have been done, and may be asked again. */
export class UnavailableError extends Error {
  override readonly name = 'UnavailableError';
}
