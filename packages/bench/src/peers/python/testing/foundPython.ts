/** @file Which Python there is for tests. */
import { spawnSync } from 'node:child_process';

export const pythonCommand = process.env.POLYNEURON_PYTHON || 'python3';

/** Those of `modules` that the interpreter finds; undefined where there is no interpreter. */
export function foundModules(modules: readonly string[]): ReadonlySet<string> | undefined {
  const code = 'import sys, importlib.util as u; print(*[n for n in sys.argv[1:] if u.find_spec(n)])';
  const { status, stdout } = spawnSync(pythonCommand, ['-c', code, ...modules], { encoding: 'utf8' });
  return status === 0 ? new Set(stdout.trim().split(' ')) : undefined;
}
