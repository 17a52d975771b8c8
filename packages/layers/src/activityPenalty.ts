import { add, div, type Scalar, scalar, type Tensor } from '@tensorflow/tfjs-core';
import type { Regularizer } from './tfjsTypes.js';

/**
 * Penalty on a layer's outputs: Σ over training calls since the last reading of regularizer(y) / B.
 *
 * tfjs 4.22 refuses a layer whose `activityRegularizer` is set. This goes through `addLoss` instead: tfjs adds those
 * losses inside the function it differentiates, after the forward pass, so a kept output is still on the tape.
 *
 * Source   Keras 3.15, Layer.__call__ (the division by the batch size)
 */
export class ActivityPenalty {
  readonly regularizer: Regularizer;
  private outputs: Tensor[] = [];

  constructor(regularizer: Regularizer) {
    this.regularizer = regularizer;
  }

  /** Takes note of one output; a shared layer has several per step. */
  record(output: Tensor): void {
    this.outputs = [...this.outputs.filter(({ isDisposed }) => !isDisposed), output];
  }

  /** The penalty of what was recorded, which is forgotten. */
  take(): Scalar {
    const outputs = this.outputs.filter(({ isDisposed }) => !isDisposed);
    this.outputs = [];
    const penalties = outputs.map(
      (output) => div(this.regularizer.apply(output), Math.max(1, output.shape[0])) as Scalar,
    );
    return penalties.reduce((total, penalty) => add(total, penalty) as Scalar, scalar(0));
  }
}
