import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { defaultPython, findPythonTensorflow } from '../locate/pythonTensorflow.js';
import { NativeBuildError } from './nativeBuildError.js';

/** What the compiler and the linker need of a TensorFlow. */
export interface TensorflowLibrary {
  /** What was named, or the package of Python. */
  readonly directory: string;
  readonly include: string;
  /** Files to link, in one directory. */
  readonly libraries: readonly string[];
}

export interface TensorflowChoice {
  /** A Python package `tensorflow`, or an unpacked libtensorflow. default: the package that `python` has */
  readonly tensorflow?: string;
  /** Interpreter. default: POLYNEURON_PYTHON, or python3 */
  readonly python?: string;
}

/** Headers that tfjs-node includes. */
const headers = ['tensorflow/c/eager/c_api.h', 'tensorflow/core/platform/ctstring_internal.h'];

/**
 * Finds headers and libraries of a TensorFlow 2.
 *
 * Throws   NativeBuildError when none is named and Python has none, or when the directory lacks a part
 */
export function locateTensorflow({
  tensorflow,
  python = defaultPython(),
}: TensorflowChoice): TensorflowLibrary {
  const directory = resolve(tensorflow ?? packageOf(python));
  const include = join(directory, 'include');
  const missing = headers.filter((header) => !existsSync(join(include, header)));
  const libraries = librariesIn(directory) ?? librariesIn(join(directory, 'lib'));
  if (missing.length === 0 && libraries) return { directory, include, libraries };
  throw new NativeBuildError({
    expected: 'a directory with the headers and libraries of TensorFlow',
    received: `'${directory}' without ${missing.length > 0 ? `include/${missing[0]}` : 'libtensorflow_framework.so.2'}`,
    fix: "name the package directory of Python's tensorflow (site-packages/tensorflow), or an unpacked libtensorflow",
  });
}

function packageOf(python: string): string {
  const found = findPythonTensorflow(python);
  if (found) return found.directory;
  throw new NativeBuildError({
    expected: `a TensorFlow: --tensorflow DIR, or a package of ${python}`,
    received: 'neither',
    fix: 'pip install tensorflow (or tensorflow-cpu) and name that Python by --python or POLYNEURON_PYTHON',
  });
}

/** The pair of libraries that a TensorFlow 2 consists of: in a Python package, or as they are released for C. */
function librariesIn(directory: string): readonly string[] | undefined {
  if (!existsSync(directory)) return undefined;
  const names = readdirSync(directory);
  const find = (stem: string) => names.find((name) => new RegExp(`^${stem}\\.so\\.2$`).test(name));
  const [main, framework] = [
    find('libtensorflow_cc') ?? find('libtensorflow'),
    find('libtensorflow_framework'),
  ];
  return main && framework ? [main, framework].map((name) => join(directory, name)) : undefined;
}
