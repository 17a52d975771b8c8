import { input, interpret, programOf } from '@polyneuron/graph';
import type { InferenceTask } from '../cases/benchCase.js';
import type { CaseProgram } from './caseProgram.js';
import { compulsoryBytes } from './compulsoryBytes.js';
import { flopsOf } from './counter.js';
import { applyNetwork, firstWeights } from './network.js';
import { repeatCyclically } from './repeatRows.js';

/** Names of the program's input and output. */
export const samplesName = 'x';
export const predictionsName = 'y';

/** That of first derivatives through one layer in float32, as the tests have it: several layers, no derivative. */
const tolerance = 1e-4;

/** Predictions of a network for samples that come from outside, back outside: what a user waits for. */
export function inferenceCaseProgram(task: InferenceTask): CaseProgram {
  const { x, xShape } = task.data();
  const sampleShape = xShape.slice(1);
  const size = x.length / xShape[0];
  const distinct = x.slice(0, task.distinctSamples * size);
  const samples = repeatCyclically(distinct, task.batch * size);
  const program = buildInference(task, [task.batch, ...sampleShape]);
  const weights = firstWeights(task, sampleShape);
  return {
    program,
    oneRun: { kind: 'call' },
    flops: flopsOf(program),
    bytes: compulsoryBytes(program),
    state: weights,
    inputs: (runs) => ({ [samplesName]: repeatCalls(samples(1), runs) }),
    check: {
      runs: 1,
      inputs: { [samplesName]: samples(1) },
      names: [predictionsName],
      tolerance,
      reference() {
        const small = buildInference(task, [task.distinctSamples, ...sampleShape]);
        const { outputs } = interpret(small, { inputs: { [samplesName]: distinct }, state: weights });
        const values = outputs[predictionsName];
        const repeats = task.batch / task.distinctSamples;
        return { [predictionsName]: { values: repeat(values, repeats) } };
      },
    },
  };
}

function buildInference(task: InferenceTask, shape: readonly number[]) {
  const { output } = applyNetwork(task, input(samplesName, { shape, dtype: 'float32' }), false);
  return programOf('inference', { [predictionsName]: output });
}

/** Every call has the same samples. */
function repeatCalls(call: Float32Array, runs: number): Float32Array {
  return runs === 1 ? call : repeatCyclically(call, call.length)(runs);
}

function repeat(values: Float64Array, times: number): Float64Array {
  const all = new Float64Array(values.length * times);
  for (let at = 0; at < times; at++) all.set(values, at * values.length);
  return all;
}
