import { readFile } from 'node:fs/promises';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { buildWeb, stopBuilding, type WebFile } from '../web/build/build.ts';
import { cacheControl, configFile, type WebConfig } from '../web/build/web-host.ts';

/** In the order of upload: files before the page that names them, the service worker last. */
export const uploadsOf = (files: readonly WebFile[], config: WebConfig): WebFile[] => {
  const rank = ({ path, immutable }: WebFile): number =>
    immutable ? 0 : path === '/service-worker.js' ? 3 : path === '/index.html' ? 2 : 1;
  return [...files, configFile(config)].sort((one, other) => rank(one) - rank(other));
};

type Outputs = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * Bucket and sign-in settings of the web stack, from the file of `cdk deploy --outputs-file`.
 *
 * @throws Error if a web stack or one of its outputs is not in it.
 */
export const siteIn = (outputs: Outputs): { readonly bucket: string; readonly config: WebConfig } => {
  const [stack] = Object.entries(outputs).flatMap(([name, values]) => (name.endsWith('Web') ? [values] : []));
  const { SiteBucket: bucket, SignInUrl: url, WebClientId: client } = stack ?? {};
  if (!bucket || !url || !client)
    throw new Error('The file has no outputs of the web stack: npx cdk deploy --all --outputs-file outputs.json.');
  return { bucket, config: { signIn: 'hosted', url, client } };
};

/** `node infra/publish-web.ts outputs.json`. Safe to repeat. */
const publish = async (outputsFile: string): Promise<void> => {
  const { bucket, config } = siteIn(JSON.parse(await readFile(outputsFile, 'utf8')));
  const files = uploadsOf(await buildWeb(), config);
  await stopBuilding();
  const s3 = new S3Client();
  for (const file of files) {
    const { path, type, body } = file;
    await s3.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: path.slice(1),
        Body: body,
        ContentType: type,
        CacheControl: cacheControl(file),
      }),
    );
    console.log(path);
  }
};

if (import.meta.main) await publish(process.argv[2] ?? 'outputs.json');
