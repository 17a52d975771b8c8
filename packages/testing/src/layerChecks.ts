/**
 * @file What is checked of every layer, and where. The suites ask this list which samples a check applies to, and the
 * coverage table of `layers` asks the same: a cell of the table is what a suite does, not what someone says of it.
 */

/** What the list must know of a record; the `LayerSpec` of kernels is one. */
export interface CheckedLayer {
  readonly name: string;
  readonly inputKind: 'features' | 'fields' | 'image' | 'sample';
  readonly defaults: object;
  degree(config: object): number | undefined;
  parameters(config: object, inputShapes: readonly (readonly number[])[]): readonly CheckedParameter[];
}

/** A law of initial values; one of kind 'stacked' is as fixed as its `laws`. */
export interface CheckedLaw {
  readonly kind: string;
  readonly laws?: readonly CheckedLaw[];
}

export interface CheckedParameter {
  readonly initializer: CheckedLaw;
  /** default true */
  readonly isTrainable?: boolean;
}

/** One case of a record; shapes leave the batch axis out. */
export interface CheckedSample {
  readonly config: object;
  readonly inputShapes: readonly (readonly number[])[];
}

/** A sample, with what its record says of it. */
interface Subject extends CheckedSample {
  readonly layer: CheckedLayer;
  readonly parameters: readonly CheckedParameter[];
}

export interface LayerCheck {
  /** Head of the column. */
  readonly title: string;
  /** What passing it shows. */
  readonly shows: string;
  /** Test files that run it, from the root; '*' stands for the file beside each wrapper. */
  readonly suites: readonly string[];
  /** Runs on the tfjs layer: a record without one is left out. */
  readonly needsWrapper?: true;
  /** Why there is nothing to check in a sample; undefined where there is. */
  readonly exemption?: (subject: Subject) => string | undefined;
}

const conformance = ['packages/kernels/src/layers/conformance.test.ts'];
const wrapperSuite = ['packages/layers/src/layers/*.test.ts'];

const fixedLaws = ['zeros', 'ones', 'constant', 'identity', 'linspace'];

const isFixed = ({ kind, laws }: CheckedLaw): boolean =>
  laws ? laws.every(isFixed) : fixedLaws.includes(kind);

const nothingTrained = ({ parameters }: Subject) =>
  parameters.some(({ isTrainable = true }) => isTrainable) ? undefined : 'nothing to train';

const nothingDrawn = ({ parameters }: Subject) =>
  parameters.some(({ initializer }) => !isFixed(initializer)) ? undefined : 'nothing drawn';

const noPolynomial = ({ layer, config }: Subject) =>
  layer.degree(config) === undefined ? 'no polynomial' : undefined;

/** Axes of one application of a layer; the axes before are batch to it, or it takes no others. */
export function coreAxes({ inputKind }: CheckedLayer): number | undefined {
  return { features: 1, fields: 2, image: undefined, sample: undefined }[inputKind];
}

function oneRank({ layer, config, inputShapes }: Subject): string | undefined {
  const core = coreAxes(layer);
  if (core === undefined) return `takes a whole ${layer.inputKind}`;
  if ('axis' in config && config.axis !== -1) return 'along another axis';
  const leads = inputShapes.map((shape) => shape.slice(0, -core).join());
  return leads.every((lead) => lead === leads[0]) ? undefined : 'inputs of different ranks';
}

export const layerChecks = {
  golden: {
    title: 'golden',
    shows: 'values and gradients of an independent framework or formula, in float64',
    suites: ['packages/kernels/src/layers/golden.test.ts'],
  },
  gradient: {
    title: 'gradient',
    shows: 'gradients and Hessian products by central differences, in inputs and parameters',
    suites: conformance,
  },
  degree: {
    title: 'degree',
    shows: 'differences of order degree + 1 vanish, those of order degree do not',
    suites: conformance,
    exemption: noPolynomial,
  },
  parameterCount: {
    title: 'count',
    shows: 'the closed form of the number of parameters',
    suites: conformance,
  },
  ranks: {
    title: 'ranks',
    shows: 'inputs of rank 2 to 4 (fields: 3 and 4) give the rows of the flattened input',
    suites: conformance,
    exemption: oneRank,
  },
  batchOfOne: {
    title: 'batch 1',
    shows: 'a sample alone gives what it gives in a batch',
    suites: conformance,
  },
  emptyBatch: {
    title: 'batch 0',
    shows: 'no output and no gradient from no sample',
    suites: conformance,
  },
  seeds: {
    title: 'seeds',
    shows: 'every weight draws from a stream of its own',
    suites: conformance,
    exemption: nothingDrawn,
  },
  configRoundTrip: {
    title: 'config',
    shows: 'a config survives JSON and makes the same layer, with every option too',
    suites: wrapperSuite,
    needsWrapper: true,
  },
  newProcess: {
    title: 'process',
    shows: 'saved here, loaded in a new process: the same bits',
    suites: ['packages/layers/src/node/newProcess.test.ts'],
    needsWrapper: true,
  },
  training: {
    title: 'training',
    shows: 'a step of fit, its regularizers and constraints',
    suites: wrapperSuite,
    needsWrapper: true,
    exemption: nothingTrained,
  },
  leaks: {
    title: 'leaks',
    shows: 'no tensor is left by fit, predict and gradients',
    suites: wrapperSuite,
    needsWrapper: true,
  },
  tfjsLayer: {
    title: 'tfjs',
    shows: 'the tfjs layer and its two orders of derivatives equal the reference',
    suites: wrapperSuite,
    needsWrapper: true,
  },
  backendTfjs: {
    title: 'b-tfjs',
    shows: 'backend-tfjs equals the reference, with two orders of derivatives',
    suites: ['packages/backend-tfjs/src/layers.conformance.test.ts'],
  },
  backendWasm: {
    title: 'b-wasm',
    shows: 'backend-wasm equals the reference, with two orders of derivatives',
    suites: ['packages/backend-wasm/src/layers.conformance.test.ts'],
  },
} as const satisfies Readonly<Record<string, LayerCheck>>;

export type LayerCheckName = keyof typeof layerChecks;

/** Why a check has nothing to show for a sample; undefined where it applies. */
export function exemptionOf(
  check: LayerCheckName,
  layer: CheckedLayer,
  { config, inputShapes }: CheckedSample,
): string | undefined {
  const { exemption }: LayerCheck = layerChecks[check];
  const resolved = { ...layer.defaults, ...config };
  return exemption?.({
    layer,
    config: resolved,
    inputShapes,
    parameters: layer.parameters(resolved, inputShapes),
  });
}

/** Whether a suite runs a check on a sample. */
export function appliesTo(check: LayerCheckName, layer: CheckedLayer, sample: CheckedSample): boolean {
  return exemptionOf(check, layer, sample) === undefined;
}
