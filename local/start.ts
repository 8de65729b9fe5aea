import './quiet.ts';
import { buildWeb, stopBuilding } from '../web/build/build.ts';
import { type Bahi, openBahi } from './bahi.ts';
import { openDemoBook } from './demo-book/open.ts';
import { movableClock } from './demo-book/past-days.ts';
import { type BookHome, openHome } from './home.ts';
import { renderInvitation } from './invitation.ts';
import { startSchedule, watchParent } from './schedule.ts';

/** `npm start`: runs until Ctrl-C or the end of npm. */
let home: BookHome | undefined;
let bahi: Bahi | undefined;
let stopTime = async (): Promise<void> => undefined;
let stopping = false;

const stop = async (exitCode: number): Promise<void> => {
  if (stopping) return;
  stopping = true;
  await stopTime();
  await bahi?.stop();
  await home?.close();
  process.exit(exitCode);
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(0));
watchParent(() => stop(0));

try {
  home = await openHome(process.env);
  const web = await buildWeb();
  await stopBuilding();
  const clock = movableClock();
  bahi = await openBahi({ ...home, web, clock });
  await openDemoBook(bahi, { clock });
  stopTime = startSchedule(bahi);
  console.log(await renderInvitation(bahi));
} catch (error) {
  if (!stopping) console.error(error instanceof Error ? error.message : error);
  await stop(1);
}
