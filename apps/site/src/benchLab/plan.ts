/** @file What a run of the benchmark measures, as plain JSON: the page makes it, a worker or a command line runs it. */

export const contenderKeys = [
  'polyneuron-wasm',
  'polyneuron-webgl',
  'tfjs-wasm',
  'tfjs-webgl',
  'tfjs-cpu',
] as const;
/** Names of the harness's contenders. */
export type ContenderKey = (typeof contenderKeys)[number];

/** What each computes on: whose ceilings are above its results. */
export const deviceOf: { readonly [K in ContenderKey]: 'processor' | 'graphics' } = {
  'polyneuron-wasm': 'processor',
  'polyneuron-webgl': 'graphics',
  'tfjs-wasm': 'processor',
  'tfjs-webgl': 'graphics',
  'tfjs-cpu': 'processor',
};

export const caseGroups = ['steps', 'products', 'sizes'] as const;
export type CaseGroup = (typeof caseGroups)[number];

export const lengths = ['quick', 'full'] as const;
export type RunLength = (typeof lengths)[number];

export interface BenchPlan {
  readonly length: RunLength;
  readonly contenders: readonly ContenderKey[];
  readonly groups: readonly CaseGroup[];
  /** Threads of both wasm contenders; ours is measured with one as well. */
  readonly threads: number;
  /** Adds a contender whose results are off by 1 %, to see that the check refuses it. */
  readonly hasWrongContender: boolean;
  /** Of the bootstrap. */
  readonly seed: number;
}

/** Times of one length of run. */
export interface Pace {
  readonly title: string;
  /** Stated on the page. */
  readonly about: string;
  readonly rounds: number;
  /** For warm-up and rounds of one case, all contenders together. */
  readonly budgetMs: number;
  /** For each loop of the peak. */
  readonly peakMs: number;
  readonly cases: { readonly [K in CaseGroup]: readonly string[] };
}

const sizeNames = [8, 16, 32, 64, 128, 256, 512, 1024].map((size) => `size-${size}`);

export const paces: { readonly [K in RunLength]: Pace } = {
  quick: {
    title: 'Quick',
    about: 'about 20 seconds',
    rounds: 30,
    budgetMs: 4000,
    peakMs: 20,
    cases: {
      steps: ['cross', 'mnist-mlp'],
      products: ['gemm-256-nn'],
      sizes: sizeNames.filter((_, at) => at % 2 === 0).slice(0, 3),
    },
  },
  full: {
    title: 'Full',
    about: 'about 3 minutes',
    rounds: 60,
    budgetMs: 9000,
    peakMs: 60,
    cases: {
      steps: ['mnist-mlp', 'dense-autoencoder', 'quad-autoencoder', 'cross', 'lift', 'taylor-cnn'],
      products: ['gemm-64-nn', 'gemm-256-nn', 'gemm-256-nt', 'gemm-256-tn'],
      sizes: sizeNames,
    },
  },
};

/** Names of the cases of a plan, in the order in which they run. */
export function casesOf({ length, groups }: Pick<BenchPlan, 'length' | 'groups'>): readonly string[] {
  return caseGroups.filter((group) => groups.includes(group)).flatMap((group) => paces[length].cases[group]);
}

/** The contender that ratios compare with: stock tfjs on WebAssembly, else the first stock one, else the first. */
export function baselineOf({ contenders }: Pick<BenchPlan, 'contenders'>): ContenderKey | undefined {
  const stock = contenders.filter((key) => key.startsWith('tfjs-'));
  return stock.find((key) => key === 'tfjs-wasm') ?? stock[0] ?? contenders[0];
}
