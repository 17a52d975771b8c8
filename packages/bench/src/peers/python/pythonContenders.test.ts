import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Task } from '../../cases/benchCase.js';
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
import { pythonContenders } from './pythonContenders.js';
import { foundModules, pythonCommand } from './testing/foundPython.js';

/** What each needs. */
const modules: Readonly<Record<string, readonly string[]>> = {
  jax: ['jax'],
  'jax-scan': ['jax'],
  torch: ['torch'],
  keras: ['keras', 'tensorflow'],
  'keras-xla': ['keras', 'tensorflow'],
};

/** What the README leaves out. */
const leftOut: Readonly<Record<string, readonly Task['kind'][]>> = {
  'jax-scan': ['matMul', 'convolution', 'inference', 'compile', 'convergence'],
  keras: ['lift', 'matMul', 'convolution'],
  'keras-xla': ['lift', 'matMul', 'convolution'],
};

const found = foundModules(Object.values(modules).flat()) ?? new Set();
const specs = pythonContenders({ command: pythonCommand, threads: [1] });
const tasks: readonly (readonly [string, Task])[] = [
  ...Object.entries(smallTasks),
  ['network with a convolution', smallConvolution],
  ...Object.entries(convolutionGradients),
];

it('names the peers', () => {
  expect(specs.map(({ name }) => name)).toEqual(Object.keys(modules));
});

describe.each(specs)('$name', (spec) => {
  const lacking = modules[spec.name].filter((name) => !found.has(name));
  const isThere = lacking.length === 0 && process.platform === 'linux';
  if (!isThere)
    console.warn(
      `SKIPPED: parity of ${spec.name} in ${tasks.length} tasks: ${pythonCommand} has no ${lacking.join(', ') || 'Linux'}; name another interpreter by POLYNEURON_PYTHON`,
    );

  describe.skipIf(!isThere)('computes as the reference does, and goes on', () => {
    let contender: Contender;

    beforeAll(async () => {
      const { contenders, missing } = await spec.open();
      expect(missing).toEqual([]);
      contender = contenders[0];
    });

    afterAll(() => contender?.dispose());

    it('says its versions', () => {
      for (const name of modules[spec.name]) expect(contender.versions?.[name]).toMatch(/^\d+\.\d+/);
    });

    it.each(tasks)('%s', async (name, task) => {
      const opened = openCase({ name, task });
      const preparation = await contender.prepare(opened);
      if ('unsupported' in preparation) {
        expect(preparation.unsupported).toMatch(/takes (training steps|networks) only/);
        expect(leftOut[spec.name]).toContain(task.kind);
        return;
      }
      const workload: Workload = preparation;
      expect(maxErrorOf(await workload.check(), opened.check.reference())).toBeLessThanOrEqual(
        opened.check.tolerance,
      );
      expect(await workload.run(1)).toBeGreaterThan(0);
      expect(workload.maximumRuns).toBe(task.kind === 'inference' ? 1 : undefined);
      if (workload.maximumRuns === undefined) expect(await workload.run(5)).toBeGreaterThan(0);
    });

    it('says what is not written for it', async () => {
      const task = smallTraining([{ layer: 'householder', config: {} }, outLayer]);
      const preparation = await contender.prepare(openCase({ name: 'x', task }));
      expect(preparation).toEqual({
        unsupported: expect.stringMatching(/^no \w+ form of householder is written here$/),
      });
    });
  });
});
