import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

/** Filled in by web/build/service-worker.ts. */
declare const PRECACHED: { readonly url: string; readonly revision: string | null }[];

type Worker = {
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'activate', listener: (event: { waitUntil(work: Promise<void>): void }) => void): void;
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
};

const worker = globalThis as unknown as Worker;

/**
 * Only the screens: vouchers are in IndexedDB, and answers of the API must not be repeated from a
 * cache.
 */
precacheAndRoute(PRECACHED);
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { allowlist: [/^\/$/] }));

/** A new version waits until a person says so: a reload must not come in the middle of a sale. */
worker.addEventListener('message', ({ data }) => {
  if (data === 'skip-waiting') worker.skipWaiting();
});

/** The page that installed it can open its other screens without a link, without a reload. */
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));
