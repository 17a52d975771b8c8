import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';
import type { EntryPoint } from './workspace.js';

/** Optional peers and what only Node has are not part of a bundle. */
const outside = [
  /^node:/,
  /^@tensorflow\//,
  /^@jax-js\//,
  /^onnx(-proto|runtime-)/,
  /^koffi$/,
  /^playwright-core$/,
  /^rolldown$/,
];

/** Minified script of `import ... from '<entry>'`; with 'nothing', of an import that uses no name of it. */
export async function bundleEntry({ script }: EntryPoint, use: 'everything' | 'nothing'): Promise<string> {
  const code =
    use === 'everything'
      ? `export * from ${JSON.stringify(script)};`
      : `import * as all from ${JSON.stringify(script)}; void all;`;
  const virtual = '\0entry';
  const build = await rolldown({
    input: 'entry',
    platform: 'node',
    logLevel: 'silent',
    external: outside,
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === 'entry' ? virtual : undefined),
        load: (id) => (id === virtual ? code : undefined),
      },
    ],
  });
  const { output } = await build.generate({ format: 'es', codeSplitting: false, minify: true });
  await build.close();
  return output[0].code;
}

/** Bytes over the wire. */
export function gzippedSize(code: string): number {
  return gzipSync(code, { level: 9 }).length;
}
