/**
 * @file Types that tfjs-layers has but does not export, derived from what it does export.
 */
import type { constraints, initializers, layers, regularizers } from '@tensorflow/tfjs-layers';

/** name, trainable, inputShape, batchInputShape, batchSize, dtype, weights */
export type TfjsLayerArguments = NonNullable<ConstructorParameters<typeof layers.Layer>[0]>;
export type Initializer = ReturnType<typeof initializers.zeros>;
export type Regularizer = ReturnType<typeof regularizers.l1l2>;
export type Constraint = ReturnType<typeof constraints.nonNeg>;

/** What tfjs writes for an initializer, regularizer or constraint. */
export interface SerializedObject {
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
}
