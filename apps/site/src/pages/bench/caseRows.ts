import type { BenchError, BenchReport, BenchResult, NoiseFloor } from '@polyneuron/bench';

/** One line of the table of a case. */
export type CaseRow =
  | { readonly kind: 'timed'; readonly result: BenchResult }
  | { readonly kind: 'wrong'; readonly error: BenchError }
  | { readonly kind: 'missing'; readonly contender: string; readonly reason: string };

export interface CaseTable {
  readonly name: string;
  readonly rows: readonly CaseRow[];
  readonly noise?: NoiseFloor;
}

/** A table per case that the run came to: everybody who was planned has a line in each, timed or not. */
export function tablesOf({ results, errors, missing, noise = [] }: BenchReport): readonly CaseTable[] {
  const names = [...new Set([...results, ...errors, ...missing].map((entry) => entry.case))];
  return names
    .filter((name) => name !== '*')
    .map((name) => {
      const floor = noise.find((one) => one.case === name);
      return {
        name,
        rows: [
          ...results
            .filter((result) => result.case === name)
            .map((result) => ({ kind: 'timed', result }) as const),
          ...errors
            .filter((error) => error.case === name)
            .map((error) => ({ kind: 'wrong', error }) as const),
          ...missing
            .filter((entry) => entry.case === name || entry.case === '*')
            .map(({ contender, reason }) => ({ kind: 'missing', contender, reason }) as const),
        ],
        ...(floor && { noise: floor }),
      };
    });
}
