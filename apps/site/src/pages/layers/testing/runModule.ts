/**
 * Runs the text of a module whose imports are given, and returns what it logs.
 *
 * The forms of import that the site's code uses: of everything, of names, and for effect.
 */
export async function runModule(
  code: string,
  modules: Readonly<Record<string, unknown>>,
): Promise<unknown[][]> {
  const body = code
    .replaceAll(/^import \* as (\w+) from '(.+)';$/gm, "const $1 = modules['$2'];")
    .replaceAll(/^import (\{.*\}) from '(.+)';$/gm, "const $1 = modules['$2'];")
    .replaceAll(/^import '.+';$/gm, '');
  const logged: unknown[][] = [];
  const console = { log: (...values: unknown[]) => logged.push(values) };
  const AsyncFunction = (async () => {}).constructor as new (
    ...parts: string[]
  ) => (...given: unknown[]) => Promise<void>;
  await new AsyncFunction('modules', 'console', body)(modules, console);
  return logged;
}

/** What the copied code of a layer page imports. */
export async function loadModules(): Promise<Readonly<Record<string, unknown>>> {
  await import('@tensorflow/tfjs-backend-cpu');
  return {
    '@tensorflow/tfjs-core': await import('@tensorflow/tfjs-core'),
    '@tensorflow/tfjs-layers': await import('@tensorflow/tfjs-layers'),
    '@polyneuron/layers': await import('@polyneuron/layers'),
  };
}
