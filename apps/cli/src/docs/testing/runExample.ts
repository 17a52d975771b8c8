/** @file Runs the TypeScript of a documentation page in this process. */
import { format } from 'node:util';
import ts from 'typescript';

/** What an example printed, line by line, with the imports given; console.log is put back whatever happens. */
export async function runExample(
  code: string,
  imports: Readonly<Record<string, unknown>>,
): Promise<string[]> {
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
  const printed: string[] = [];
  const { log } = console;
  console.log = (...values: unknown[]) => {
    printed.push(...format(...values).split('\n'));
  };
  try {
    await new AsyncFunction('require', 'exports', outputText)(require, {});
  } finally {
    console.log = log;
  }
  return printed;
}

/** What an example says that it prints: the rest of each line after `// => `. */
export function claimsOf(code: string): string[] {
  return [...code.matchAll(/\/\/ => (.*)$/gm)].map(([, text]) => text!);
}
