/** @file The runs behind an interaction matrix: one row per sample and direction, one run per element of the outputs. */
import type { Backend, TensorMap } from '@polyneuron/backend';
import { type Node, sizeOf } from '@polyneuron/graph';
import { modelInputName } from '@polyneuron/trainer';
import type { SampleRows } from '../sampleData.js';
import { elementCount, type TracedSubject } from '../subject.js';
import { cotangentName, directionName, productName, type SecondDerivative } from './secondDerivative.js';

export interface Runs {
  /** Elements per sample. */
  readonly n: number;
  /** Samples per run. */
  readonly perRun: number;
  readonly outputs: readonly number[];
  readonly statistic: 'mean' | 'rms';
}

/** Σ over samples and outputs of |∂²y|, or of its square, [n, n]. */
export async function secondDerivativeTotals(
  backend: Backend,
  { traced, state }: TracedSubject,
  { program }: SecondDerivative,
  rows: SampleRows,
  { n, perRun, outputs, statistic }: Runs,
): Promise<Float64Array> {
  const totals = new Float64Array(n * n);
  const executable = await backend.compile(program);
  try {
    for (const [name, data] of Object.entries(state)) if (name in program.state) executable.write(name, data);
    const directions = traced.inputs.map((node, at) => oneHotRows(traced.inputs, at, node, n));
    for (let from = 0; from < rows.count; from += perRun) {
      const counted = Math.min(perRun, rows.count - from);
      const x = traced.inputs.map((node, at) => repeatRows(node, rows.inputs[at], from, rows.count, n));
      for (const output of outputs) {
        const all: TensorMap = {
          ...Object.fromEntries(x.map((data, at) => [modelInputName(at), data])),
          ...Object.fromEntries(directions.map((data, at) => [directionName(at), data])),
          ...Object.fromEntries(
            traced.outputs.map((node, at) => [
              cotangentName(at),
              oneHotElement(traced.outputs, at, node, output),
            ]),
          ),
        };
        const fed = Object.fromEntries(Object.keys(program.inputs).map((name) => [name, all[name]]));
        const products = await executable.run(fed);
        let column = 0;
        traced.inputs.forEach(({ shape }, at) => {
          const width = sizeOf(shape.slice(1));
          const product = products[productName(at)];
          for (let row = 0; row < counted * n; row++) {
            const i = row % n;
            for (let j = 0; j < width; j++) {
              const value = product[row * width + j];
              totals[i * n + column + j] += statistic === 'mean' ? Math.abs(value) : value * value;
            }
          }
          column += width;
        });
      }
    }
  } finally {
    executable.dispose();
  }
  return totals;
}

/** Row r of the batch is the unit vector of element r mod n, in the part that belongs to input `at`. */
function oneHotRows(inputs: readonly Node[], at: number, { shape }: Node, n: number): Float32Array {
  const before = elementCount(inputs.slice(0, at)) / shape[0];
  const width = sizeOf(shape.slice(1));
  const rows = new Float32Array(sizeOf(shape));
  for (let row = 0; row < shape[0]; row++) {
    const element = (row % n) - before;
    if (element >= 0 && element < width) rows[row * width + element] = 1;
  }
  return rows;
}

/** n rows of each sample; the last sample fills what is left of a run. */
function repeatRows(
  { shape }: Node,
  data: ArrayLike<number>,
  from: number,
  count: number,
  n: number,
): Float32Array {
  const width = sizeOf(shape.slice(1));
  const rows = new Float32Array(sizeOf(shape));
  for (let row = 0; row < shape[0]; row++) {
    const sample = Math.min(from + Math.floor(row / n), count - 1);
    for (let j = 0; j < width; j++) rows[row * width + j] = data[sample * width + j];
  }
  return rows;
}

/** 1 at one element of the outputs in every row. */
function oneHotElement(outputs: readonly Node[], at: number, { shape }: Node, element: number): Float32Array {
  const before = elementCount(outputs.slice(0, at)) / shape[0];
  const width = sizeOf(shape.slice(1));
  const rows = new Float32Array(sizeOf(shape));
  if (element >= before && element < before + width)
    for (let row = 0; row < shape[0]; row++) rows[row * width + element - before] = 1;
  return rows;
}
