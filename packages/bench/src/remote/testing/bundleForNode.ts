/** @file Modules of this workspace, from their sources, for processes that read no TypeScript. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const packages = fileURLToPath(new URL('../../../../', import.meta.url));

/** Finds workspace packages by their sources: never a stale build. */
export function workspaceSource(specifier: string): string | undefined {
  const [, name, part = 'index'] = /^@polyneuron\/([\w-]+)(?:\/(\w+))?$/.exec(specifier) ?? [];
  return name ? `${packages}${name}/src/${part}.ts` : undefined;
}

/** A script in a new folder below the system's temporary one; the caller removes the folder. */
export async function bundleForNode(
  entry: URL,
): Promise<{ readonly folder: string; readonly script: string }> {
  const build = await rolldown({
    input: fileURLToPath(entry),
    platform: 'node',
    logLevel: 'silent',
    treeshake: { moduleSideEffects: 'no-external' },
    plugins: [{ name: 'workspace', resolveId: (id) => workspaceSource(id) }],
  });
  const folder = mkdtempSync(join(tmpdir(), 'polyneuron-remote-'));
  const script = join(folder, 'script.mjs');
  await build.write({ file: script, format: 'es', codeSplitting: false });
  await build.close();
  return { folder, script };
}
