import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { openApi } from '../shared/api/openapi.ts';

/** `npm run openapi -- file.json` */
const [file = 'openapi.json'] = process.argv.slice(2);
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, JSON.stringify(openApi()));
console.log(`wrote ${file}`);
