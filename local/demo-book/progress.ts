import { Presets, SingleBar } from 'cli-progress';

export type Progress = {
  total(steps: number): void;
  step(what: string): void;
  stop(): void;
};

type Stream = Pick<NodeJS.WriteStream, 'write'> & { readonly isTTY?: boolean };

/** Without a terminal, one line per tenth. */
export const progressOf = (title: string, stream: Stream = process.stderr): Progress =>
  stream.isTTY ? barProgress(title) : lineProgress(title, stream);

const barProgress = (title: string): Progress => {
  const format = `${title} {bar} {percentage} % {what}`;
  const single = new SingleBar({ format, hideCursor: true }, Presets.shades_classic);
  single.start(1, 0, { what: '' });
  return {
    total: (steps) => single.setTotal(steps),
    step: (what) => single.increment(1, { what }),
    stop: () => single.stop(),
  };
};

const lineProgress = (title: string, stream: Stream): Progress => {
  let steps = 1;
  let done = 0;
  let tenth = 0;
  stream.write(`${title}\n`);
  return {
    total: (all) => {
      steps = Math.max(1, all);
    },
    step: () => {
      done += 1;
      const now = Math.floor((done * 10) / steps);
      if (now > tenth) stream.write(`${title}: ${now * 10} %\n`);
      tenth = now;
    },
    stop: () => undefined,
  };
};
