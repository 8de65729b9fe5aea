#!/usr/bin/env bash
# Packages: aws-cdk-lib 2.276.0, constructs 10.8.1, esbuild 0.28.2 (npm).
#
# Behaviour: `NodejsFunction` takes `bundling: { charset: Charset.UTF8 }`, documents it and checks its type, but gives
# esbuild no `--charset`. Each Hindi letter stays an escape of six bytes. The same option by `esbuildArgs` works.
# (Upstream: aws/aws-cdk issue 32649, open.)
#
# Output seen (a handler with ten Hindi names, minified):
#   no charset                   escaped true, bundle 1.4 times as large as with UTF-8
#   charset: Charset.UTF8        escaped true, bundle 1.4 times as large as with UTF-8
#   esbuildArgs --charset=utf8   escaped false
#
# Why it matters: a function with Hindi messages is larger and starts later than its author thinks, and the synthesis
# is quiet. Look into the bundle, or weigh it in a test.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix . aws-cdk-lib@2.276.0 constructs@10.8.1 esbuild@0.28.2 >/dev/null
cat >handler.mjs <<'JS'
const words = ['बनारसी साड़ी', 'चिकनकारी कुरता', 'पीतल का दीपक', 'कन्नौज का इत्र', 'काँच की चूड़ियाँ', 'मिट्टी के बर्तन', 'लकड़ी के खिलौने', 'चमड़े के जूते', 'फ़िरोज़ाबाद', 'मुरादाबाद'];
export const handler = async ({ word }) => words[word];
JS
cat >probe.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Charset, NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';

const bundle = (id, bundling) => {
  const app = new App({ outdir: `out-${id}` });
  const stack = new Stack(app, 'Shop');
  new NodejsFunction(stack, 'Handler', {
    entry: join(process.cwd(), 'handler.mjs'),
    depsLockFilePath: join(process.cwd(), 'package-lock.json'),
    bundling: { minify: true, ...bundling },
  });
  const { assets } = app.synth().getStackArtifact(stack.artifactId);
  const manifest = JSON.parse(readFileSync(`out-${id}/Shop.assets.json`, 'utf8'));
  const { path } = Object.values(manifest.files).find(({ source }) => source.packaging === 'zip').source;
  return readFileSync(`out-${id}/${path}/index.js`, 'utf8');
};
const cases = [
  ['no charset', bundle('none', {})],
  ['charset: Charset.UTF8', bundle('charset', { charset: Charset.UTF8 })],
  ['esbuildArgs --charset=utf8', bundle('args', { esbuildArgs: { '--charset': 'utf8' } })],
];
const bytes = (text) => Buffer.byteLength(text);
const escaped = (text) => text.includes('\\u09');
const least = bytes(cases[2][1]);
for (const [name, text] of cases) {
  const size = bytes(text) === least ? '' : `, bundle ${(bytes(text) / least).toFixed(1)} times as large as with UTF-8`;
  console.log(`${name.padEnd(28)} escaped ${escaped(text)}${size}`);
}
const asSeen = cases.map(([, text]) => escaped(text)).join() === 'true,true,false';
console.log(asSeen ? 'as described' : 'CHANGED');
process.exit(asSeen ? 0 : 1);
JS
node probe.mjs 2>log || { cat log; exit 1; }
