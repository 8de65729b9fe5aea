import { onTestFinished, vi } from 'vitest';

/** The lines that Bahi logs as errors until the end of the test. */
export const errorsLogged = (): readonly Record<string, unknown>[] => {
  const lines: Record<string, unknown>[] = [];
  const spy = vi.spyOn(process.stderr, 'write').mockImplementation((line) => {
    lines.push(JSON.parse(String(line)));
    return true;
  });
  onTestFinished(() => spy.mockRestore());
  return lines;
};
