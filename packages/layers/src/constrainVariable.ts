import { tidy, type Variable } from '@tensorflow/tfjs-core';
import type { LayerVariable } from '@tensorflow/tfjs-layers';
import type { Constraint } from './tfjsTypes.js';

/**
 * Projects a weight after every step of an optimizer.
 *
 * tfjs 4.22 does the opposite: it applies a constraint in `LayerVariable.write` (setWeights, loading) alone, where a
 * projection that is not idempotent, such as maxNorm's, changes the bits of a loaded weight, and its optimizers assign
 * to the variable underneath, so that a constraint has no effect in `fit`. Here, as in Keras, written weights stay as
 * they are.
 */
export function constrainVariable(weight: LayerVariable, constraint: Constraint): void {
  const variable = weight.read() as Variable;
  const assign = variable.assign.bind(variable);
  const write = weight.write.bind(weight);
  let isWriting = false;
  variable.assign = (next) => {
    assign(next);
    if (!isWriting) tidy(() => assign(constraint.apply(variable)));
  };
  weight.write = (value) => {
    isWriting = true;
    try {
      return write(value);
    } finally {
      isWriting = false;
    }
  };
}
