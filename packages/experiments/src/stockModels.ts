/** @file Stock parts of the experiments' models, with a seed of its own for every weight. */
import {
  initializers,
  layers,
  type Sequential,
  sequential,
  type layers as tfLayers,
} from '@tensorflow/tfjs-layers';

type DenseArguments = Parameters<typeof layers.dense>[0];
type Layer = ReturnType<typeof tfLayers.dense>;

/** Gives a different seed at every call, all derived from one. */
export function seedSequence(seed: number): () => number {
  let drawn = 0;
  // Distinct for any two runs and weights: 1,000 weights per run seed
  return () => seed * 1000 + ++drawn;
}

/** A dense layer that starts like Keras's: Glorot uniform kernel, zero bias. */
export function seededDense(nextSeed: () => number, options: DenseArguments): Layer {
  return layers.dense({
    ...options,
    kernelInitializer: initializers.glorotUniform({ seed: nextSeed() }),
    biasInitializer: 'zeros',
  }) as Layer;
}

/** Dense layers one after the other: units and activations as listed. */
export function denseStack(
  nextSeed: () => number,
  inputShape: readonly number[],
  stack: readonly { readonly units: number; readonly activation?: DenseArguments['activation'] }[],
): Sequential {
  const model = sequential();
  if (inputShape.length > 1) model.add(layers.flatten({ inputShape: [...inputShape] }));
  stack.forEach(({ units, activation }, at) => {
    const isFirst = at === 0 && inputShape.length === 1;
    model.add(
      seededDense(nextSeed, {
        units,
        ...(activation && { activation }),
        ...(isFirst && { inputShape: [...inputShape] }),
      }),
    );
  });
  return model;
}
