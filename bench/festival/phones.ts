// The phones of bench/festival: a process of their own. Live sales leave at a fixed rate.
import { setTimeout as pause } from 'node:timers/promises';

export type DeviceRequest = { readonly method: string; readonly url: string; readonly body: string };
export type PhonesOrder = {
  readonly token: string;
  /** Each list is one device's, in order. */
  readonly devices: readonly (readonly DeviceRequest[])[];
  /** Requests a second over all devices, each in its turn. Without it, all devices send at once. */
  readonly rate?: number;
};
export type PhonesReport = {
  /** Milliseconds from the moment at which each request was due to its answer. */
  readonly latencies: readonly number[];
  readonly busy: number;
  readonly later: number;
  readonly refused: readonly string[];
};

const REFUSED = /"outcome":"(refused|held)"/;
/** The server had no time for all vouchers: a phone sends these again. */
const LATER = '"outcome":"later"';

process.on('message', async ({ token, devices, rate }: PhonesOrder) => {
  const latencies: number[] = [];
  const refused: string[] = [];
  let busy = 0;
  let later = 0;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const send = async ({ method, url, body }: DeviceRequest, due: number): Promise<void> => {
    for (;;) {
      const answer = await fetch(url, { method, headers, body });
      const text = await answer.text();
      if (answer.status === 503) {
        busy++;
        await pause(1_000 * Number(answer.headers.get('retry-after') ?? 1));
        continue;
      }
      if (text.includes(LATER)) {
        later++;
        continue;
      }
      if (!answer.ok || REFUSED.test(text)) refused.push(text.slice(0, 300));
      latencies.push(performance.now() - due);
      return;
    }
  };
  const begun = performance.now();
  if (rate === undefined)
    await Promise.all(
      devices.map(async (requests) => {
        for (const one of requests) await send(one, performance.now());
      }),
    );
  else {
    const inTurn = (devices[0] ?? []).flatMap((_one, at) => devices.flatMap((requests) => requests[at] ?? []));
    await Promise.all(
      inTurn.map(async (one, at) => {
        const due = begun + (1_000 * at) / rate;
        await pause(Math.max(0, due - performance.now()));
        await send(one, due);
      }),
    );
  }
  process.send?.({ latencies, busy, later, refused } satisfies PhonesReport);
});
