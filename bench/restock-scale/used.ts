import { type Call, isWrite, total } from '../../test/kit/capacity.ts';

/** DynamoDB calls and units, seconds, CPU seconds, peak memory. */
export type Used = {
  readonly calls: number;
  readonly reads: number;
  readonly writes: number;
  readonly seconds: number;
  readonly busy: number;
  readonly megabytes: number;
  /** In KB. */
  readonly largest: number;
  /** Units read by table. */
  readonly of: Readonly<Record<string, number>>;
};

const SAMPLE_MILLISECONDS = 25;

/** Keeps only sums: there are millions of calls. */
export const counter = () => {
  let [calls, writes, largest] = [0, 0, 0];
  let of: Record<string, number> = {};
  return {
    onAnswered: (call: Call): void => {
      calls++;
      if (isWrite(call)) {
        const units = total(Object.values(call.units));
        writes += units;
        if (call.command === 'PutItem') largest = Math.max(largest, units - call.indexes);
      } else for (const [table, some] of Object.entries(call.units)) of[table] = (of[table] ?? 0) + some;
    },
    during: async (run: () => Promise<unknown>): Promise<Used> => {
      [calls, writes, largest] = [0, 0, 0];
      of = {};
      let most = process.memoryUsage.rss();
      const look = () => {
        most = Math.max(most, process.memoryUsage.rss());
      };
      const timer = setInterval(look, SAMPLE_MILLISECONDS);
      const [start, before] = [performance.now(), process.cpuUsage()];
      await run();
      const seconds = (performance.now() - start) / 1_000;
      const { user, system } = process.cpuUsage(before);
      clearInterval(timer);
      look();
      return {
        calls,
        reads: total(Object.values(of)),
        writes,
        seconds,
        busy: (user + system) / 1_000_000,
        megabytes: most / 2 ** 20,
        largest,
        of,
      };
    },
  };
};
