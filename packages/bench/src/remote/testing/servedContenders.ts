/** @file Contenders for processes of tests: one that computes, and one for each way to fail. */
import type { ContenderSpec, Workload } from '../../contenders/contender.js';
import type { OpenedCase } from '../../programs/caseProgram.js';
import { referenceOf, specOf } from '../../runner/testing/fakeWorld.js';

type Change = (opened: OpenedCase, workload: Workload) => Workload;

/** Elements that a run adds up, so that it takes some time. */
const summed = 20_000;

function rightWorkload(opened: OpenedCase): Workload {
  const numbers = new Float64Array(summed).fill(1);
  return {
    maximumRuns: 1000,
    check: () => referenceOf(opened),
    async run(runs) {
      for (let at = 0; at < runs; at++) numbers[at % summed] += numbers.reduce((sum, one) => sum + one, 0);
    },
    dispose: () => {},
  };
}

function contender(name: string, change: Change = (_, workload) => workload): ContenderSpec {
  return specOf(name, {
    name,
    threads: 1,
    device: 'a test',
    versions: { engine: '1.2' },
    prepare: async (opened) => change(opened, rightWorkload(opened)),
    dispose: () => {},
  });
}

/** `end` ends the process that it is called in. */
export function servedContenders(end: () => void): readonly ContenderSpec[] {
  return [
    contender('right'),
    contender('wrong', (_, workload) => ({
      ...workload,
      check: async () =>
        Object.fromEntries(
          Object.entries(await workload.check()).map(([name, values]) => [
            name,
            Float64Array.from(values, (one) => one + 1),
          ]),
        ),
    })),
    contender('dies on small', (opened, workload) => ({
      ...workload,
      run: (opened.name === 'small' ? async () => end() : workload.run) as Workload['run'],
    })),
    contender('throws', () => {
      throw new Error('no such kernel\nand more');
    }),
    {
      name: 'absent',
      title: 'absent',
      open: async () => ({ contenders: [], missing: ['it is not installed'] }),
    },
    { name: 'endless', title: 'endless', open: () => new Promise(() => {}) },
    { ...contender('crowded'), threads: [1, 2] },
  ];
}
