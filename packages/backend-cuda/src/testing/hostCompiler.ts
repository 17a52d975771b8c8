import { spawn, spawnSync } from 'node:child_process';

/** Compiler of the host shim, and of the kernels themselves. */
export type Compiler = 'g++' | 'nvcc';

const remedies: { readonly [K in Compiler]: string } = {
  'g++': "Install GCC with AddressSanitizer (the package 'g++').",
  nvcc: 'Install the CUDA toolkit, version 12 or newer; no GPU is needed.',
};

/** Whether the host shim can be compiled and run here; says so where it cannot. */
export function hasShim(suite: string): boolean {
  if (process.arch === 'x64') return hasCompiler('g++', suite);
  console.warn(`SKIPPED: ${suite}: the host shim switches stacks on x86-64, this is ${process.arch}.`);
  return false;
}

/** Whether a compiler is here; says so where it is not, so that each test that does not run is counted as skipped. */
export function hasCompiler(compiler: Compiler, suite: string): boolean {
  if (spawnSync(compiler, ['--version']).status === 0) return true;
  console.warn(`SKIPPED: ${suite}: no ${compiler} here. ${remedies[compiler]}`);
  return false;
}

/** Runs a command; throws with its output unless it succeeds. */
export function runCommand(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: { ...process.env, ...environment } });
    let output = '';
    child.stdout.on('data', (text) => {
      output += text;
    });
    child.stderr.on('data', (text) => {
      output += text;
    });
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} ended with ${code}:\n${output.slice(0, 6000)}`)),
    );
  });
}

/** Applies `work` to every item, `width` at a time. */
export async function inParallel<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T, at: number) => Promise<R>,
): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const lane = async () => {
    while (next < items.length) {
      const at = next++;
      results[at] = await work(items[at], at);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  return results;
}
