const POLL_MILLISECONDS = 500;

/**
 * Calls `ended` once when the npm process that started us is gone, which changes our parent. Not
 * watched without npm, so background use works.
 */
export const watchParent = (ended: () => void, environment: NodeJS.ProcessEnv = process.env): void => {
  if (environment.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const looking = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(looking);
    ended();
  }, POLL_MILLISECONDS);
  looking.unref();
};
