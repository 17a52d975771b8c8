import { spawnSync } from 'node:child_process';

/** What a binding says of itself, or why it does not load. */
export type BindingProbe =
  | { readonly loads: true; readonly tensorflow: string; readonly isGpu: boolean }
  | { readonly loads: false; readonly reason: string };

const question = `
const binding = require(process.argv[1]);
process.stdout.write('\\n' + JSON.stringify({ loads: true, tensorflow: binding.TF_Version, isGpu: binding.isUsingGpuDevice() }));
`;

/** TensorFlow takes a second to load, and seconds more to start a GPU. */
const timeLimitMs = 120_000;

/** Loads a binding in a process of its own: a wrong library can end the process that loads it. */
export function probeBinding(path: string): BindingProbe {
  const { status, signal, stdout, stderr, error } = spawnSync(process.execPath, ['-e', question, path], {
    encoding: 'utf8',
    timeout: timeLimitMs,
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2' },
  });
  if (status === 0) return JSON.parse(stdout.slice(stdout.lastIndexOf('\n') + 1)) as BindingProbe;
  const thrown = /^(?:\w*Error): (.+)$/m.exec(stderr)?.[1];
  return { loads: false, reason: thrown ?? error?.message ?? `the process ended with ${signal ?? status}` };
}
