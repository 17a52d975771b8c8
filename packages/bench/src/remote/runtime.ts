/** @file Where a contender computes, for results of several runtimes in one report. */

export const runtimes = ['node', 'chromium'] as const;
export type Runtime = (typeof runtimes)[number];

interface Named {
  readonly contender: string;
  readonly runtime?: Runtime | undefined;
}

/** Runtime of a result; reports that name none were measured in Node, or wholly in one browser. */
export function runtimeOf({ runtime = 'node' }: Pick<Named, 'runtime'>): Runtime {
  return runtime;
}

/** 'tfjs-wasm' in Node, 'tfjs-wasm in chromium': as unique as contender and runtime together. */
export function contenderLabel(one: Named): string {
  return runtimeOf(one) === 'node' ? one.contender : `${one.contender} in ${one.runtime}`;
}
