import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { REDOC_FILE } from '../shared/api/docs-page.ts';
import { openApi } from '../shared/api/openapi.ts';

/** `npm run openapi -- file.json`; with `--redoc`, Redoc beside it. */
const [file = 'openapi.json', option] = process.argv.slice(2);
const folder = dirname(file);
mkdirSync(folder, { recursive: true });
writeFileSync(file, JSON.stringify(openApi()));
if (option === '--redoc')
  copyFileSync(new URL(`../web/redoc/${REDOC_FILE}`, import.meta.url), join(folder, REDOC_FILE));
console.log(`wrote ${file}`);
