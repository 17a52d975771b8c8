/** @file One unit of a layer with its coefficients, ready to be drawn and checked. */
import type { Backend, Executable } from '@polyneuron/backend';
import { costOf, gradientProgram, type Program, programOf, simplify, sizeOf } from '@polyneuron/graph';
import {
  countParameters,
  createParameters,
  initialValues,
  inputName,
  type LayerSpec,
  layer,
  layerProgram,
  type ParameterSpec,
  parameterName,
  parameterSpecs,
  resolveConfig,
} from '@polyneuron/kernels';
import { firstSeed } from './firstSeed.js';
import type { LabSubject } from './labSubjects.js';
import type { CoefficientBlock, UnitDescription } from './messages.js';
import { picturePoints } from './picturePoints.js';

/** Everything but the compiled program. */
export interface PlannedUnit {
  readonly spec: LayerSpec;
  readonly inputShapes: readonly (readonly number[])[];
  readonly description: UnitDescription;
  /** The layer's forward pass alone, for so many points: inputs x0, x1, ... and `parameter:<name>`; output y. */
  programFor(points: number): Program;
  /** Inputs of that program for points of two numbers and packed coefficients, as float64. */
  bind(points: Float64Array, values: ArrayLike<number>): Record<string, Float64Array>;
}

export interface LayerUnit extends PlannedUnit {
  /** What the executable runs on: 'WebAssembly SIMD, 1 thread' or 'float64 interpreter'. */
  readonly device: string;
  /** The program for `picturePoints` points, compiled. */
  readonly executable: Executable;
}

/**
 * Throws   what the record throws on options and inputs that it does not take
 */
export async function createUnit(backend: Backend, subject: LabSubject, seed: number): Promise<LayerUnit> {
  const unit = planUnit(subject, seed);
  const executable = await backend.compile(unit.programFor(picturePoints));
  return { ...unit, device: backend.device.description, executable };
}

/** Throws   what the record throws on options and inputs that it does not take */
export function planUnit(
  { layer: name, config, inputShapes, values }: LabSubject,
  seed: number,
): PlannedUnit {
  const spec = layer(name);
  const parameters = parameterSpecs<object>(spec, config, inputShapes);
  const first = createParameters<object>(spec, config, inputShapes, seed);
  const blocks = coefficientBlocks(parameters);
  const fixed = parameters.filter(({ name: own }) => !blocks.some((block) => block.name === own));
  const programFor = (points: number): Program => {
    const program = layerProgram<object>(spec, config, { batch: points, inputShapes });
    return { ...program, outputs: { y: program.outputs.y } };
  };
  return {
    spec,
    inputShapes,
    description: describe(
      spec,
      config,
      inputShapes,
      programFor(1),
      blocks,
      startValues(blocks, first, seed, values),
    ),
    programFor,
    bind(points, packed) {
      const inputs: Record<string, Float64Array> = {};
      let column = 0;
      for (const [at, shape] of inputShapes.entries()) {
        inputs[inputName(at)] = columnsOf(points, column, sizeOf(shape));
        column += sizeOf(shape);
      }
      for (const { name: block, offset, count } of blocks)
        inputs[parameterName(block)] = Float64Array.from({ length: count }, (_, at) => packed[offset + at]);
      for (const { name: kept } of fixed) inputs[parameterName(kept)] = Float64Array.from(first[kept]);
      return inputs;
    },
  };
}

function describe(
  spec: LayerSpec,
  config: object,
  inputShapes: readonly (readonly number[])[],
  forward: Program,
  coefficients: readonly CoefficientBlock[],
  values: Pick<UnitDescription, 'start' | 'stepped'>,
): UnitDescription {
  const simple = simplify(forward);
  const parameterCount = countParameters<object>(spec, config, inputShapes);
  return {
    coefficients,
    ...values,
    parameterCount,
    outputCount: sizeOf(simple.outputs.y.shape),
    forwardFlops: costOf(simple).flops,
    trainingFlops: trainingFlops(forward, coefficients),
    parameterBytes: 4 * parameterCount,
    ...degreeOf(spec, resolveConfig<object>(spec, config)),
  };
}

/** `width` numbers of each point, from a column on. */
function columnsOf(points: Float64Array, from: number, width: number): Float64Array {
  const count = points.length / 2;
  return Float64Array.from(
    { length: count * width },
    (_, at) => points[2 * Math.floor(at / width) + from + (at % width)],
  );
}

/** Trainable float32 parameters, one after the other; counters and running vectors stay as they start. */
function coefficientBlocks(parameters: readonly ParameterSpec[]): readonly CoefficientBlock[] {
  let offset = 0;
  return parameters
    .filter(({ isTrainable = true, dtype = 'float32' }) => isTrainable && dtype === 'float32')
    .map(({ name, shape, role }) => {
      const block = { name, shape, role, offset, count: sizeOf(shape) };
      offset += block.count;
      return block;
    });
}

function pack(
  blocks: readonly CoefficientBlock[],
  values: Readonly<Record<string, ArrayLike<number>>>,
): Float64Array {
  return Float64Array.from(blocks.flatMap(({ name }) => Array.from(values[name])));
}

/** The start of the seed; and the given values, or else half a standard normal number away, to two decimals. */
function startValues(
  blocks: readonly CoefficientBlock[],
  first: Readonly<Record<string, ArrayLike<number>>>,
  seed: number,
  given: LabSubject['values'],
): Pick<UnitDescription, 'start' | 'stepped'> {
  const start = pack(blocks, first);
  const law = { shape: [start.length], initializer: { kind: 'normal', mean: 0, stddev: 0.5 } } as const;
  const steps = initialValues(law, seed, 'layer page/step');
  const isGiven =
    seed === firstSeed && given && blocks.every(({ name, count }) => given[name]?.length === count);
  const stepped = isGiven
    ? pack(blocks, given)
    : start.map((value, at) => Math.round(100 * (value + steps[at])) / 100);
  return { start, stepped };
}

function trainingFlops(forward: Program, blocks: readonly CoefficientBlock[]): number {
  const names = new Set(blocks.map(({ name }) => parameterName(name)));
  const wrt = Object.keys(forward.inputs).filter((name) => /^x\d+$/.test(name) || names.has(name));
  const { outputs } = gradientProgram(forward, wrt);
  return costOf(simplify(programOf(forward.name, { ...forward.outputs, ...outputs }))).flops;
}

/** Before an activation, as the record has it; with one the output is no polynomial. */
function degreeOf(spec: LayerSpec, config: object): { readonly degree?: number } {
  const { activation = 'linear' } = config as { readonly activation?: string };
  const degree = activation === 'linear' ? spec.degree(config) : undefined;
  return degree === undefined ? {} : { degree };
}
