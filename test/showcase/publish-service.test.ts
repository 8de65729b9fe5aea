import { describe, expect, it } from 'vitest';
import { localPages } from '../../local/showcase-files.ts';
import { type PublicFiles, publishPages } from '../../shared/showcase/publish-service.ts';

const page = (path: string, body: string | Error) => ({
  path,
  type: 'text/html',
  render: () => {
    if (body instanceof Error) throw body;
    return body;
  },
});

/** Files that note what is written, and refuse some paths. */
const notedFiles = (refused: ReadonlySet<string> = new Set()) => {
  const files = localPages(undefined);
  const writes: string[] = [];
  const noted: PublicFiles = {
    ...files,
    write: async (path, file) => {
      if (refused.has(path)) throw new Error(`no room for ${path}`);
      writes.push(path);
      await files.write(path, file);
    },
  };
  return { files: noted, writes };
};

describe('Publishing', () => {
  it('Only changed pages are written, and pages that are no more are removed.', async () => {
    const { files, writes } = notedFiles();
    await publishPages(files, 'PBT', [page('showcase/a.html', 'A'), page('showcase/b.html', 'B')]);
    writes.length = 0;
    const unchanged = await publishPages(files, 'PBT', [page('showcase/a.html', 'A'), page('showcase/b.html', 'B')]);
    expect([unchanged.written, unchanged.removed, writes]).toEqual([0, 0, []]);
    const second = await publishPages(files, 'PBT', [page('showcase/a.html', 'A2')]);
    expect([second.written, second.removed]).toEqual([1, 1]);
    expect(writes).toEqual(['manifest/PBT.json', 'showcase/a.html', 'manifest/PBT.json']);
    expect(await files.read('showcase/b.html')).toBeUndefined();
  });

  it('After a crash at any write, the next run shows what it should: no withdrawn name stays.', async () => {
    const anonymous = [page('showcase/a.html', 'A'), page('showcase/b.html', 'B')];
    const named = [page('showcase/a.html', 'A by Rani'), page('showcase/c.html', 'C by Rani')];
    for (let crash = 1; crash <= 4; crash++) {
      const { files } = notedFiles();
      await publishPages(files, 'PBT', anonymous);
      let writes = 0;
      const dying: PublicFiles = {
        ...files,
        write: async (path, file) => {
          writes += 1;
          if (writes >= crash) throw new Error('the process died');
          await files.write(path, file);
        },
      };
      await publishPages(dying, 'PBT', named).catch(() => undefined);
      (await publishPages(files, 'PBT', anonymous)).finish();
      const shown = await Promise.all(['a', 'b', 'c'].map((name) => files.read(`showcase/${name}.html`)));
      expect([crash, ...shown]).toEqual([crash, 'A', 'B', undefined]);
    }
  });

  it('A part touches no page of another.', async () => {
    const { files } = notedFiles();
    await publishPages(files, 'PBT', [page('showcase/a.html', 'A')]);
    await publishPages(files, 'LKO', [page('showcase/c.html', 'C')]);
    await publishPages(files, 'LKO', []);
    expect([await files.read('showcase/a.html'), await files.read('showcase/c.html')]).toEqual(['A', undefined]);
  });

  it('A page that fails stops no other, stays as it was, and is tried again.', async () => {
    const refused = new Set(['showcase/b.html']);
    const { files } = notedFiles(refused);
    const pages = [
      page('showcase/x.html', new Error('no text')),
      page('showcase/b.html', 'B'),
      page('showcase/c.html', 'C'),
    ];
    const first = await publishPages(files, 'PBT', pages);
    expect(await files.read('showcase/c.html')).toBe('C');
    expect(() => first.finish()).toThrow('2 tasks failed');
    refused.clear();
    const again = await publishPages(files, 'PBT', [page('showcase/x.html', 'X'), ...pages.slice(1)]);
    again.finish();
    expect(again.written).toBe(2);
  });
});
