const POLL_MILLISECONDS = 500;

/** The end of npm changes our parent. Without npm nothing is watched. */
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
