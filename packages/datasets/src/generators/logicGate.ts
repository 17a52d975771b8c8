import { resolveOptions } from '../options.js';
import { sliceSplit, toSplit } from '../split.js';
import type { ClassificationSplit, DatasetSpec } from '../types.js';

/** What each gate answers to n inputs of which `ones` are 1. */
const gates = {
  and: (ones: number, n: number) => ones === n,
  or: (ones: number) => ones > 0,
  nor: (ones: number) => ones === 0,
  nand: (ones: number, n: number) => ones < n,
  xor: (ones: number) => ones % 2 === 1,
} as const;

export type LogicGateName = keyof typeof gates;
export type LogicGateConfig = { gate: string; inputs: number };

/** Record of {@link logicGate}. Training and test set are both the whole truth table: nothing is held out. */
export const logicGateSpec: DatasetSpec<LogicGateConfig> = {
  name: 'logic-gate',
  title: 'Logic gate',
  description: 'truth table of AND, OR, NOR, NAND or XOR; the test set is the training set',
  source: 'Minsky and Papert 1969, Perceptrons: XOR is not linearly separable',
  kind: 'classification',
  isSynthetic: true,
  inputShape: ({ inputs }) => [inputs],
  targetShape: [1],
  classNames: ['false', 'true'],
  defaults: { gate: 'xor', inputs: 2 },
  options: {
    gate: { kind: 'choice', values: Object.keys(gates), about: 'logic function' },
    inputs: { kind: 'integer', min: 1, max: 16, about: 'number of inputs' },
  },
  load({ gate, inputs }) {
    const table = logicGate({ gate: gate as LogicGateName, inputs });
    return {
      train: table,
      test: sliceSplit(table, 0),
      provenance: `truth table of ${gate} with ${inputs} inputs, whole in both sets`,
    };
  },
};

/**
 * Truth table of a logic gate, one row per input pattern in counting order with the first input as the highest digit.
 *
 * With more than two inputs: AND all, OR any, NOR none, NAND not all, XOR an odd number.
 *
 * Shapes   x [2^inputs, inputs] of 0 and 1 → y [2^inputs, 1] of 0 and 1
 * Throws   DatasetError (BadOption)
 *
 * @example
 * Array.from(logicGate({ gate: 'xor', inputs: 2 }).y) // => [0, 1, 1, 0]
 */
export function logicGate(options: { gate?: LogicGateName; inputs?: number } = {}): ClassificationSplit {
  const { gate, inputs } = resolveOptions('logicGate', logicGateSpec, options);
  const answer = gates[gate as LogicGateName];
  const count = 1 << inputs;
  const x = new Float32Array(count * inputs);
  const y = new Int32Array(count);
  for (let row = 0; row < count; row++) {
    let ones = 0;
    for (let j = 0; j < inputs; j++) {
      const bit = (row >>> (inputs - 1 - j)) & 1;
      x[row * inputs + j] = bit;
      ones += bit;
    }
    y[row] = answer(ones, inputs) ? 1 : 0;
  }
  return toSplit(x, [inputs], y);
}
