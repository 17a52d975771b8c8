import { describe, expect, it } from 'vitest';
import type { Contender, Workload } from '../../contenders/contender.js';
import { openCase } from '../../programs/openCase.js';
import { maxErrorOf } from '../../runner/parity.js';
import { smallTasks } from '../testing/smallTasks.js';
import { jaxJsContender } from './jaxJsContender.js';
import { jaxJsPeer } from './jaxJsPeer.js';

async function open(): Promise<Contender> {
  const { contenders, missing } = await jaxJsContender({ version: '0.1.25' }).open();
  expect(missing).toEqual([]);
  return contenders[0];
}

describe('jaxJsContender', () => {
  it.each(['dense, sgd', 'quadDense, adam', 'featureCross, adagrad', 'softmax, cross-entropy'])(
    'trains %s as the reference does, and goes on',
    async (name) => {
      const opened = openCase({ name, task: smallTasks[name] });
      const workload = (await (await open()).prepare(opened)) as Workload;
      const error = maxErrorOf(await workload.check(), opened.check.reference());
      expect(error).toBeLessThanOrEqual(opened.check.tolerance);
      await workload.run(4);
      workload.dispose();
    },
  );

  it('says what it cannot take', async () => {
    const contender = await open();
    const reasons = await Promise.all(
      ['taylor', 'lift', 'matMul nn'].map((name) =>
        contender.prepare(openCase({ name, task: smallTasks[name] })),
      ),
    );
    expect(reasons).toEqual([
      { unsupported: 'no jax-js form of taylor is written here' },
      { unsupported: 'no jax-js form of the two-phase training is written here' },
      { unsupported: 'jax-js takes part in training steps only' },
    ]);
    expect(contender.versions).toEqual({ '@jax-js/jax': '0.1.25' });
  });

  it('carries the version that is installed', async () => {
    const { contenders } = await jaxJsPeer().open();
    expect(contenders[0].versions?.['@jax-js/jax']).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('is missing where the package is', async () => {
    const load = () => Promise.reject(new Error("Cannot find package '@jax-js/jax'\nmore"));
    expect(await jaxJsContender({ load }).open()).toEqual({
      contenders: [],
      missing: ["Cannot find package '@jax-js/jax': npm install @jax-js/jax"],
    });
  });
});
