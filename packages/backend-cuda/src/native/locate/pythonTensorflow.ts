import { spawnSync } from 'node:child_process';

export interface PythonTensorflow {
  /** The directory of the package, which has the libraries and their headers. */
  readonly directory: string;
  readonly version: string;
}

/** Looks the package up without importing it, which takes seconds. */
const question = `
import json, importlib.metadata as metadata, importlib.util as util
spec = util.find_spec('tensorflow')
names = ('tensorflow', 'tensorflow-cpu', 'tensorflow-gpu')
def version(name):
    try: return metadata.version(name)
    except metadata.PackageNotFoundError: return None
found = [v for v in map(version, names) if v]
if spec and spec.submodule_search_locations:
    print(json.dumps({'directory': list(spec.submodule_search_locations)[0], 'version': found[0] if found else 'unknown'}))
`;

/** Environment POLYNEURON_PYTHON, or python3. */
export function defaultPython(): string {
  return process.env.POLYNEURON_PYTHON || 'python3';
}

/** The TensorFlow of a Python interpreter; undefined where there is neither. */
export function findPythonTensorflow(command: string = defaultPython()): PythonTensorflow | undefined {
  const { status, stdout } = spawnSync(command, ['-c', question], { encoding: 'utf8', timeout: 30_000 });
  return status === 0 && stdout.trim() !== '' ? (JSON.parse(stdout) as PythonTensorflow) : undefined;
}
