import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createIssuer } from '../../local/issuer.ts';
import { systemClock } from '../../shared/platform/runtime.ts';
import { expectOk } from '../kit/book.ts';
import { CLIENT, openHostedSignIn } from './fixtures/hosted-sign-in.ts';
import { browserPath, openStallBrowser, STALL, type StallBrowser, sell, waitUntilSent } from './fixtures/stall.ts';

describe.skipIf(!browserPath)('Signing in to the practice book', () => {
  let stall: StallBrowser;
  beforeAll(async () => {
    stall = await openStallBrowser();
  });
  afterAll(() => stall?.close());

  const seesFirstPage = async (name: string, title: string) => {
    for (const width of [320, 1_280]) {
      const { page, context } = await stall.openPhone({ viewport: { width, height: 800 } });
      await page.getByRole('button', { name: 'Switch to English' }).click();
      await page.getByRole('button', { name }).click();
      await page.getByRole('heading', { name: title, level: 1 }).waitFor();
      await context.close();
    }
  };

  it('An officer sees their first page, on a phone and on a wide screen.', { tags: 'long' }, () =>
    seesFirstPage('Meena Tripathi', 'Overview'),
  );

  it.each([
    ['Asha Maurya', 'Set up this phone'],
    ['Munni Kashyap', 'Set up this phone'],
    ['Noorjahan Khatoon', 'My requests'],
    ['Ravi Shukla', 'Uttar Pradesh'],
  ])('%s sees the first page of their role, on a phone and on a wide screen.', { tags: 'long' }, seesFirstPage);

  it('A stall does not load the screens of other roles.', { tags: 'long' }, async () => {
    const { page, context } = await stall.openEnrolledPhone();
    const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
    expect(loaded.filter((name) => /(depot|artisan|officer)-app/.test(name))).toEqual([]);
    await context.close();
  });
});

