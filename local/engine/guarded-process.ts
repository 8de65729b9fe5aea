import { spawn } from 'node:child_process';

export type GuardedProcess = {
  /** Resolves when it has ended, by itself or by stop(). */
  readonly ended: Promise<void>;
  /** All it wrote to its standard error, or the end of it. */
  output(): string;
  /** Whether it said `words`; false when it ended or `patience` ran out before. */
  waitForOutput(words: string, patience: number): Promise<boolean>;
  stop(): Promise<void>;
};

/**
 * The shell's standard input is a pipe that only we hold: it ends when we end it, and when we die of whatever cause.
 * Then the shell ends the program. When the program ends first, so does the shell.
 */
const GUARD_SCRIPT = `
exec 3<&0
"$0" "$@" </dev/null 3<&- & program=$!
{ read -r _ <&3; kill $program; } 2>/dev/null & watch=$!
exec 3<&-
wait $program; code=$?
kill $watch 2>/dev/null
exit $code`;

const MAX_OUTPUT = 16_000;

/** Starts a program that lives no longer than we do, and that a Ctrl-C in our terminal does not reach before us. */
export const startGuarded = (program: string, args: readonly string[], cwd?: string): GuardedProcess => {
  const shell = spawn('sh', ['-c', GUARD_SCRIPT, program, ...args], {
    cwd,
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let heard = '';
  shell.stderr.setEncoding('utf8').on('data', (text: string) => {
    heard = (heard + text).slice(-MAX_OUTPUT);
  });
  shell.stdin.on('error', () => {}); // it ended before we did: says() and stop() tell
  const ended = new Promise<void>((resolve) => {
    shell.once('error', (error) => {
      heard += error.message;
      resolve();
    });
    shell.once('close', () => resolve());
  });

  return {
    ended,
    output: () => heard,
    waitForOutput: (words, patience) =>
      new Promise((resolve) => {
        const answer = (said: boolean) => {
          clearTimeout(timer);
          shell.stderr.off('data', listen);
          resolve(said);
        };
        const listen = () => heard.includes(words) && answer(true);
        const timer = setTimeout(answer, patience, false);
        shell.stderr.on('data', listen);
        ended.then(() => answer(false));
        listen();
      }),
    stop: async () => {
      shell.stdin.end();
      await ended;
    },
  };
};
