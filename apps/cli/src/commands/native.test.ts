import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chooseBinding } from '@polyneuron/backend-cuda/native';
import { expectClose, tolerances } from '@polyneuron/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const isBuilt = existsSync(main);
const hasBinding = chooseBinding().path !== undefined;
if (!isBuilt) console.warn(`SKIPPED: the commands of TensorFlow need ${main}; run 'npm run build' first`);
else if (!hasBinding)
  console.warn(
    "SKIPPED: training on TensorFlow, which needs a binding; 'node scripts/nativeBinding.mjs' makes one",
  );

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'polyneuron-native-'));
});

afterEach(() => rmSync(directory, { recursive: true }));

interface Ending {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ending> {
  return new Promise((resolve) => {
    const options = { cwd: directory, env: { ...process.env, ...env } };
    execFile(process.execPath, [main, ...args], options, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

/** The model of seed 001, for one epoch. */
const train = ['train', '--dataset', 'cross-polynomial', '--layers', 'featureCross,dense:1', '--epochs', '1'];

describe.skipIf(!isBuilt)('without a binding', () => {
  const nothing = () => ({
    POLYNEURON_CACHE: directory,
    POLYNEURON_TFJS_BINDING: join(directory, 'none.node'),
  });

  it('train ends at once with the reason and the remedy', async () => {
    const { code, stdout, stderr } = await run([...train, '--backend', 'native-cpu'], nothing());
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr.replaceAll(directory, 'DIR')).toMatchInlineSnapshot(`
      "BackendUnavailableError: backend 'native-cpu' expected to run here, got no file 'DIR/none.node', which POLYNEURON_TFJS_BINDING names.

      Fix: correct the variable, or unset it
      "
    `);
  });

  it('doctor --native reports, and says what to do', async () => {
    const { code, stdout } = await run(['doctor', '--native', '--json'], nothing());
    const report = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(report.bindings[0]).toMatchObject({ origin: 'named', probe: { loads: false } });
    expect(report.remedies[0]).toBe('correct or unset POLYNEURON_TFJS_BINDING: no such file');
  });

  it('native build says what it lacks', async () => {
    const { code, stdout, stderr } = await run(['native', 'build', '--tensorflow', directory], nothing());
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.replaceAll(directory, 'DIR')).toMatchInlineSnapshot(`
      "NativeBuildError: native build expected a directory with the headers and libraries of TensorFlow, got 'DIR' without include/tensorflow/c/eager/c_api.h.

      Fix: name the package directory of Python's tensorflow (site-packages/tensorflow), or an unpacked libtensorflow
      "
    `);
  });

  it('native has help', async () => {
    const { code, stdout } = await run(['native', '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('Examples:\n  polyneuron native build');
  });
});

describe.skipIf(!isBuilt || !hasBinding)('with a binding', () => {
  it('train runs on TensorFlow as it does on wasm', async () => {
    const options = ['--seed', '3', '--json', '--batch-size', '1000', '--backend'];
    const [native, wasm] = await Promise.all(
      ['native-cpu', 'wasm'].map((backend) => run([...train, ...options, backend])),
    );
    expect(native.code, native.stderr).toBe(0);
    const [actual, expected] = [native, wasm].map(({ stdout }) => JSON.parse(stdout));
    expect(actual.backend).toMatch(/^TensorFlow 2\./);
    const losses = ({ history }: typeof actual) => [...history.loss, ...history.val_loss];
    expectClose(losses(actual), losses(expected), tolerances.float32.trainingRun);
  });
});
