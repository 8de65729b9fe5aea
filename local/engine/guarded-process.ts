import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

export type GuardedProcess = {
  readonly ended: Promise<void>;
  output(): string;
  /** `patience` in milliseconds. */
  waitForOutput(words: string, patience: number): Promise<boolean>;
  stop(): Promise<void>;
};

/** The program ends when this process closes the pipe. */
const GUARD_SCRIPT = `
exec 3<&0
"$0" "$@" </dev/null 3<&- & program=$!
{ read -r _ <&3; kill $program; } 2>/dev/null & watch=$!
exec 3<&-
wait $program; code=$?
kill $watch 2>/dev/null
exit $code`;

const MAX_OUTPUT = 16_000;

/** Ends with this process and ignores Ctrl-C. */
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
  shell.stdin.on('error', () => {}); // the program ended first
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

/** Another process may take it before use. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};
