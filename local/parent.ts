/** Milliseconds between looks at who our parent is. */
const POLL_MILLISECONDS = 500;

/**
 * Calls `ended` once when npm, which started this process, has ended without telling it, such as by `kill -9`: the process then has another
 * parent. Without npm nothing is watched: whoever starts the program in the background may leave.
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
