import { onTestFinished, vi } from 'vitest';

/** What Bahi logs as an error from here to the end of the test, line by line as an operator reads it. */
export const errorsLogged = (): readonly Record<string, unknown>[] => {
  const lines: Record<string, unknown>[] = [];
  const spy = vi.spyOn(process.stderr, 'write').mockImplementation((line) => {
    lines.push(JSON.parse(String(line)));
    return true;
  });
  onTestFinished(() => spy.mockRestore());
  return lines;
};
