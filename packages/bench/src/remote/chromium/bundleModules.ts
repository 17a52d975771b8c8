export interface BundledModule {
  /** '/worker.js' for the entry. */
  readonly path: string;
  readonly code: string;
}

export interface BundlingOptions {
  /** The file of a module, before the rules of Node's packages are asked; undefined leaves it to them. */
  readonly find?: (specifier: string) => string | undefined;
}

/**
 * The ES modules of a worker: the file with all that it imports, from the packages installed here, and a module for
 * each dynamic import. They have the versions that Node contenders run, and there is no second build to go stale.
 *
 * Throws   Error where rolldown, an optional peer, is absent, or where a module does not parse
 */
export async function bundleModules(
  entry: string,
  { find = () => undefined }: BundlingOptions = {},
): Promise<readonly BundledModule[]> {
  const { rolldown } = await import('rolldown');
  const build = await rolldown({
    input: { worker: entry },
    platform: 'browser',
    logLevel: 'silent',
    treeshake: { moduleSideEffects: 'no-external' },
    // Only branches for Node ask for these
    external: [/^node:/],
    plugins: [{ name: 'find', resolveId: (id) => find(id) }],
  });
  try {
    const { output } = await build.generate({
      format: 'es',
      entryFileNames: '[name].js',
      chunkFileNames: 'modules/[name]-[hash].js',
    });
    return output.flatMap((file) =>
      file.type === 'chunk' ? [{ path: `/${file.fileName}`, code: file.code }] : [],
    );
  } finally {
    await build.close();
  }
}
