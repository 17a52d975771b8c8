import type { Backend } from '@polyneuron/backend';
import { input, type Node, state } from '@polyneuron/graph';
import { createParameters, type LayerSpec, layers, parameterSpecs, resolveConfig } from '@polyneuron/kernels';
import { type DepthGraph, measureDepth, type Variances } from './measureDepth.js';
import { type Spread, spreadOf } from './spread.js';
import { type StackPlan, stackPlan } from './stackPlan.js';

export interface DepthTableOptions {
  readonly backend: Backend;
  /** default: every record that has starts */
  readonly records?: readonly LayerSpec[];
  /** default 8 */
  readonly depth?: number;
  /** default [1, 2, 3, 4, 5] */
  readonly seeds?: readonly number[];
  /** default 256 */
  readonly samples?: number;
}

/** Plain data: it survives JSON. */
export interface DepthTableRow {
  readonly layer: string;
  /** 'calibrated' or 'identity'; 'default' where no start has the options of the defaults. */
  readonly start: string;
  /** Whether these are the record's defaults. */
  readonly isDefault: boolean;
  /** The options it was measured with. */
  readonly config: object;
  readonly inputShapes: readonly (readonly number[])[];
  /** After 1, 2, ... layers; one entry for a layer that does not keep the shape of its input. */
  readonly forward: readonly Spread[];
  /** Behind 1, 2, ... layers, counted from the last. */
  readonly gradient: readonly Spread[];
}

/**
 * Signal and gradient variance of stacks of 1 to `depth` layers, for the defaults and every start of every record:
 * `depthGain` on records alone, without tfjs.
 *
 * Every layer of a stack draws weights of its own. Inputs beside the first are normal numbers too, others for each
 * layer. Layers that do not keep the shape of their input are measured once.
 */
export async function depthTable(options: DepthTableOptions): Promise<readonly DepthTableRow[]> {
  const every: readonly LayerSpec[] = Object.values(layers);
  const { records = every.filter(({ starts }) => starts), backend } = options;
  const { depth = 8, seeds = [1, 2, 3, 4, 5], samples = 256 } = options;
  const rows: DepthTableRow[] = [];
  for (const spec of records) {
    for (const { start, config, isDefault } of startsOf(spec)) {
      const plan = stackPlan(spec, config);
      if (!plan) continue;
      const count = plan.isStackable ? depth : 1;
      const runs: Variances[] = [];
      for (const seed of seeds)
        runs.push(await measureDepth(backend, recordStack(spec, plan, count, samples, seed), seed));
      const after = Array.from({ length: count }, (_, at) => at + 1);
      rows.push({
        layer: spec.name,
        start,
        isDefault,
        config: plan.config,
        inputShapes: plan.inputShapes,
        forward: after.map((at) => spreadOf(runs.map(({ forward }) => forward[at]))),
        gradient: after.map((at) => spreadOf(runs.map(({ gradient }) => gradient[count - at]))),
      });
    }
  }
  return rows;
}

interface Start {
  readonly start: string;
  readonly config: object;
  readonly isDefault: boolean;
}

/** The record's starts, and before them its defaults where they are none of them. */
function startsOf(spec: LayerSpec): readonly Start[] {
  const defaults = spec.defaults as Readonly<Record<string, unknown>>;
  const isDefault = (config: object) =>
    Object.entries(config).every(([name, value]) => JSON.stringify(defaults[name]) === JSON.stringify(value));
  const starts = Object.entries(spec.starts ?? {}).flatMap(([start, config]) =>
    config ? [{ start, config, isDefault: isDefault(config) }] : [],
  );
  const own = { start: 'default', config: {}, isDefault: true };
  return starts.some((one) => one.isDefault) ? starts : [own, ...starts];
}

/** Points: the input, then the output of each layer. */
function recordStack(
  spec: LayerSpec,
  { config, inputShapes }: StackPlan,
  depth: number,
  samples: number,
  seed: number,
): DepthGraph {
  const inputs: Node[] = [];
  const leaf = (name: string, shape: readonly number[]): Node => {
    inputs.push(input(name, { shape: [samples, ...shape], dtype: 'float32' }));
    return inputs[inputs.length - 1];
  };
  const points = [leaf('x', inputShapes[0])];
  const values: Record<string, Float32Array | Int32Array> = {};
  for (let at = 0; at < depth; at++) {
    const path = `layer${at}`;
    const own = createParameters(spec, config, inputShapes, seed, path);
    const parameters = Object.fromEntries(
      parameterSpecs(spec, config, inputShapes).map(({ name, shape, dtype = 'float32' }) => {
        values[`${path}/${name}`] = own[name];
        return [name, state(`${path}/${name}`, { shape, dtype })];
      }),
    );
    if (spec.usesRandom) values[`${path}/randomKey`] = new Int32Array(2);
    const others = inputShapes.slice(1).map((shape, other) => leaf(`${path}/x${other + 1}`, shape));
    const { output } = spec.forward({
      config: resolveConfig(spec, config),
      inputs: [points[at], ...others],
      parameters,
      isTraining: false,
      ...(spec.usesRandom && { randomKey: state(`${path}/randomKey`, { shape: [2], dtype: 'int32' }) }),
    });
    points.push(output);
  }
  return { inputs, points, outputs: [points[depth]], state: values };
}
