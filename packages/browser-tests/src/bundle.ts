import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const packages = fileURLToPath(new URL('../../', import.meta.url));

/** One ES module of a source file and all that it imports, workspace packages from their sources: never a stale build. */
export async function bundle(entry: string): Promise<string> {
  const build = await rolldown({
    input: entry,
    platform: 'browser',
    logLevel: 'silent',
    treeshake: { moduleSideEffects: 'no-external' },
    external: [/^node:(?!url$)/],
    plugins: [
      {
        name: 'workspace',
        resolveId: (id) => {
          if (id === 'node:url') return id;
          const [, name, part = 'index'] = /^@polyneuron\/([\w-]+)(?:\/(\w+))?$/.exec(id) ?? [];
          return name ? `${packages}${name}/src/${part}.ts` : undefined;
        },
        // Modules that find files beside them ask for their own path at once; pages have no files
        load: (id) => (id === 'node:url' ? 'export const fileURLToPath = String;' : undefined),
      },
    ],
  });
  const { output } = await build.generate({ format: 'es', codeSplitting: false });
  await build.close();
  return output[0].code;
}
