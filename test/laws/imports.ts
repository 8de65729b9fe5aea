import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

export type Source = { readonly file: string; readonly text: string };
type Law = {
  readonly folder: string;
  readonly may: readonly string[];
  readonly packages: readonly string[];
  readonly because: string;
};

/** The features of shared/, lowest first. A feature imports those below it only. */
const FEATURES = [
  'kernel',
  'platform',
  'registry',
  'stock',
  'transfers',
  'materials',
  'ledger',
  'billing',
  'day-close',
  'reconciliation',
  'replenishment',
  'alerts',
  'notifications',
  'reports',
  'showcase',
  'api',
] as const;

/** Packages of a feature, where it needs others than its stores, its schemas and Node. */
const PACKAGES: Partial<Record<(typeof FEATURES)[number], readonly string[]>> = {
  kernel: ['zod', 'node:crypto'],
  platform: [
    '@aws-sdk/',
    '@aws-lambda-powertools/',
    'aws-lambda',
    'csv-parse',
    'csv-stringify',
    'hyparquet-writer',
    'zod',
    'node:async_hooks',
    'node:crypto',
    'node:dgram',
    'node:fs/promises',
    'node:http',
    'node:https',
    'node:timers/promises',
    'node:zlib',
    'p-map',
  ],
  billing: [
    '@myriaddreamin/typst-ts-web-compiler',
    'node:events',
    'node:fs/promises',
    'node:worker_threads',
    'uqr',
    'zod',
  ],
  reports: ['node:crypto', 'zod'],
  api: ['zod'],
};

/** The imports that each folder may have. Itself is always allowed; `packages` are prefixes. */
export const LAWS: readonly Law[] = [
  ...FEATURES.map((feature, at) => ({
    folder: `shared/${feature}`,
    may: FEATURES.slice(0, at).map((below) => `shared/${below}`),
    packages: PACKAGES[feature] ?? ['@aws-sdk/', 'zod', 'node:crypto', 'node:zlib'],
    because: 'a feature knows the features below it only',
  })),
  {
    folder: 'functions',
    // The contract of all operations is 100 KB in a bundle. A function takes those that it answers.
    may: [
      ...FEATURES.filter((feature) => feature !== 'api').map((feature) => `shared/${feature}`),
      'shared/api/docs-page.ts',
      'shared/api/service-contract.ts',
    ],
    packages: ['@aws-sdk/client-', 'aws-lambda'],
    because: 'a function knows features and its own folder; test/laws/dependencies.test.ts says which file makes what',
  },
  {
    folder: 'infra',
    may: ['shared/api', 'shared/notifications', 'shared/platform', 'web/build'],
    packages: ['@aws-sdk/client-s3', 'aws-cdk-lib', 'constructs', 'cdk-nag', 'node:'],
    because: 'stacks are made from the contract, never from handlers',
  },
  {
    folder: 'local',
    may: ['functions', 'shared', 'web/build'],
    packages: ['@aws-sdk/', 'aws-lambda', 'cli-progress', 'csv-parse', 'esbuild', 'jose', 'zod', 'node:'],
    because: 'it stands in for the cloud, and nothing of the cloud or of a test may come to lean on it',
  },
  {
    folder: 'bench',
    may: ['local', 'shared', 'test/kit', 'web/build'],
    packages: ['@aws-sdk/client-dynamodb', 'csv-parse', 'esbuild', 'node:', 'playwright-core'],
    because: 'it measures Bahi as it runs on this machine, on the small book of the tests',
  },
  {
    folder: 'simulate',
    may: ['local', 'shared/api', 'shared/platform'],
    packages: ['@aws-sdk/client-dynamodb', 'node:'],
    because: 'what keeps the truth shares no code with what it checks, and a test may come to lean on it',
  },
  {
    folder: 'web',
    may: ['shared'],
    packages: [
      'acorn',
      'esbuild',
      'idb',
      'node:',
      'preact',
      '@fontsource/',
      '@point-of-sale/',
      '@preact/signals',
      'topojson-',
      'uplot',
      'barcode-detector',
      'zxing-wasm',
      'workbox-',
    ],
    because: 'a phone decides by the code of the server, and has nothing else of it',
  },
];

const IMPORT = /(?:^|\n)\s*(?:import|export)\s(?:[^'"`;]*?\sfrom\s)?['"]([^'"]+)['"]|import\(['"]([^'"]+)['"]\)/g;

/** A file's imports as written; imports of our own files as paths from the root. */
export const importsOf = ({ file, text }: Source): string[] =>
  [...text.matchAll(IMPORT)].map(([, still, lazy]) => {
    const named = still ?? lazy ?? '';
    return named.startsWith('.') ? normalize(join(dirname(file), named)) : named;
  });

/** A function folder may not import another: what two need belongs in shared. */
const homeOf = (file: string, folder: string): string =>
  folder === 'functions' ? file.split('/').slice(0, 2).join('/') : folder;

/** In the folder, or the very file. */
const isIn = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

/** Every import that a law forbids, in a sentence. */
export const breaches = (sources: readonly Source[]): string[] =>
  sources.flatMap((source) => {
    const law = LAWS.find(({ folder }) => isIn(source.file, folder));
    if (!law) return [];
    const allowed = [homeOf(source.file, law.folder), ...law.may];
    return importsOf(source)
      .filter((named) => {
        const ours = /^(shared|functions|infra|local|test|bench|simulate|web)\//.test(named);
        return ours
          ? !allowed.some((folder) => isIn(named, folder))
          : !law.packages.some((prefix) => named.startsWith(prefix));
      })
      .map((named) => `${source.file} imports ${named}: ${law.folder} may not, because ${law.because}`);
  });

/** A circle of files that import one another, if there is one. */
export const circleIn = (sources: readonly Source[]): string[] | undefined => {
  const graph = new Map(sources.map((source) => [source.file, importsOf(source)]));
  const finished = new Set<string>();
  const visit = (file: string, above: readonly string[]): string[] | undefined => {
    if (above.includes(file)) return [...above.slice(above.indexOf(file)), file];
    if (finished.has(file)) return undefined;
    for (const next of graph.get(file) ?? []) {
      const circle = visit(next, [...above, file]);
      if (circle) return circle;
    }
    finished.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const circle = visit(file, []);
    if (circle) return circle;
  }
  return undefined;
};

/** All our TypeScript under these folders. */
export const sourcesUnder = (...folders: readonly string[]): Source[] =>
  folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)))
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => ({ file, text: readFileSync(file, 'utf8') }));
