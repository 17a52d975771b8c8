/** @file tfjs's optimizers: which record each class is, and where it keeps what our slots hold. */

import { type OptimizerSpec, optimizers } from '@polyneuron/kernels';
import {
  AdadeltaOptimizer,
  AdagradOptimizer,
  AdamaxOptimizer,
  AdamOptimizer,
  MomentumOptimizer,
  type Optimizer,
  RMSPropOptimizer,
  SGDOptimizer,
  type Variable,
} from '@tensorflow/tfjs-core';

/** A slot variable as tfjs keeps it, in a list that is parallel to the trained weights. */
export interface TfjsSlot {
  readonly originalName: string;
  readonly variable: Variable;
}

/** Private fields of tfjs's optimizers, by name. */
export type OptimizerFields = Record<string, unknown> & { learningRate: number; iterations_: number };

/** Where tfjs keeps a slot of the record. */
export interface SlotPlace {
  /** Field with the list. */
  readonly list: string;
  /** What tfjs appends to the name of the trained variable. */
  readonly suffix: string;
  /** Field that must be true for tfjs to keep it at all. */
  readonly onlyIf?: string;
}

export interface TfjsOptimizerRow {
  readonly spec: OptimizerSpec;
  readonly slots: Readonly<Record<string, SlotPlace>>;
  /** The variable that holds each global of the record. */
  readonly globals: Readonly<Record<string, string>>;
  /** A variable that counts steps, beside `iterations_`. */
  readonly stepVariable?: string;
}

type OptimizerClass = abstract new (...options: never[]) => Optimizer;

const row = (
  spec: unknown,
  slots: TfjsOptimizerRow['slots'] = {},
  globals: TfjsOptimizerRow['globals'] = {},
): TfjsOptimizerRow => ({
  spec: spec as OptimizerSpec,
  slots,
  globals,
});

/** By class, not by name: a subclass may compute something else. */
const rows = new Map<unknown, TfjsOptimizerRow>([
  [SGDOptimizer, row(optimizers.sgd)],
  [MomentumOptimizer, row(optimizers.momentum, { momentum: { list: 'accumulations', suffix: 'momentum' } })],
  [
    RMSPropOptimizer,
    row(optimizers.rmsprop, {
      meanSquare: { list: 'accumulatedMeanSquares', suffix: 'rms' },
      momentum: { list: 'accumulatedMoments', suffix: 'momentum' },
      meanGradient: { list: 'accumulatedMeanGrads', suffix: 'mg', onlyIf: 'centered' },
    }),
  ],
  [
    AdamOptimizer,
    row(
      optimizers.adam,
      {
        m: { list: 'accumulatedFirstMoment', suffix: 'm' },
        v: { list: 'accumulatedSecondMoment', suffix: 'v' },
      },
      { beta1Power: 'accBeta1', beta2Power: 'accBeta2' },
    ),
  ],
  [
    AdagradOptimizer,
    row(optimizers.adagrad, { accumulator: { list: 'accumulatedGrads', suffix: 'accumulator' } }),
  ],
  [
    AdadeltaOptimizer,
    row(optimizers.adadelta, {
      meanSquare: { list: 'accumulatedGrads', suffix: 'accum_grad' },
      meanSquareUpdate: { list: 'accumulatedUpdates', suffix: 'accum_var' },
    }),
  ],
  [
    AdamaxOptimizer,
    {
      ...row(
        optimizers.adamax,
        {
          m: { list: 'accumulatedFirstMoment', suffix: 'm' },
          u: { list: 'accumulatedWeightedInfNorm', suffix: 'v' },
        },
        { beta1Power: 'accBeta1' },
      ),
      stepVariable: 'iteration',
    },
  ],
] satisfies [OptimizerClass, TfjsOptimizerRow][]);

/** The row of an optimizer object; undefined for a class of the user's own. */
export function tfjsOptimizerRow(optimizer: Optimizer): TfjsOptimizerRow | undefined {
  return rows.get(optimizer.constructor);
}
