import type { TensorMap } from '@polyneuron/backend';
import { type DType, gradientProgram, type Program, sizeOf } from '@polyneuron/graph';
import { layerProgram } from '@polyneuron/kernels';
import type { LayerTask } from '../cases/benchCase.js';
import type { CaseProgram } from './caseProgram.js';
import { compulsoryBytes } from './compulsoryBytes.js';
import { countRuns, flopsOf } from './counter.js';
import { residentProgram } from './residentProgram.js';
import { drawNormals, interpretRuns } from './values.js';

/** Inputs are of order 1; smaller weights keep sums over a few hundred of them there too. */
const inputScale = 1;
const weightScale = 0.1;
/** That of first derivatives through one layer in float32, as the tests have it. */
const tolerance = 1e-4;

const directions: { readonly [K in LayerTask['direction']]: (program: Program) => Program } = {
  forward: (program) => program,
  gradient: ({ outputs, ...program }) => gradientProgram({ ...program, outputs: { y: outputs.y } }),
};

/** Forward or gradient of one layer, in training mode, with inputs and parameters resident. */
export function layerCaseProgram(task: LayerTask): CaseProgram {
  const { spec, config, batch, inputShapes, direction } = task;
  const forward = layerProgram(spec, config, { batch, inputShapes, isTraining: true });
  const program = residentProgram(directions[direction](forward));
  const names = Object.keys(program.updates);
  const values = drawState(program, new Set(names), inputShapes.length);
  return {
    program: countRuns(program),
    oneRun: { kind: 'execution' },
    flops: flopsOf(program),
    bytes: compulsoryBytes(program),
    state: values,
    inputs: () => ({}),
    check: {
      runs: 1,
      inputs: {},
      names,
      tolerance,
      reference: () => interpretRuns(program, values, [{}], names),
    },
  };
}

/** Random floats for what is read; counters and random keys start at a small number. */
function drawState(program: Program, written: ReadonlySet<string>, inputs: number): TensorMap {
  const draw: { readonly [K in DType]: (count: number, at: number) => TensorMap[string] } = {
    float32: (count, at) => drawNormals(count, at + 1, at < inputs ? inputScale : weightScale),
    int32: (count) => new Int32Array(count).fill(1),
    bool: (count) => new Uint8Array(count).fill(1),
  };
  return Object.fromEntries(
    Object.entries(program.state)
      .filter(([name]) => !written.has(name))
      .map(([name, { shape, dtype }], at) => [name, draw[dtype](sizeOf(shape), at)]),
  );
}
