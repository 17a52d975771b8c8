/** @file What docs/benchmarks.md shows, and the commands that measure it. */
import type { Suite } from '@polyneuron/bench';

export interface BenchmarkRecipe {
  /** Of the result file and the figure. */
  readonly name: string;
  readonly suite: Suite;
  readonly title: string;
  /** What the suite measures, in a sentence or two. */
  readonly about: string;
  /** Arguments of `polyneuron bench` but those that name files. */
  readonly arguments: readonly string[];
}

/** Everybody who trains, but for stock tfjs in plain JavaScript, and for `fit`, which compiles in every call. */
const peers =
  'polyneuron-wasm,polyneuron-tfjs,polyneuron-native,polyneuron-cuda,tfjs-wasm,tfjs-node,jax-js,onnxruntime-node,onnxruntime-web,jax,jax-scan,torch,keras,keras-xla';

/** In the order of the page; measured one after the other. */
export const benchmarkRecipes: readonly BenchmarkRecipe[] = [
  {
    name: 'steps',
    suite: 'steps',
    title: 'Training steps in Node',
    about:
      'One training step of each published experiment: forward, backward and optimizer. `lift` is its two-phase step on one sample. `tfjs-cpu`, in plain JavaScript, is left out: it takes minutes.',
    arguments: ['--suite', 'steps', '--contenders', peers, '--budget-ms', '12000'],
  },
  {
    name: 'chromium',
    suite: 'steps',
    title: 'Training steps in Chromium',
    about: 'The same steps in a browser.',
    arguments: [
      ...['--suite', 'steps', '--runtime', 'chromium', '--backend', 'wasm,webgl'],
      ...['--cases', 'mnist-mlp,quad-autoencoder,cross,taylor-cnn', '--budget-ms', '8000'],
    ],
  },
  {
    name: 'gemm',
    suite: 'gemm',
    title: 'Matrix products',
    about:
      'Products of two matrices as they are (nn) or with one of them transposed (nt, tn): the share of the peak that the compiler reaches.',
    arguments: [
      '--suite',
      'gemm',
      '--contenders',
      'polyneuron-wasm,tfjs-wasm,onnxruntime-node,jax,torch',
      '--budget-ms',
      '2000',
    ],
  },
  {
    name: 'inference',
    suite: 'inference',
    title: 'Latency of inference',
    about: 'One call of a model with its result read back: what a user waits for.',
    arguments: ['--suite', 'inference', '--contenders', 'all', '--budget-ms', '2000'],
  },
  {
    name: 'scaling',
    suite: 'scaling',
    title: 'Scaling with batch, width and depth',
    about: 'A training step of one family of models at growing sizes.',
    arguments: [
      ...['--suite', 'scaling', '--contenders', 'polyneuron-wasm,tfjs-wasm,jax-scan', '--threads', '1'],
      ...['--budget-ms', '1500'],
    ],
  },
];

/** What a reader types. */
export function commandOf(recipe: BenchmarkRecipe): string {
  return `polyneuron bench ${recipe.arguments.join(' ')}`;
}
