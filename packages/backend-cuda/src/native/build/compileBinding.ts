import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { NativeBuildError } from './nativeBuildError.js';
import type { TensorflowLibrary } from './tensorflowLibrary.js';

export interface CompileOptions {
  readonly compiler: string;
  /** Directory of the tfjs-node package. */
  readonly sources: string;
  readonly nodeHeaders: string;
  readonly tensorflow: TensorflowLibrary;
  /** Directory for object files and the result. */
  readonly output: string;
  /** Called when something is done. */
  readonly onDone?: (what: string) => void;
  readonly signal?: AbortSignal;
}

/** Translation units of the binding, in `binding/` of tfjs-node. */
export const units = ['tfjs_backend', 'tfjs_binding'] as const;

const run = promisify(execFile);

/**
 * Compiles and links tfjs-node's sources into one shared library that finds TensorFlow where it lies now.
 *
 * Throws   NativeBuildError with the compiler's first errors
 */
export async function compileBinding(options: CompileOptions, file: string): Promise<void> {
  const { sources, nodeHeaders, tensorflow, output, onDone } = options;
  const includes = [nodeHeaders, tensorflow.include, sources].map((path) => `-I${path}`);
  await Promise.all(
    units.map(async (unit) => {
      const source = join(sources, 'binding', `${unit}.cc`);
      const object = join(output, `${unit}.o`);
      await call(options, ['-std=c++17', '-O2', '-fPIC', '-w', ...includes, '-c', source, '-o', object]);
      onDone?.(`compiled ${unit}.cc`);
    }),
  );
  const objects = units.map((unit) => join(output, `${unit}.o`));
  const [library] = tensorflow.libraries;
  const search = `-Wl,-rpath,${join(library, '..')}`;
  await call(options, ['-shared', ...objects, ...tensorflow.libraries, search, '-o', file]);
  onDone?.('linked');
}

async function call({ compiler, signal }: CompileOptions, args: readonly string[]): Promise<void> {
  try {
    await run(compiler, args, { maxBuffer: 2 ** 24, ...(signal && { signal }) });
  } catch (cause) {
    signal?.throwIfAborted();
    const { stderr = '', message } = cause as { stderr?: string; message: string };
    const errors = stderr.split('\n').filter((line) => /error|undefined reference|cannot find/.test(line));
    throw new NativeBuildError({
      expected: `${compiler} to accept tfjs-node's sources against this TensorFlow`,
      received: `an error: ${errors[0] ?? message.split('\n')[0]}`,
      details: Object.fromEntries(errors.slice(1, 4).map((line, at) => [String(at + 2), line])),
      fix: 'check that headers and libraries are of one TensorFlow 2, and that the compiler knows C++17; CXX names another compiler',
    });
  }
}

/**
 * The compiler to use: `named`, the environment's CXX, g++, clang++ or c++, whichever answers first.
 *
 * Throws   NativeBuildError where none does
 */
export async function findCompiler(
  named: string | undefined = process.env.CXX,
): Promise<{ readonly command: string; readonly version: string }> {
  const candidates = named ? [named] : ['g++', 'clang++', 'c++'];
  for (const command of candidates) {
    const version = await run(command, ['--version']).then(
      ({ stdout }) => stdout.split('\n')[0],
      () => undefined,
    );
    if (version !== undefined) return { command, version };
  }
  throw new NativeBuildError({
    expected: 'a C++ compiler',
    received: `none that starts among ${candidates.join(', ')}`,
    fix: "install one (Debian: apt install g++; Fedora: dnf install gcc-c++), or name one by the environment's CXX",
  });
}
