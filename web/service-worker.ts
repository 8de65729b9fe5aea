import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

/** Filled in by web/build/service-worker.ts. */
declare const PRECACHED: { readonly url: string; readonly revision: string | null }[];

type Worker = {
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  skipWaiting(): Promise<void>;
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
