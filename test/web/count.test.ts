import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectOk } from '../kit/book.ts';
import { browserPath, openStallBrowser, type StallBrowser } from './fixtures/stall.ts';

const MORE = 90;

describe.skipIf(!browserPath)('A count of many items', () => {
  let stall: StallBrowser;
  let page: Page;
  beforeAll(async () => {
    stall = await openStallBrowser();
    const columns = 'id,name,nameHi,product,seller,unit,hsn,reorderPoint,price_rupees,mrp_rupees,gst_percent';
    const rows = Array.from(
      { length: MORE },
      (_, at) => `WEB-LONG-${at},Scarf ${at},हाथ का रूमाल ${at},KURTA,LKO1,piece,6211,0,899,999,5`,
    );
    expectOk(await stall.admin.importEntries({ path: { kind: 'items' }, body: [columns, ...rows].join('\n') }));
    ({ page } = await stall.openEnrolledPhone());
  });
  afterAll(() => stall?.close());
  const rows = () => page.locator('.line').count();
  const total = async () => Number((await page.locator('progress').getAttribute('max')) ?? 0);

  it('Only the first rows are drawn at once, and scrolling to the end draws all.', async () => {
    await page.goto(`${stall.link.url}/#/count`);
    await page.locator('.line').first().waitFor();
    expect(await total()).toBeGreaterThanOrEqual(MORE);
    expect(await rows()).toBeLessThan(MORE);
    await expect
      .poll(async () => {
        await page.mouse.wheel(0, 2_000);
        return rows();
      })
      .toBe(await total());
  });

  it('A screen taller than the first rows is filled without scrolling.', async () => {
    await page.goto(`${stall.link.url}/#/goods`);
    await page.setViewportSize({ width: 800, height: 4_000 });
    await page.goto(`${stall.link.url}/#/count`);
    await expect.poll(rows).toBeGreaterThan(50);
  });
});
