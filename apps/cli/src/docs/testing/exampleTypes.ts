import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** Errors of examples under the checks of this workspace. `examples`: code by a file name that no source has. */
export function typeErrorsOf(examples: ReadonlyMap<string, string>): string[] {
  const folder = fileURLToPath(new URL('../../../../../', import.meta.url));
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
    [...examples].map(([name, code]) => [`${folder}apps/cli/src/docs/examples/${name}`, code]),
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
