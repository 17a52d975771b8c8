import { layer } from '@polyneuron/kernels';
import { describe, expect, it } from 'vitest';
import type { Task } from '../../cases/benchCase.js';
import type { Contender, Workload } from '../../contenders/contender.js';
import type { OpenedCase } from '../../programs/caseProgram.js';
import { openCase } from '../../programs/openCase.js';
import { maxErrorOf } from '../../runner/parity.js';
import { convolutionGradients, smallTasks } from '../testing/smallTasks.js';
import { onnxContender } from './onnxContender.js';
import { onnxPeers } from './onnxPeers.js';

async function open(name: string): Promise<Contender> {
  const { contenders, missing } =
    (await onnxPeers([1])
      .find((spec) => spec.name === name)
      ?.open()) ?? {};
  expect(missing).toEqual([]);
  return contenders?.[0] as Contender;
}

/** A layer whose weights are part of the file. */
const denseForward: Task = {
  kind: 'layer',
  spec: layer('dense'),
  config: { units: 3, activation: 'relu' },
  batch: 2,
  inputShapes: [[4]],
  direction: 'forward',
};

/** A task of each kind, and of each kind of run. */
const cases: Readonly<Record<string, () => OpenedCase>> = Object.fromEntries(
  Object.entries({ ...smallTasks, ...convolutionGradients, 'layer forward': denseForward }).map(
    ([name, task]) => [name, () => openCase({ name, task })] as const,
  ),
);

/** The packages differ in where results are written, and in nothing else of ours. */
const casesOf = {
  'onnxruntime-node': Object.keys(cases),
  'onnxruntime-web': ['quadDense, adam', 'matMul tn', 'inference', 'compile', 'convergence'],
} as const;

describe.each(Object.entries(casesOf))('%s', (package_, names) => {
  it.each(names)('computes %s as the reference does, and goes on', async (name) => {
    const opened = cases[name]();
    const first = structuredClone(opened.state);
    const workload = (await (await open(package_)).prepare(opened)) as Workload;
    const error = maxErrorOf(await workload.check(), opened.check.reference());
    expect(error).toBeLessThanOrEqual(opened.check.tolerance);
    await workload.run(1);
    // The other contenders start from the same values.
    expect(opened.state).toEqual(first);
    workload.dispose();
  });

  it('carries its version', async () => {
    const { versions, threads } = await open(package_);
    expect(versions?.[package_]).toMatch(/^\d+\.\d+\.\d+$/);
    expect(threads).toBe(1);
  });
});

describe('onnxContender', () => {
  it('carries the state of a run on to the next', async () => {
    const opened = cases['dense, sgd']();
    const contender = await open('onnxruntime-node');
    const [once, twice] = await Promise.all(
      [1, 2].map(async (runs) => {
        const [rows] = Object.keys(opened.check.inputs);
        const inputs = { [rows]: (opened.check.inputs[rows] as Int32Array).slice(0, 4 * runs) };
        const check = { ...opened.check, runs, inputs };
        const workload = (await contender.prepare({ ...opened, check })) as Workload;
        return workload.check();
      }),
    );
    const [name] = opened.check.names;
    expect(Array.from(once[name])).not.toEqual(Array.from(twice[name]));
  });

  it('opens a setting for each thread count', async () => {
    const [spec] = onnxPeers([1, 2]);
    const { contenders } = await spec.open();
    expect(contenders.map(({ name, threads }) => [name, threads])).toEqual([
      ['onnxruntime-node', 1],
      ['onnxruntime-node', 2],
    ]);
    const opened = cases['matMul nt']();
    const workload = (await contenders[1].prepare(opened)) as Workload;
    const error = maxErrorOf(await workload.check(), opened.check.reference());
    expect(error).toBeLessThanOrEqual(opened.check.tolerance);
    workload.dispose();
  });

  it('is missing where a package is', async () => {
    const load = () => Promise.reject(new Error("Cannot find package 'onnxruntime-node'\nmore"));
    const spec = onnxContender({ name: 'onnxruntime-node', threads: [1, 2], load });
    expect(await spec.open()).toEqual({
      contenders: [],
      missing: ["Cannot find package 'onnxruntime-node': npm install onnxruntime-node onnx-proto"],
    });
  });
});
