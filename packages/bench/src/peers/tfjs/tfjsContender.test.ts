import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { getBackend, memory } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { Contender, Workload } from '../../contenders/contender.js';
import { openCase } from '../../programs/openCase.js';
import { maxErrorOf } from '../../runner/parity.js';
import {
  convolutionGradients,
  outLayer,
  smallConvolution,
  smallTasks,
  smallTraining,
} from '../testing/smallTasks.js';
import { tfjsContender } from './tfjsContender.js';

async function open(backend: string): Promise<Contender> {
  const { contenders, missing } = await tfjsContender(backend).open();
  expect(missing).toEqual([]);
  await contenders[0].activate?.();
  return contenders[0];
}

describe.each(['cpu', 'wasm'])('tfjsContender on %s', (backend) => {
  it.each(Object.entries(smallTasks))(
    'computes %s as the reference does, and goes on',
    async (name, task) => {
      const contender = await open(backend);
      const opened = openCase({ name, task });
      const before = memory().numTensors;
      const workload = (await contender.prepare(opened)) as Workload;
      expect(maxErrorOf(await workload.check(), opened.check.reference())).toBeLessThanOrEqual(
        opened.check.tolerance,
      );
      const step = workload.granularity ?? 1;
      await workload.run(step);
      await workload.run(3 * step);
      workload.dispose();
      expect(memory().numTensors).toBe(before);
    },
  );

  it('has no stock form of most layers', async () => {
    const opened = openCase({
      name: 'x',
      task: smallTraining([{ layer: 'householder', config: {} }, outLayer]),
    });
    expect(await (await open(backend)).prepare(opened)).toEqual({
      unsupported: 'no stock tfjs form of householder is written here',
    });
  });
});

describe('tfjsContender', () => {
  it('trains convolutions on cpu, and says why not on wasm', async () => {
    const opened = openCase({ name: 'x', task: smallConvolution });
    const workload = (await (await open('cpu')).prepare(opened)) as Workload;
    expect(maxErrorOf(await workload.check(), opened.check.reference())).toBeLessThanOrEqual(
      opened.check.tolerance,
    );
    workload.dispose();
    expect(await (await open('wasm')).prepare(opened)).toEqual({
      unsupported: "stock tfjs has no kernel Conv2DBackpropFilter on backend 'wasm'",
    });
  });

  it.each(Object.entries(convolutionGradients))(
    'derives a convolution, %s, on cpu, and says why not on wasm',
    async (name, task) => {
      const opened = openCase({ name, task });
      const before = memory().numTensors;
      const workload = (await (await open('cpu')).prepare(opened)) as Workload;
      expect(maxErrorOf(await workload.check(), opened.check.reference())).toBeLessThanOrEqual(
        opened.check.tolerance,
      );
      await workload.run(2);
      workload.dispose();
      expect(memory().numTensors).toBe(before);
      expect(await (await open('wasm')).prepare(opened)).toEqual({
        unsupported: "stock tfjs has no kernel Conv2DBackpropFilter on backend 'wasm'",
      });
    },
  );

  it('trains whole epochs: two runs of fit at least', async () => {
    const workload = (await (
      await open('cpu')
    ).prepare(openCase({ name: 'x', task: smallTraining([outLayer]) }))) as Workload;
    expect(workload.granularity).toBe(3);
    workload.dispose();
  });

  it('makes its backend the active one', async () => {
    const [cpu, wasm] = [await open('cpu'), await open('wasm')];
    expect(getBackend()).toBe('wasm');
    await cpu.activate?.();
    expect(getBackend()).toBe('cpu');
    await wasm.activate?.();
    expect(getBackend()).toBe('wasm');
  });

  it('is missing where no package registered the backend', async () => {
    expect(await tfjsContender('webgl').open()).toMatchInlineSnapshot(`
      {
        "contenders": [],
        "missing": [
          "no package registered a tfjs backend 'webgl': import @tensorflow/tfjs-backend-webgl first",
        ],
      }
    `);
  });
});
