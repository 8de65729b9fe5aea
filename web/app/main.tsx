import { effect } from '@preact/signals';
import { render } from 'preact';
import { checkStorage, readSetting, writeSetting } from '../outbox/database.ts';
import { refreshTerminals } from '../outbox/enrolment.ts';
import { changes, forgetOldVouchers, refreshOutbox } from '../outbox/outbox.ts';
import { startSending } from '../outbox/send.ts';
import { loadBill } from '../stall/bill.ts';
import { loadCatalogue, refreshFromServer, refreshMovements } from '../stall/catalogue.ts';
import { route } from './route.ts';
import { place, recallUser, resume, user } from './session.ts';
import { Shell } from './shell.tsx';
import { language } from './texts.ts';
import { startServiceWorker } from './update.tsx';

const HOUR = 3_600_000;

const root = document.getElementById('app');

const start = async (): Promise<void> => {
  language.value = (await readSetting('language')) ?? 'hi';
  await Promise.all([recallUser(), refreshTerminals(), refreshOutbox(), loadBill()]);
  const resumed = resume();
  if (!sellsWithoutServer()) await Promise.race([resumed, new Promise((after) => setTimeout(after, 1_500))]);
  effect(() => {
    document.documentElement.lang = language.value;
    void writeSetting('language', language.value);
  });
  effect(() => {
    const here = place.value;
    if (user.value && here) void loadCatalogue(here).then(() => refreshFromServer(here));
  });
  effect(() => {
    if (changes.value > 0) void refreshMovements();
  });
  if (root) {
    root.textContent = '';
    render(<Shell />, root);
  }
  await resumed;
  if (place.value) void refreshFromServer(place.value);
  startSending();
  startServiceWorker();
  await forgetOldVouchers();
  await checkStorage();
  setInterval(checkStorage, HOUR);
};

/** The goods are on the phone, and the next customer waits. Not on the way back from a sign-in. */
const sellsWithoutServer = (): boolean =>
  user.value?.role === 'outlet' && ['sell', 'bill'].includes(route.value.screen) && location.search === '';

void start();
