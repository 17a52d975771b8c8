/** @file Not part of the package's entry points: the proof that `bench compare` catches what it should. */
import type { Contender, ContenderSpec, Preparation } from './contender.js';

/**
 * The same contender, under its own name, whose every timing does a share of the work once more: a kernel that became
 * slower, with a right result. `slowdown` of 1.25 takes five runs for four; what it asks for is rounded up to the granularity of
 * the workload.
 */
export function slowedContender(spec: ContenderSpec, slowdown: number): ContenderSpec {
  return {
    ...spec,
    async open() {
      const { contenders, missing } = await spec.open();
      return { missing, contenders: contenders.map((one) => slowed(one, slowdown)) };
    },
  };
}

function slowed(contender: Contender, slowdown: number): Contender {
  return {
    ...contender,
    prepare: async (opened) => slowedWorkload(await contender.prepare(opened), slowdown),
  };
}

function slowedWorkload(preparation: Preparation, slowdown: number): Preparation {
  if ('unsupported' in preparation) return preparation;
  const { granularity = 1, maximumRuns = Number.POSITIVE_INFINITY } = preparation;
  return {
    ...preparation,
    run: (async (runs: number) => {
      const first = await preparation.run(runs);
      const wanted = granularity * Math.ceil(((slowdown - 1) * runs) / granularity);
      const second = await preparation.run(Math.min(wanted, maximumRuns));
      return typeof first === 'number' && typeof second === 'number' ? first + second : undefined;
    }) as typeof preparation.run,
  };
}
