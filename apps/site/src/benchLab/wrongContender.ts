import type { Contender, ContenderSpec, Preparation } from '@polyneuron/bench';

/** The name under which the deliberately wrong contender appears. */
export const wrongName = 'deliberately wrong';

/** A contender like another, whose results are off by 1 %: it must be refused, never timed. */
export function wrongContender(right: ContenderSpec): ContenderSpec {
  return {
    ...right,
    name: wrongName,
    title: `${right.title}, results off by 1 %`,
    async open() {
      const { contenders, missing } = await right.open();
      const [first, ...rest] = contenders;
      for (const contender of rest) contender.dispose();
      return { contenders: first ? [corrupted(first)] : [], missing };
    },
  };
}

function corrupted(contender: Contender): Contender {
  return {
    ...contender,
    name: wrongName,
    async prepare(opened): Promise<Preparation> {
      const preparation = await contender.prepare(opened);
      if ('unsupported' in preparation) return preparation;
      return {
        ...preparation,
        check: async () => {
          const values = await preparation.check();
          return Object.fromEntries(
            Object.entries(values).map(([name, array]) => [
              name,
              Array.from(array, (value) => 1.01 * value + 0.01),
            ]),
          );
        },
      };
    },
  };
}
