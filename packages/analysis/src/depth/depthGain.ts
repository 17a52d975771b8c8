import type { Backend } from '@polyneuron/backend';
import { ProgramError, ValueError } from '@polyneuron/graph';
import type { TfjsLayer, TfjsModel } from '@polyneuron/trainer';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { traceSubject } from '../subject.js';
import { withBackend } from '../withBackend.js';
import { measureDepth, type Variances } from './measureDepth.js';
import { type Spread, spreadOf } from './spread.js';

export interface DepthGainOptions {
  /** Of inputs and cotangents, and of the weights where a function makes them. default [1, 2, 3, 4, 5] */
  readonly seeds?: readonly number[];
  /** Samples per seed, at least 2. default 256 */
  readonly samples?: number;
  /** Shapes of the inputs without the batch axis, where the model leaves extents free. */
  readonly inputShapes?: readonly (readonly number[])[];
  /** default: tfjs, op by op, on its active backend */
  readonly backend?: Backend;
}

export interface StackOptions extends DepthGainOptions {
  /** Of the first layer, without the batch axis. */
  readonly inputShape: readonly number[];
}

/** Plain data: it survives JSON. */
export interface DepthGainRow {
  /** 0 for the inputs, then counted in the order in which layers are called. */
  readonly depth: number;
  /** Name of the layer, or 'input'. */
  readonly layer: string;
  readonly forward: Spread;
  readonly gradient: Spread;
}

/** Makes the layer at a depth, from 0, with weights of a seed. */
export type MakeLayer = (seed: number, depth: number) => TfjsLayer;

/**
 * Signal and gradient variance by depth: of a model with the weights it has, of models that a function makes from
 * seeds, or of a stack of `depth` layers that a function makes.
 *
 * forward   mean over elements e of a layer's output y of Var over samples of y[·, e], inputs being normal with variance 1
 * gradient  mean of (∂ Σ dy ⊙ outputs / ∂y)², dy being normal with variance 1: 1 at an output, and behind it what
 *           reaches the layers before
 *
 * At an initialisation that trains, both stay near 1, or change by a steady factor that is near 1, as depth grows.
 * Each figure comes with its mean, smallest and largest value over the seeds. Models that a function made are disposed.
 *
 * Shapes   inputs [samples, ...], in inference mode
 * Numerics products have heavy tails: with few samples the variance of a deep stack is set by its largest, so its
 *          range over seeds says more than its mean; what passes float32 is Infinity or NaN on float32 backends
 * Throws   ValueError on seeds, samples or depths that are none, and on integer inputs; UnsupportedModelError for layers
 *          without a record
 *
 * @example
 * const rows = await depthGain((seed, at) => quadDense({ units: 64, seed, name: `q${at}` }), 8, { inputShape: [64] });
 * rows[8].forward.mean; // after eight layers
 */
export async function depthGain(
  model: TfjsModel | ((seed: number) => TfjsModel),
  options?: DepthGainOptions,
): Promise<readonly DepthGainRow[]>;
export async function depthGain(
  makeLayer: MakeLayer,
  depth: number,
  options: StackOptions,
): Promise<readonly DepthGainRow[]>;
export async function depthGain(
  source: TfjsModel | ((seed: number) => TfjsModel) | MakeLayer,
  depthOrOptions: number | DepthGainOptions = {},
  stackOptions?: StackOptions,
): Promise<readonly DepthGainRow[]> {
  if (typeof depthOrOptions === 'number')
    return measureModels(stackOf(source as MakeLayer, depthOrOptions, stackOptions), stackOptions ?? {});
  return measureModels(source as TfjsModel | ((seed: number) => TfjsModel), depthOrOptions);
}

/** One seed: points by name, those of inputs first. */
interface Run extends Variances {
  readonly names: readonly string[];
  readonly inputs: number;
}

async function measureModels(
  source: TfjsModel | ((seed: number) => TfjsModel),
  { seeds = [1, 2, 3, 4, 5], samples = 256, inputShapes, backend }: DepthGainOptions,
): Promise<readonly DepthGainRow[]> {
  requireWhole('samples', samples, 2);
  if (seeds.length === 0 || !seeds.every(Number.isInteger)) throw badSeeds(seeds);
  return withBackend(backend, async (one) => {
    const runs: Run[] = [];
    for (const seed of seeds) {
      const model = typeof source === 'function' ? source(seed) : source;
      const disposables: { dispose(): unknown }[] = typeof source === 'function' ? [model] : [];
      try {
        const { traced, state } = await traceSubject(model, {
          batch: samples,
          ...(inputShapes && { inputShapes }),
        });
        // tfjs leaves the weights of nested models behind: the variables themselves go.
        if (disposables.length > 0)
          disposables.splice(0, 1, ...traced.weights.map(({ variable }) => variable));
        requireFloatInputs(traced.inputs.map(({ dtype }) => dtype));
        const { inputs, outputs, calls } = traced;
        const points = [...inputs, ...calls.map(({ output }) => output)];
        const names = [...inputs.map(() => 'input'), ...calls.map(({ layer }) => layer)];
        const variances = await measureDepth(one, { inputs, outputs, points, state }, seed);
        runs.push({ names, inputs: inputs.length, ...variances });
      } finally {
        for (const disposable of disposables) disposable.dispose();
      }
    }
    // Layers are called in one order in every model of a function; their running names differ.
    return runs[0].names.map((layer, at) => ({
      depth: Math.max(0, at - runs[0].inputs + 1),
      layer,
      forward: spreadOf(runs.map(({ forward }) => forward[at])),
      gradient: spreadOf(runs.map(({ gradient }) => gradient[at])),
    }));
  });
}

function stackOf(
  makeLayer: MakeLayer,
  depth: number,
  options: StackOptions | undefined,
): (seed: number) => TfjsModel {
  requireWhole('depth', depth, 1);
  if (!options?.inputShape) {
    throw new ProgramError({
      subject: 'depthGain',
      expected: 'the inputShape of the first layer',
      received: 'none',
      fix: 'pass it: depthGain(makeLayer, 8, { inputShape: [64] })',
    });
  }
  return (seed) => {
    const model = sequential({ layers: [layers.inputLayer({ inputShape: [...options.inputShape] })] });
    for (let at = 0; at < depth; at++) model.add(makeLayer(seed, at));
    return model;
  };
}

function requireWhole(option: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new ValueError({
    subject: 'depthGain',
    expected: `${option} to be a whole number of at least ${least}`,
    received: String(value),
    fix: `pass ${option}: ${option === 'depth' ? 8 : 256}`,
  });
}

function badSeeds(seeds: readonly number[]): ValueError {
  return new ValueError({
    subject: 'depthGain',
    expected: 'whole numbers as seeds, at least one',
    received: `[${seeds.join(', ')}]`,
    fix: 'pass seeds: [1, 2, 3, 4, 5], or leave them out',
  });
}

function requireFloatInputs(dtypes: readonly string[]): void {
  const at = dtypes.findIndex((dtype) => dtype !== 'float32');
  if (at < 0) return;
  throw new ValueError({
    subject: 'depthGain',
    expected: 'float32 inputs, which are fed normal numbers',
    received: `input ${at} of ${dtypes[at]}`,
    fix: 'measure the model behind its embeddings',
  });
}
