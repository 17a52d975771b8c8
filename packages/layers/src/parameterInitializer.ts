import type { Shape } from '@polyneuron/graph';
import type { InitializerConfig, LayerSpec, ParameterSpec } from '@polyneuron/kernels';
import { initialValues } from '@polyneuron/kernels';
import { tensor } from '@tensorflow/tfjs-core';
import { derivedSeed } from './derivedSeed.js';
import type { Initializer } from './tfjsTypes.js';
import { isLaw, roleOptions, type WeightOptions } from './weightOptions.js';

/** A parameter with the initializer that the user's options leave it. */
export interface ParameterPlan {
  readonly parameter: ParameterSpec;
  readonly initializer: Initializer | InitializerConfig;
}

/**
 * Lists a layer's parameters with their initializers.
 *
 * A record that has the option `kernelInitializer` itself decides which of its kernels obey it (a gate that starts at
 * zero does not). Such a record is asked with a marker in place of a tfjs initializer, and the parameters that come
 * back with the marker are those that obey. In a record without the option, all weights of the role do.
 */
export function planParameters<C extends object>(
  spec: LayerSpec<C>,
  config: C,
  options: WeightOptions,
  inputShapes: readonly Shape[],
): ParameterPlan[] {
  const chosen = { kernelInitializer: options.kernelInitializer, biasInitializer: options.biasInitializer };
  const markers = new Map<InitializerConfig, Initializer | InitializerConfig>();
  const marked: Record<string, unknown> = {};
  for (const [name, initializer] of Object.entries(chosen)) {
    if (initializer === null || !(name in config)) continue;
    const marker: InitializerConfig = { kind: 'zeros' };
    markers.set(marker, initializer);
    marked[name] = marker;
  }
  const roles = roleOptions(options);
  const optionOf = { kernel: 'kernelInitializer', bias: 'biasInitializer', other: undefined } as const;
  // The parameters themselves are those without markers, which are no laws.
  const parameters = spec.parameters(config, inputShapes);
  return spec.parameters({ ...config, ...marked }, inputShapes).map(({ role, initializer }, at) => {
    const option = optionOf[role];
    const byRole = option !== undefined && !(option in config) ? roles[role].initializer : null;
    return { parameter: parameters[at], initializer: markers.get(initializer) ?? byRole ?? initializer };
  });
}

/**
 * What tfjs's `addWeight` calls for the first value of a parameter.
 *
 * Every weight gets a seed of its own, derived from `seed` (for a tfjs initializer: from its own seed, if it has one)
 * and `path`. One seeded tfjs initializer object would give every weight of a shape the same values.
 */
export function initializerOf(
  { parameter, initializer }: ParameterPlan,
  seed: number,
  path: string,
): Initializer {
  if (!isLaw(initializer)) return reseed(initializer, seed, path);
  const { dtype = 'float32' } = parameter;
  const apply: Initializer['apply'] = (shape) => {
    const values = initialValues({ ...parameter, initializer }, seed, path);
    return tensor(
      dtype === 'float32' ? Float32Array.from(values) : Int32Array.from(values),
      shape as number[],
      dtype,
    );
  };
  return { apply } as Initializer;
}

function reseed(initializer: Initializer, seed: number, path: string): Initializer {
  const config = initializer.getConfig();
  if (!('seed' in config)) return initializer;
  // A tfjs seed may be any number, ours are whole: it joins the path instead.
  const own =
    typeof config.seed === 'number' ? derivedSeed(0, `${config.seed}/${path}`) : derivedSeed(seed, path);
  const InitializerClass = initializer.constructor as new (config: object) => Initializer;
  return new InitializerClass({ ...config, seed: own });
}
