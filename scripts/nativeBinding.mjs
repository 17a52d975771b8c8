/**
 * Makes what the tests of TensorFlow need: a binding of tfjs-node in the cache where they look for it.
 *
 * Takes the TensorFlow of POLYNEURON_PYTHON or python3; else puts one into a virtual environment of its own in the cache
 * (a quarter of a gigabyte to download, 1.3 GB on disk). Where that cannot be had it says so, and the tests are skipped:
 * it fails only when the workspace cannot be set up.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setup } from './setup.mjs';

const tensorflow = 'tensorflow-cpu==2.21.0';
/** Package indices to try: the one that pip is configured for, then one of this machine. */
const indices = [[], ['--index-url', 'file:///opt/pypi/simple']];
const installLimitMs = 8 * 60_000;

setup();
const native = await import('../packages/backend-cuda/dist/native.js');

const started = Date.now();
const reason = await prepare();
const seconds = Math.round((Date.now() - started) / 1000);
if (reason === undefined) console.log(`native binding: ready after ${seconds} s`);
else console.warn(`\nSKIPPED: the tests of TensorFlow (${seconds} s): ${reason}\n`);

/** The reason why there is no binding; undefined when there is one. */
async function prepare() {
  const { bindings, python, packages, compiler } = await native.inspectNative();
  if (bindings[0]?.probe.loads) return undefined;
  if (packages.length === 0) return '@tensorflow/tfjs-node is not installed';
  if (compiler === undefined) return 'there is no C++ compiler';
  const interpreter = python === undefined ? installTensorflow() : undefined;
  if (interpreter?.reason) return interpreter.reason;
  try {
    await native.buildNative({
      ...(interpreter && { python: interpreter.command }),
      onProgress: ({ done, total, note }) => console.log(`native binding: ${done} of ${total}, ${note}`),
    });
    return undefined;
  } catch (cause) {
    return cause.message;
  }
}

/** A virtual environment with TensorFlow: its interpreter, or why there is none. */
function installTensorflow() {
  const environment = join(dirname(native.nativeCacheDirectory()), 'tensorflow');
  const command = join(environment, 'bin', 'python');
  if (!existsSync(command)) {
    const base = native.defaultPython();
    const made = run(base, ['-m', 'venv', environment]);
    if (made) return { reason: `no virtual environment of ${base}: ${made}` };
  }
  let failure;
  for (const index of indices) {
    console.log(`native binding: pip install ${tensorflow} ${index.join(' ')}`);
    // The headers and libraries alone are of use here, not the packages that Python code needs
    const args = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--disable-pip-version-check', ...index];
    const failed = run(command, [...args, tensorflow]);
    if (!failed) return { command };
    failure = `pip cannot install ${tensorflow}: ${failed}`;
  }
  return { reason: failure };
}

/** Why a command failed, in a line; undefined when it did not. */
function run(command, args) {
  const { status, signal, error, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    timeout: installLimitMs,
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  if (status === 0) return undefined;
  const lines = (stderr ?? '').trim().split('\n');
  return error?.message ?? signal ?? lines.findLast((line) => /error/i.test(line)) ?? lines.at(-1);
}
