import { signal } from '@preact/signals';
import { t } from './texts.ts';

/**
 * Set while a new version of the app waits. It never replaces the old one by itself, not even with
 * a full outbox.
 */
const waitingUpdate = signal<ServiceWorker | undefined>(undefined);

/** Another tab took the new version: the worker may lack files of this one. */
export const isOutdated = signal(false);

/** The worker makes the app open without a link. */
export const startServiceWorker = async (): Promise<void> => {
  const workers = navigator.serviceWorker;
  if (!workers) return;
  let last = workers.controller;
  workers.addEventListener('controllerchange', () => {
    isOutdated.value = last !== null;
    last = workers.controller;
  });
  const registration = await workers.register('/service-worker.js').catch(() => undefined);
  if (!registration) return;
  const look = () => {
    if (registration.waiting && workers.controller) waitingUpdate.value = registration.waiting;
  };
  look();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') registration.update().catch(() => undefined);
  });
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', look);
  });
};

/** Vouchers and the bill are in IndexedDB, which the new version opens as it is. */
const switchVersion = (): void => {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  waitingUpdate.value?.postMessage('skip-waiting');
};

export const UpdateBanner = () =>
  waitingUpdate.value ? (
    <p class="banner">
      {t('updateReady')}
      <button type="button" onClick={switchVersion}>
        {t('updateNow')}
      </button>
    </p>
  ) : null;
