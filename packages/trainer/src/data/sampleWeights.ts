/** @file One weight per sample and output, from the arguments `classWeight` and `sampleWeight`. */
import { sizeOf, ValueError } from '@polyneuron/graph';
import type { ClassWeight, ClassWeightMap } from '@tensorflow/tfjs-layers';
import type { Operation } from '../errors.js';
import { type HostTensor, isTensorSource, readTensor, type TensorSource } from './hostTensor.js';

export type ClassWeightArgument = ClassWeight | readonly ClassWeight[] | ClassWeightMap;
/** A weight per sample: for the only output, or per output as a list or by name. */
export type SampleWeightArgument =
  | TensorSource
  | readonly (TensorSource | null)[]
  | Readonly<Record<string, TensorSource>>;

/** Weights of one output, or null where all are 1. */
export type OutputWeights = Float32Array | null;

/** The entry of each output in an argument that is one value, a list, or a record by name. */
function perOutput<T>(
  operation: Operation,
  argument: string,
  value: unknown,
  isOne: (value: unknown) => boolean,
  names: readonly string[],
): (T | null)[] {
  const isNamed = typeof value === 'object' && value !== null && names.some((name) => name in value);
  if (isNamed) return names.map((name) => (value as Record<string, T>)[name] ?? null);
  if (Array.isArray(value) && value.length === names.length) return value as (T | null)[];
  if (names.length === 1 && isOne(value)) return [value as T];
  throw new ValueError({
    subject: operation,
    expected:
      names.length === 1
        ? `${argument} for the output '${names[0]}'`
        : `${argument} as a list of ${names.length}, or by the names ${names.map((name) => `'${name}'`).join(', ')}`,
    received: Array.isArray(value)
      ? `a list of ${value.length}`
      : typeof value === 'object'
        ? `{ ${Object.keys(value ?? {}).join(', ')} }`
        : String(value),
    fix: 'pass one entry per output of the model',
  });
}

/** Class weights per output. */
export function standardizeClassWeights(
  operation: Operation,
  argument: ClassWeightArgument | undefined | null,
  names: readonly string[],
): (ClassWeight | null)[] {
  if (argument === undefined || argument === null) return names.map(() => null);
  return perOutput<ClassWeight>(
    operation,
    'classWeight',
    argument,
    (value) => typeof value === 'object',
    names,
  );
}

/** Sample weights per output, one number per sample. */
export async function standardizeSampleWeights(
  operation: Operation,
  argument: SampleWeightArgument | undefined | null,
  names: readonly string[],
  samples: number,
): Promise<OutputWeights[]> {
  if (argument === undefined || argument === null) return names.map(() => null);
  const sources = perOutput<TensorSource>(operation, 'sampleWeight', argument, isTensorSource, names);
  return Promise.all(
    sources.map(async (source, at) => {
      if (!source) return null;
      const { data, shape } = await readTensor(`${operation} (sampleWeight '${names[at]}')`, source);
      if (sizeOf(shape) !== samples) {
        throw new ValueError({
          subject: operation,
          expected: `${samples} sample weights for '${names[at]}', one per sample`,
          received: `shape [${shape.join(', ')}]`,
          fix: 'pass a tensor of shape [samples]',
        });
      }
      return Float32Array.from(data);
    }),
  );
}

/**
 * The weight of each sample's class. Targets are class indices [N, 1], or one-hot rows [N, classes].
 *
 * Throws   ValueError when a class of the data has no weight, or targets have another rank
 */
export function weightsOfClasses(
  operation: Operation,
  name: string,
  { data, shape }: HostTensor,
  classWeight: ClassWeight,
): Float32Array {
  if (shape.length !== 2) {
    throw new ValueError({
      subject: operation,
      expected: `targets '${name}' of rank 2 with classWeight`,
      received: `[${shape.join(', ')}]`,
      fix: 'pass sampleWeight instead',
    });
  }
  const [samples, classes] = shape;
  return Float32Array.from({ length: samples }, (_, row) => {
    const label = classes === 1 ? data[row] : argMaxOfRow(data, row * classes, classes);
    const weight = classWeight[label];
    if (weight === undefined) {
      throw new ValueError({
        subject: operation,
        expected: 'a classWeight for every class in the data',
        received: `none for class ${label} (row ${row} of '${name}')`,
        details: { classWeight: JSON.stringify(classWeight) },
        fix: `add ${label}: 1`,
      });
    }
    return weight;
  });
}

function argMaxOfRow(data: ArrayLike<number>, from: number, count: number): number {
  let best = 0;
  for (let at = 1; at < count; at++) if (data[from + at] > data[from + best]) best = at;
  return best;
}

/** Product of two optional weights. */
export function multiplyWeights(a: OutputWeights, b: OutputWeights): OutputWeights {
  return a && b ? a.map((value, at) => value * b[at]) : (a ?? b);
}