describe.skipIf(!browserPath)('Signing in by a hosted page', () => {
  let stall: StallBrowser;
  let hosted: Awaited<ReturnType<typeof openHostedSignIn>>;
  let page: Page;
  /** The server refuses such a token with 401, as it does an expired one. */
  let isExpired = false;
  beforeAll(async () => {
    hosted = await openHostedSignIn();
    stall = await openStallBrowser({ signIn: 'hosted', url: hosted.url, client: CLIENT });
    const stranger = await createIssuer(undefined, systemClock);
    const account = (name: string, scope: string) => ({
      name,
      token: (grant: string) =>
        (isExpired && grant === 'authorization_code' ? stranger : stall.bahi.issuer).token({
          role: 'outlet',
          scope: [scope],
          sub: name,
        }),
    });
    hosted.accounts = [account('asha', `location:${STALL}`), account('zakir', 'location:LKO-02')];
    ({ page } = await stall.openPhone());
  });
  afterAll(async () => {
    await stall?.close();
    await hosted?.close();
  });

  /** All storage of this page in the browser, as text. */
  const storage = (on: Page): Promise<string> =>
    on.evaluate(
      () =>
        new Promise<string>((done, fail) => {
          const opening = indexedDB.open('bahi');
          opening.onerror = () => fail(opening.error);
          opening.onsuccess = () => {
            const reading = opening.result.transaction('settings').objectStore('settings').getAll();
            reading.onsuccess = () => {
              opening.result.close();
              done(JSON.stringify([reading.result, { ...localStorage }, { ...sessionStorage }, document.cookie]));
            };
          };
        }),
    );

  it('A person signs in there, and comes back to the first page of their role.', async () => {
    await page.getByRole('button', { name: 'बही में आएँ' }).click();
    await page.getByRole('button', { name: 'asha' }).click();
    await page.getByRole('heading', { name: 'इस फ़ोन को जोड़ें' }).waitFor();
    expect(hosted.grants).toEqual(['authorization_code']);
    expect(page.url()).toBe(`${stall.link.url}/`);
  });

  it('No token is stored, and the verifier is gone.', async () => {
    const stored = await storage(page);
    expect(stored).not.toMatch(/eyJ[\w-]+\.|refresh|"verifier"/);
    expect(stored).toContain('"signIn":"hosted"');
  });

  it('An expired token is renewed without a person, and the same request is sent again.', {
    tags: 'long',
  }, async () => {
    isExpired = true;
    const { page: other, context } = await stall.openPhone();
    await other.getByRole('button', { name: 'बही में आएँ' }).click();
    await other.getByRole('button', { name: 'asha' }).click();
    await other.getByRole('heading', { name: 'इस फ़ोन को जोड़ें' }).waitFor();
    const { code } = expectOk(
      await stall.admin.issueEnrolmentCode({ path: { location: STALL }, body: { seller: 'LKO1' } }),
    );
    await other.getByLabel('कोड', { exact: true }).fill(code);
    await other.getByLabel('आपका नाम').selectOption({ label: 'Asha' });
    await other.getByRole('button', { name: 'फ़ोन जोड़ें' }).click();
    await other.locator('.item-pick').first().waitFor();
    isExpired = false;
    expect(hosted.grants.filter((grant) => grant === 'refresh_token')).toHaveLength(1);
    await context.close();
  });

  it('After a reload the stall sells on, and sends once the person has signed in again.', async () => {
    const { code } = expectOk(
      await stall.admin.issueEnrolmentCode({ path: { location: STALL }, body: { seller: 'LKO1' } }),
    );
    await page.getByLabel('कोड', { exact: true }).fill(code);
    await page.getByLabel('आपका नाम').selectOption({ label: 'Asha' });
    await page.getByRole('button', { name: 'फ़ोन जोड़ें' }).click();
    await page.locator('.item-pick').first().waitFor();
    await page.reload();
    const number = await sell(page, 'एम');
    const again = page.getByRole('button', { name: 'भेजने के लिए फिर से साइन इन करें' });
    await again.waitFor();
    expect(await stall.recorded()).not.toContain(number);
    await again.click();
    await waitUntilSent(page);
    expect(await stall.recorded()).toContain(number);
  });

  it('A code that this phone did not ask for is refused unseen.', { tags: 'long' }, async () => {
    const { page: other, context } = await stall.openPhone();
    const before = hosted.grants.length + hosted.refused.length;
    await other.goto(`${stall.link.url}/?code=stolen&state=strange`);
    await other.getByRole('alert').waitFor();
    expect(hosted.grants.length + hosted.refused.length).toBe(before);
    expect(other.url()).toBe(`${stall.link.url}/`);
    await context.close();
  });

  it('Another account does not take over what is unsent.', { tags: 'long' }, async () => {
    stall.link.state = 'cut';
    const number = await sell(page, 'एल');
    stall.link.state = 'open';
    await page.context().clearCookies();
    await page.reload();
    await page.getByRole('button', { name: 'भेजने के लिए फिर से साइन इन करें' }).click();
    await page.getByRole('button', { name: 'zakir' }).click();
    await page.getByText('इस फ़ोन में किसी और खाते की बिक्री').waitFor();
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'भेजने के लिए फिर से साइन इन करें' }).click();
    await page.getByRole('button', { name: 'asha' }).click();
    await waitUntilSent(page);
    expect(await stall.recorded()).toContain(number);
  });

  it('Sign-out revokes the refresh token and ends the session of the hosted page.', { tags: 'long' }, async () => {
    await page.goto(`${stall.link.url}/#/more`);
    await page.getByRole('button', { name: 'बाहर जाएँ' }).click();
    await page.getByRole('button', { name: 'बही में आएँ' }).click();
    await page.getByRole('button', { name: 'asha' }).waitFor();
    // Zakir's token, which the phone refused, and Asha's.
    expect(hosted.revoked).toBe(2);
    expect(await stall.audit()).toMatchObject({ drifts: [] });
  });
});
