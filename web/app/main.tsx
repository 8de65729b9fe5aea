import { effect } from '@preact/signals';
import { render } from 'preact';
import { checkStorage, readSetting, writeSetting } from '../outbox/database.ts';
import { refreshTerminals } from '../outbox/enrolment.ts';
import { changes, forgetOldVouchers, refreshOutbox } from '../outbox/outbox.ts';
import { startSending } from '../outbox/send.ts';
import { loadBill } from '../stall/bill.ts';
import { loadCatalogue, refreshFromServer, refreshMovements } from '../stall/catalogue.ts';
import { place, resume, user } from './session.ts';
import { Shell } from './shell.tsx';
import { language } from './texts.ts';
import { startServiceWorker } from './update.tsx';

const HOUR = 3_600_000;

const root = document.getElementById('app');

const start = async (): Promise<void> => {
  language.value = (await readSetting('language')) ?? 'hi';
  await Promise.all([refreshTerminals(), refreshOutbox(), loadBill()]);
  const resumed = resume();
  await Promise.race([resumed, new Promise((after) => setTimeout(after, 1_500))]);
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

void start();
