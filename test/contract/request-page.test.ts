import { expect, it } from 'vitest';
import { requestPage } from '../kit/request-page.ts';

it('docs/requests.md is what the moves of a request are', async () => {
  await expect(requestPage()).toMatchFileSnapshot('../../docs/requests.md');
});
