/** @file The example of every page compiles under the checks of this workspace, runs, and prints what it says. */
import { format } from 'node:util';
import ts from 'typescript';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { readPageFiles } from './pageFiles.js';

/** What examples may import: what README tells a reader to install. */
const modules = {
  '@tensorflow/tfjs-backend-cpu': () => import('@tensorflow/tfjs-backend-cpu'),
  '@tensorflow/tfjs-core': () => import('@tensorflow/tfjs-core'),
  '@tensorflow/tfjs-layers': () => import('@tensorflow/tfjs-layers'),
  '@polyneuron/layers': () => import('@polyneuron/layers'),
} as const;

const examples = [...readPageFiles()].flatMap(([path, text]) =>
  [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => ({ path, code: code! })),
);

describe('the examples of docs/layers', () => {
  let loaded: Readonly<Record<string, unknown>>;
  beforeAll(async () => {
    const entries = Object.entries(modules).map(async ([name, load]) => [name, await load()] as const);
    loaded = Object.fromEntries(await Promise.all(entries));
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('have right types', () => {
    expect(typeErrors()).toEqual([]);
  });

  it.each(examples)('$path prints what it says', async ({ code }) => {
    const claimed = [...code.matchAll(/\/\/ => (.*)$/gm)].map(([, text]) => text);
    expect(claimed.length).toBeGreaterThan(0);
    const printed: string[] = [];
    vi.spyOn(console, 'log').mockImplementation((...values: unknown[]) => {
      printed.push(...format(...values).split('\n'));
    });
    await run(code, loaded);
    expect(printed).toEqual(claimed);
  });
});

/** Runs a module's text with the imports given, in this process. */
async function run(code: string, imports: Readonly<Record<string, unknown>>): Promise<void> {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS },
  });
  const require = (name: string) => {
    if (name in imports) return imports[name];
    throw new Error(`the example imports '${name}', which is none of ${Object.keys(imports).join(', ')}`);
  };
  const AsyncFunction = (async () => {}).constructor as new (
    ...parts: string[]
  ) => (...given: unknown[]) => Promise<void>;
  await new AsyncFunction('require', 'exports', outputText)(require, {});
}

function typeErrors(): string[] {
  const folder = new URL('../../../../', import.meta.url).pathname;
  const config = ts.getParsedCommandLineOfConfigFile(
    `${folder}tsconfig.test.json`,
    {},
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
        throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'));
      },
    },
  )!;
  const texts = new Map(
    examples.map(({ path, code }) => [
      `${folder}apps/cli/src/docs/examples/${path.replace('.md', '.ts')}`,
      code,
    ]),
  );
  const host = ts.createCompilerHost(config.options);
  const program = ts.createProgram([...texts.keys()], config.options, {
    ...host,
    fileExists: (name) => texts.has(name) || host.fileExists(name),
    readFile: (name) => texts.get(name) ?? host.readFile(name),
    getSourceFile: (name, version) => {
      const text = texts.get(name);
      return text === undefined
        ? host.getSourceFile(name, version)
        : ts.createSourceFile(name, text, version);
    },
  });
  return [...texts.keys()].flatMap((name) => {
    const file = program.getSourceFile(name)!;
    const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    return found.map(
      ({ messageText }) =>
        `${name.slice(folder.length)}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    );
  });
}
