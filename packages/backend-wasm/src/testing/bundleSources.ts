import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const packages = fileURLToPath(new URL('../../../', import.meta.url));

/** What is used of rolldown, which is here as a part of vitest. */
interface Rolldown {
  rolldown(options: object): Promise<{
    generate(options: object): Promise<{ output: readonly { readonly code: string }[] }>;
  }>;
}

async function loadRolldown(): Promise<Rolldown> {
  const fromVitest = createRequire(createRequire(import.meta.url).resolve('vitest/package.json'));
  const fromVite = createRequire(fromVitest.resolve('vite/package.json'));
  return import(pathToFileURL(fromVite.resolve('rolldown')).href);
}

/**
 * One ES module of an entry and all that it imports of this workspace, from the sources: never a stale build. Modules
 * of Node stay imports.
 */
export async function bundleSources(entry: string, { minify = false } = {}): Promise<string> {
  const { rolldown } = await loadRolldown();
  const bundle = await rolldown({
    input: 'entry',
    external: [/^node:/],
    plugins: [
      {
        name: 'workspace',
        resolveId: (id: string) => {
          const [, name] = /^@polyneuron\/([\w-]+)$/.exec(id) ?? [];
          return id === 'entry' ? id : name ? `${packages}${name}/src/index.ts` : undefined;
        },
        load: (id: string) => (id === 'entry' ? entry : undefined),
      },
    ],
  });
  const { output } = await bundle.generate({ format: 'es', minify, codeSplitting: false });
  if (output.length !== 1) throw new Error(`expected one module, got ${output.length}`);
  return output[0].code;
}
